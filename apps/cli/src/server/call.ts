import { ApiError, type Client, createClient, UnreachableError } from '@rollcall/client';

/** A server, and the client that calls it as who we are there. */
export interface Server {
  readonly url: string;
  readonly client: Client;
}

/** @throws Error naming what is missing. */
export function serverOf(env: NodeJS.ProcessEnv): Server {
  const apiKey = env['ROLLCALL_API_KEY'];
  if (!apiKey) throw new Error('ROLLCALL_API_KEY is not set.');
  const url = (env['ROLLCALL_URL'] || 'http://localhost:3000').replace(/\/+$/, '');
  return { url, client: createClient({ baseUrl: url, apiKey }) };
}

/** What to tell the operator: when it was not Rollcall who answered, the address is the first thing to look at. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const elsewhere = error instanceof UnreachableError || (error instanceof ApiError && error.problem === null);
  return elsewhere ? `${error.message} Is ROLLCALL_URL right?` : error.message;
}
