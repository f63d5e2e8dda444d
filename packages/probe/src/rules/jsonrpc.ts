import { strangeEnvelope } from '../clients/sdk-facts.ts';
import type { CallFacts } from '../observation.ts';
import { callsOf } from './facts.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen } from './rule.ts';

/** Faults of the message itself, on the call that did not succeed. */
const message: Rule = (facts) => {
  const { failing } = facts;
  if (failing === null || failing.status === null || failing.method.startsWith('notifications/')) return null;
  const exchange = facts.exchange(failing.exchange);
  const evidence = { ...seen(exchange), asked: failing.method, ...bodyHead(exchange) };
  const success = failing.status >= 200 && failing.status < 300;
  if (success && facts.primary !== 'sse' && failing.parse === 'empty') return { code: 'jsonrpc.ack_without_answer', evidence };
  if (!success && failing.parse !== 'ok') return null;
  switch (failing.parse) {
    case 'too_deep':
      return { code: 'jsonrpc.too_deep', evidence };
    case 'not_json':
    case 'not_jsonrpc':
      return success && exchange?.stream == null
        ? { code: 'jsonrpc.parse_error', evidence: { ...evidence, json: failing.parse === 'not_jsonrpc' } }
        : null;
    case 'batch':
      return failing.channel === 'json' ? okButWrong(failing, evidence) : { code: 'jsonrpc.batch_reply', evidence, severity: 'down' };
    case 'empty':
    case 'none':
      return null;
    case 'ok':
      return okButWrong(failing, evidence);
  }
};

function okButWrong(call: CallFacts, evidence: Hit['evidence']): Hit | null {
  if (call.nullMember !== null || call.outcome === 'both')
    return { code: 'jsonrpc.result_and_error', evidence: { ...evidence, nullMember: call.nullMember } };
  if (call.outcome === 'neither') return { code: 'jsonrpc.parse_error', evidence };
  if (call.outcome === null) return { code: 'jsonrpc.ack_without_answer', evidence };
  if (call.outcome === 'result' && call.id !== 'same' && call.id !== 'stringified')
    return { code: 'jsonrpc.id_mismatch', evidence: { ...evidence, id: call.id } };
  return null;
}

/** Faults of answers that the probe could use, and not every client can. */
const tolerated: Rule = ({ o, working, exchange }) => {
  const hits: Hit[] = [];
  for (const wire of working) {
    const calls = callsOf(o, wire).filter(({ method }) => !method.startsWith('notifications/'));
    const shown = (call: CallFacts): Hit['evidence'] => {
      const at = exchange(call.exchange);
      return { ...seen(at), asked: call.method, ...bodyHead(at) };
    };
    const strange = calls.find(strangeEnvelope);
    // Who is kept out has another half to go to only where all of that is sound.
    if (strange !== undefined)
      hits.push({
        code: 'jsonrpc.extra_members',
        evidence: { ...shown(strange), members: [...(strange.extraMembers ?? [])] },
        severity: [...working].every((other) => callsOf(o, other).some(strangeEnvelope)) ? 'down' : 'degraded',
      });
    const batch = calls.find(({ parse }) => parse === 'batch');
    if (batch !== undefined) hits.push({ code: 'jsonrpc.batch_reply', evidence: shown(batch), severity: 'degraded' });
  }
  return hits;
};

/** An error object where a result was due, when nothing more exact is known. */
const error: Rule = (facts) => {
  const { failing } = facts;
  if (failing?.outcome !== 'error' || failing.method === 'tools/list') return null;
  const exchange = facts.exchange(failing.exchange);
  return { code: 'jsonrpc.error', evidence: { ...seen(exchange), asked: failing.method, ...rpcEvidence(failing) } };
};

/** Something came, and nothing above knows it. */
const unrecognized: Rule = (facts: Facts) => {
  if (facts.working.size > 0) return null;
  const call = facts.failing ?? facts.first;
  const exchange = facts.exchange(call?.exchange) ?? facts.o.exchanges[0];
  if (facts.o.ended === 'deadline') return { code: 'probe.timeout', evidence: { timeoutMs: facts.o.target.timeoutMs, ...seen(exchange) } };
  if (exchange?.status == null) return { code: 'http.no_response', evidence: seen(exchange) };
  return {
    code: 'transport.unrecognized',
    evidence: { ...seen(exchange), ...bodyHead(exchange), calls: facts.primary === null ? 0 : callsOf(facts.o, facts.primary).length },
  };
};

export const jsonrpcRules: readonly Rule[] = [message, tolerated];
export const jsonrpcErrorRules: readonly Rule[] = [error];
export const lastRules: readonly Rule[] = [unrecognized];
