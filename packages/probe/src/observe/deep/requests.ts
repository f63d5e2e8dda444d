import { ask } from '../ask.ts';
import type { Context } from '../context.ts';
import { userAgent } from '../headers.ts';
import { type AskList, keepList, variant } from './ask-list.ts';
import type { DeepRun } from './deep-run.ts';

/** An origin that no server can have on its list: `.invalid` never exists (RFC 6761). */
const FOREIGN_ORIGIN = 'https://rollcall-origin-check.invalid';
/** What a browser client of both eras sends beyond the safelisted headers. */
const BROWSER_HEADERS = ['content-type', 'mcp-protocol-version', 'mcp-session-id', 'mcp-method', 'mcp-name', 'authorization'];
const MODERN_HEADERS: ReadonlySet<string> = new Set(['mcp-method', 'mcp-name']);

/** The same question as other clients send it. */
export async function checkRequestForms(context: Context, run: DeepRun, list: AskList): Promise<void> {
  const forms = [
    ['charset', { 'content-type': 'application/json; charset=utf-8' }, 'application/json; charset=utf-8'],
    ['acceptJsonOnly', { accept: 'application/json' }, 'application/json'],
    ['acceptSseOnly', { accept: 'text/event-stream' }, 'text/event-stream'],
  ] as const;
  for (const [name, headers, note] of forms) {
    if (run.limited || context.signal.aborted) return;
    const result = await list(context, { note: name, headers });
    run.facts[name] = variant(run, context, result, note);
    keepList(run, result);
  }
}

/** A page of some other site sends the question (DNS rebinding), and asks the browser's permission first (CORS). */
export async function checkOrigins(context: Context, run: DeepRun, list: AskList, url: URL, speaks: Speaks): Promise<void> {
  const posted = await list(context, { note: 'foreign-origin', headers: { origin: FOREIGN_ORIGIN } });
  run.facts.foreignOrigin = variant(run, context, posted, FOREIGN_ORIGIN);
  if (run.limited || context.signal.aborted) return;
  // Without credentials, as browsers send it (Fetch, "CORS-preflight fetch").
  const preflight = await ask(context, {
    purpose: 'deep',
    note: 'cors-preflight',
    method: 'OPTIONS',
    url,
    headers: {
      origin: FOREIGN_ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': BROWSER_HEADERS.join(','),
      'user-agent': userAgent(context),
    },
    body: null,
    fresh: true,
    headOnly: () => true,
  });
  if (preflight.status === null) return;
  const { headers } = preflight;
  const allowOrigin = headers['access-control-allow-origin'] ?? null;
  const allowHeaders = headers['access-control-allow-headers'] ?? null;
  const exposeHeaders = posted.answer.headers['access-control-expose-headers'] ?? null;
  const preflightOk = preflight.status >= 200 && preflight.status < 300;
  run.facts.cors = {
    exchange: preflight.n,
    status: preflight.status,
    allowOrigin,
    allowHeaders,
    exposeHeaders,
    missingHeaders: missing({ preflightOk, allowOrigin, allowHeaders, exposeHeaders, ...speaks }),
  };
}

interface Speaks {
  readonly modern: boolean;
  /** The server mints session ids, which a page must be able to read. */
  readonly minted: boolean;
}
interface Cors extends Speaks {
  readonly preflightOk: boolean;
  readonly allowOrigin: string | null;
  readonly allowHeaders: string | null;
  readonly exposeHeaders: string | null;
}

/** What a page would lack; of a server that knows no foreign origin at all, the permission itself. */
export function missing({ preflightOk, allowOrigin, allowHeaders, exposeHeaders, modern, minted }: Cors): string[] {
  if (!preflightOk || (allowOrigin !== '*' && allowOrigin !== FOREIGN_ORIGIN)) return ['access-control-allow-origin'];
  const allowed = names(allowHeaders);
  // `*` does not cover Authorization (Fetch, "CORS non-wildcard request-header name").
  const wanted = BROWSER_HEADERS.filter((name) => modern || !MODERN_HEADERS.has(name));
  const lacking = wanted.filter((name) => !allowed.has(name) && (!allowed.has('*') || name === 'authorization'));
  const exposed = names(exposeHeaders);
  const hidden = minted && !exposed.has('mcp-session-id') && !exposed.has('*') ? ['expose mcp-session-id'] : [];
  return [...lacking, ...hidden];
}

function names(header: string | null): Set<string> {
  return new Set((header ?? '').split(',').map((name) => name.trim().toLowerCase()));
}
