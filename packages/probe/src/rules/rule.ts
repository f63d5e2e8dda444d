import type { Confidence, Severity } from '@rollcall/core';
import type { CauseCode } from '../catalogue/index.ts';
import type { CallFacts, Exchange, Json, Observation } from '../observation.ts';

/** What a rule found. Severity and confidence are the catalogue's unless the facts say otherwise. */
export interface Hit {
  readonly code: CauseCode;
  readonly evidence: Readonly<Record<string, Json>>;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
}

export type Wire = 'modern' | 'legacy' | 'sse';

/** An observation with what most rules ask of it. */
export interface Facts {
  readonly o: Observation;
  exchange(n: number | null | undefined): Exchange | undefined;
  /** Wires over which the handshake and the tool list came through. */
  readonly working: ReadonlySet<Wire>;
  /** The wire that says most: a working one, else the one that got furthest. Null when nothing was sent. */
  readonly primary: Wire | null;
  /** The first request of the primary wire, and the first that did not succeed. */
  readonly first: CallFacts | null;
  readonly failing: CallFacts | null;
}

export type Rule = (facts: Facts) => Hit | readonly Hit[] | null;

/** What identifies an exchange in evidence. */
export function seen(exchange: Exchange | undefined): Record<string, Json> {
  if (exchange === undefined) return {};
  const { n, method, url, status, failure, address } = exchange;
  const headers = exchange.responseHeaders;
  return {
    exchange: n,
    request: `${method} ${url}`,
    ...(status === null ? {} : { status }),
    ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
    ...(headers['server'] === undefined ? {} : { server: headers['server'] }),
    ...(failure === null ? {} : { failure: failure.code, phase: failure.phase }),
    ...(address === null ? {} : { address }),
  };
}

/** How long was waited for an answer that did not come, or not whole. */
export function waited({ status, timings, rawBytes }: Exchange): Record<string, Json> {
  const got = status === null ? 'nothing' : rawBytes === 0 ? 'the headers only' : `the headers and ${rawBytes} bytes of the body`;
  return { waitedMs: timings.totalMs, got };
}

export function bodyHead(exchange: Exchange | undefined, limit = 300): Record<string, Json> {
  const body = exchange?.body;
  return body === undefined || body === null ? {} : { body: body.slice(0, limit) };
}

export function rpcEvidence(call: CallFacts): Record<string, Json> {
  return call.error === null ? {} : { error: { code: call.error.code, message: call.error.message.slice(0, 300) } };
}
