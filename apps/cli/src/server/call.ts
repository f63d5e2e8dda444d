import { type Problem, problemSchema } from '@rollcall/contracts';

/** A server and who we are there. */
export interface Server {
  readonly url: string;
  readonly apiKey: string;
}

/** The server's refusal; `problem` names every culprit. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'Refused';
    this.problem = problem;
  }
}

/** @throws Error naming what is missing. */
export function serverOf(env: NodeJS.ProcessEnv): Server {
  const apiKey = env['ROLLCALL_API_KEY'];
  if (!apiKey) throw new Error('ROLLCALL_API_KEY is not set.');
  return { url: (env['ROLLCALL_URL'] || 'http://localhost:3000').replace(/\/+$/, ''), apiKey };
}

/** One call of /api/v1. @throws Refused for a problem, Error when the server does not answer as one. */
export async function call({ url, apiKey }: Server, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: Error) => {
    throw new Error(`${url} does not answer (${(cause.cause as Error | undefined)?.message ?? cause.message}); is ROLLCALL_URL right?`);
  });
  const read: unknown = await answer.json().catch(() => null);
  if (answer.ok) return read;
  const problem = problemSchema.safeParse(read);
  throw problem.success ? new Refused(problem.data) : new Error(`${url} answered ${answer.status}.`);
}
