import type { CallFacts } from '../../observation.ts';
import { ask } from '../ask.ts';
import type { Context } from '../context.ts';
import { baseHeaders } from '../headers.ts';
import { closeSession, openSession } from '../wire-legacy.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

/** Where MCP servers are usually found. */
const PATHS = ['/mcp', '/mcp/', '/sse', '/'];

/** The host answered, and nothing of MCP is at the path. */
export function isWrongPath(call: CallFacts | null | undefined): boolean {
  return call != null && (call.status === 404 || call.status === 410) && call.parse !== 'ok' && call.redirects.length === 0;
}

/** Does the same host answer at one of the usual paths? */
export async function checkSiblings(context: Context, run: DeepRun): Promise<void> {
  for (const path of PATHS.filter((candidate) => candidate !== context.url.pathname)) {
    if (run.limited || context.signal.aborted) return;
    const url = new URL(path, context.url.origin);
    const found = path === '/sse' ? await greets(context, url) : await initializes(context, url);
    if (context.signal.aborted) return;
    noteLimit(run, found.status);
    run.facts.siblings = [...run.facts.siblings, { path, exchange: found.exchange, answers: found.answers }];
  }
}

interface Found {
  readonly exchange: number;
  readonly status: number | null;
  readonly answers: boolean;
}

async function initializes(context: Context, url: URL): Promise<Found> {
  const { initialize, session } = await openSession(context, url, { deep: 'sibling' });
  await closeSession(context, session, true);
  const { exchange, status, parse } = initialize.facts;
  return { exchange, status, answers: parse === 'ok' || (status === 401 && asksForToken(initialize.answer.headers)) };
}

async function greets(context: Context, url: URL): Promise<Found> {
  let greeted = false;
  const answer = await ask(context, {
    purpose: 'deep',
    note: 'sibling',
    method: 'GET',
    url,
    headers: { accept: 'text/event-stream', ...baseHeaders(context, url) },
    body: null,
    bodyMs: 3000,
    headOnly: (head) => head.status !== 200,
    onEvent: ({ event }) => {
      greeted ||= event === 'endpoint';
      return greeted ? 'enough' : undefined;
    },
  });
  return { exchange: answer.n, status: answer.status, answers: greeted || (answer.status === 401 && asksForToken(answer.headers)) };
}

function asksForToken(headers: Readonly<Record<string, string>>): boolean {
  return /^bearer\b/i.test(headers['www-authenticate'] ?? '');
}
