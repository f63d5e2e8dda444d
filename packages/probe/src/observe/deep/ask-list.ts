import type { CallFacts, RedirectHop, Variant } from '../../observation.ts';
import { type CallResult, call, callSucceeded } from '../call.ts';
import type { Context } from '../context.ts';
import { postHeaders } from '../headers.ts';
import { type LegacySession, sessionHeaders } from '../wire-legacy.ts';
import { modernHeaders, modernMeta } from '../wire-modern.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

/** One thing that a check asks differently. Header names in lower case; null leaves the header out. */
export interface Difference {
  readonly note: string;
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  readonly cursor?: string | undefined;
}
/** Asks for the tool list on a wire that works, on a fresh connection. */
export type AskList = (context: Context, difference: Difference) => Promise<CallResult>;

export function legacyList(session: LegacySession): AskList {
  return (context, { note, headers, cursor }) =>
    call(context, {
      purpose: 'deep',
      note,
      rpcMethod: 'tools/list',
      id: 2,
      params: cursor === undefined ? {} : { cursor },
      url: session.url,
      headers: (hop) => changed(postHeaders(context, hop, sessionHeaders(session)), headers),
      fresh: true,
      silent: true,
    });
}

export function modernList(url: URL): AskList {
  return (context, { note, headers, cursor }) =>
    call(context, {
      purpose: 'deep',
      note,
      rpcMethod: 'tools/list',
      id: 'l1',
      params: { _meta: modernMeta(context), ...(cursor === undefined ? {} : { cursor }) },
      url,
      headers: (hop) => changed(modernHeaders(context, hop, 'tools/list'), headers),
      fresh: true,
      silent: true,
    });
}

function changed(headers: Record<string, string>, difference: Difference['headers'] = {}): Record<string, string> {
  const merged: Record<string, string | null> = { ...headers, ...difference };
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** An answer to the ordinary question: to be compared with the first list. */
export function keepList(run: DeepRun, result: CallResult): void {
  if (callSucceeded(result.facts, false)) run.lists.push(result);
}

/** Null when our own time ran out: that says nothing about the server. */
export function variant(run: DeepRun, context: Context, { facts }: CallResult, note: string | null): Variant | null {
  noteLimit(run, facts.status);
  if (context.signal.aborted) return null;
  return { exchange: facts.exchange, status: facts.status, ok: callSucceeded(facts, false), error: facts.error, note };
}

/** Where the messages of a call arrived that was redirected. */
export function landing(start: URL, hops: readonly RedirectHop[]): URL {
  const last = hops.findLast((hop) => hop.followed);
  return last?.to == null ? start : new URL(last.to);
}

export function succeeded(call: CallFacts | null | undefined): boolean {
  return call != null && callSucceeded(call, false);
}
