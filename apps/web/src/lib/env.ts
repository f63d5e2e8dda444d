/** Where the server side of the dashboard reaches the API. The API of a standalone start listens on loopback. */
export function apiBaseUrl(): string {
  return process.env.ROLLCALL_API_URL ?? 'http://127.0.0.1:3001';
}
