/** How the api logs: nothing of a request but what a fault needs, and never a credential. */
export function logOptions(level: string) {
  return { level, redact: ['req.headers.authorization', 'req.headers.cookie'] };
}
