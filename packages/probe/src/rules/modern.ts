import type { Severity } from '@rollcall/core';
import { discoverLeadsOn, spoiltAlike } from '../clients/sdk-facts.ts';
import type { CallFacts, Exchange } from '../observation.ts';
import { callSucceeded } from '../observe/call.ts';
import { cutShort } from './deadline.ts';
import { speaksModern } from './facts.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen } from './rule.ts';
import { sessionExplains } from './session.ts';

/** What breaks only the modern half leaves the others working. */
function halfSeverity({ working }: Facts): { severity: Severity } {
  return { severity: working.has('legacy') || working.has('sse') ? 'degraded' : 'down' };
}

const headerStripped: Rule = (facts) => {
  const call = [facts.o.modern?.discover, ...(facts.o.modern?.list?.calls ?? [])].find((c) => c?.error?.code === -32020);
  if (call === undefined) return null;
  const exchange = facts.exchange(call.exchange);
  return {
    code: 'modern.header_stripped',
    evidence: {
      ...seen(exchange),
      sent: { 'mcp-method': call.method, 'mcp-protocol-version': exchange?.requestHeaders['mcp-protocol-version'] ?? null },
      ...rpcEvidence(call),
    },
    ...halfSeverity(facts),
  };
};

const poisoned: Rule = (facts) => {
  const { o, working, exchange } = facts;
  if (o.modern === null || speaksModern(o) || discoverLeadsOn(o) || spoiltAlike(o)) return null;
  // An SSE-only server answers every POST alike; clients that fall back to it do not ask this question first.
  const sendsToModern = o.legacy?.initialize.error?.code === UNSUPPORTED_VERSION;
  if (!working.has('legacy') && !sendsToModern) return null;
  const { discover } = o.modern;
  const shown = exchange(discover.exchange);
  return {
    code: 'modern.fallback_poisoned',
    evidence: { ...seen(shown), ms: discover.ms, how: howPoisoned(discover, shown), ...bodyHead(shown) },
    ...(sendsToModern ? { severity: 'down' as const } : {}),
  };
};
/** What a server without initialize answers it with (2026-07-28 transports, "Backward Compatibility"). */
const UNSUPPORTED_VERSION = -32022;

function howPoisoned({ status, parse, mediaType }: CallFacts, shown: Exchange | undefined): string {
  if (status === null) return shown?.failure?.phase === 'timeout' ? 'no answer' : 'connection closed';
  if (status >= 500) return 'server error';
  if (status === 401 || status === 403) return 'access refused';
  if (parse !== 'ok' && parse !== 'batch') return 'not JSON-RPC';
  return mediaType === 'application/json' || mediaType === 'text/event-stream' ? 'a malformed JSON-RPC message' : 'wrong content type';
}

const discoverProblems: Rule = (facts) => {
  const problem = facts.o.modern?.result?.problems.find((p) => p.problem === 'capabilities_missing');
  if (problem === undefined) return null;
  return { code: 'modern.capabilities_missing', evidence: { ...seen(facts.exchange(facts.o.modern?.discover.exchange)), ...problem } };
};

const listProblems: Rule = (facts) => {
  const list = facts.o.modern?.list;
  if (list == null) return null;
  const exchange = seen(facts.exchange(list.calls[0]?.exchange));
  const hits: Hit[] = [];
  const missingType = list.problems.find((p) => p.problem === 'result_type_missing');
  if (missingType !== undefined)
    hits.push({ code: 'modern.result_type_missing', evidence: { ...exchange, ...missingType }, ...halfSeverity(facts) });
  const hints = list.problems.filter((p) => p.problem === 'ttl_missing' || p.problem === 'cache_scope_missing');
  if (hints.length > 0)
    hits.push({
      code: 'modern.cache_hints_missing',
      evidence: { ...exchange, missing: hints.map((p) => ({ ...p })) },
      ...halfSeverity(facts),
    });
  return hits;
};

/** A dual-era server whose modern half begins well and then fails. */
const brokenHalf: Rule = (facts) => {
  const { o, working } = facts;
  if (o.modern === null || o.modern.protocolVersion === null || working.has('modern') || working.size === 0) return null;
  const call = o.modern.list?.calls.find((c) => !callSucceeded(c, false));
  if (call === undefined || call.error?.code === -32020) return null;
  return {
    code: 'tools.list_failed',
    evidence: { ...seen(facts.exchange(call.exchange)), era: 'modern', ...rpcEvidence(call) },
    severity: 'degraded',
  };
};

/** The other half: a server of both eras that new clients can use and all others cannot. */
const brokenLegacyHalf: Rule = (facts) => {
  const { o, working } = facts;
  if (o.legacy === null || !working.has('modern') || working.has('legacy') || working.has('sse') || sessionExplains(facts)) return null;
  const { initialize, initialized, list } = o.legacy;
  const evidenceOf = (call: CallFacts): Hit['evidence'] => {
    const exchange = facts.exchange(call.exchange);
    return { ...seen(exchange), era: 'legacy', asked: call.method, ...rpcEvidence(call), ...bodyHead(exchange) };
  };
  if (!callSucceeded(initialize, false)) {
    if (initialize.status === null)
      return initialize.ms < SILENT_MS ? null : { code: 'http.response_timeout', evidence: evidenceOf(initialize), severity: 'degraded' };
    if (initialize.status >= 500) return { code: 'http.5xx', evidence: evidenceOf(initialize), severity: 'degraded' };
    return initialize.error?.code === -32603 ? { code: 'jsonrpc.error', evidence: evidenceOf(initialize), severity: 'degraded' } : null;
  }
  if (initialized !== null && !callSucceeded(initialized, true)) {
    if (cutShort(facts, facts.exchange(initialized.exchange))) return null;
    return { code: 'mcp.notification_rejected', evidence: evidenceOf(initialized), severity: 'degraded' };
  }
  const failing = list?.calls.find((call) => !callSucceeded(call, false));
  return failing === undefined || cutShort(facts, facts.exchange(failing.exchange))
    ? null
    : { code: 'tools.list_failed', evidence: evidenceOf(failing), severity: 'degraded' };
};
/** A silence shorter than that may be the end of the probe's own time. */
const SILENT_MS = 3000;

const sessionMinted: Rule = ({ o, exchange }) =>
  o.modern?.sessionMinted === true && o.modern.result !== null
    ? { code: 'modern.session_minted', evidence: seen(exchange(o.modern.discover.exchange)) }
    : null;

const deepVariants: Rule = ({ o, exchange, working }) => {
  if (!working.has('modern') || o.deep === null) return null;
  const hits: Hit[] = [];
  const { modernMismatch: mismatch, modernFutureVersion: future, modernUnknownMethod: unknown } = o.deep;
  if (mismatch?.ok === true)
    hits.push({
      code: 'modern.header_not_validated',
      evidence: { ...seen(exchange(mismatch.exchange)), expected: '400 with error -32020' },
    });
  const wrong: Hit['evidence'][] = [];
  if (mismatch != null && !mismatch.ok && answered(mismatch.status) && !(mismatch.status === 400 && mismatch.error?.code === -32020)) {
    wrong.push({ ...seen(exchange(mismatch.exchange)), expected: '400 with error -32020', code: mismatch.error?.code ?? null });
  }
  if (
    future != null &&
    answered(future.status) &&
    !(future.status === 400 && future.error?.code === -32022 && hasSupported(future.error.data))
  ) {
    wrong.push({
      ...seen(exchange(future.exchange)),
      expected: '400 with error -32022 and data.supported',
      code: future.error?.code ?? null,
    });
  }
  if (unknown != null && answered(unknown.status) && !(unknown.status === 404 && unknown.error?.code === -32601)) {
    wrong.push({ ...seen(exchange(unknown.exchange)), expected: '404 with error -32601', code: unknown.error?.code ?? null });
  }
  if (wrong.length > 0) hits.push({ code: 'modern.unsupported_error_wrong', evidence: { answers: wrong } });
  return hits;
};

/** Neither silence nor a limit says how the server refuses. */
function answered(status: number | null): boolean {
  return status !== null && ![401, 403, 429].includes(status);
}

function hasSupported(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'supported' in data && Array.isArray(data.supported);
}

export const modernRules: readonly Rule[] = [
  headerStripped,
  poisoned,
  discoverProblems,
  listProblems,
  brokenHalf,
  brokenLegacyHalf,
  sessionMinted,
  deepVariants,
];
