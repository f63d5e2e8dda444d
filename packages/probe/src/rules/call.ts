import { ASSERTION_KINDS, type Assertion } from '../assert-result.ts';
import type { Json, ToolCallFacts } from '../observation.ts';
import { type Facts, type Hit, type Rule, rpcEvidence, seen, waited } from './rule.ts';

/** The owner's tool was called: did it answer, and as asserted? */
const called: Rule = (facts) => {
  const { toolCall, target } = facts.o;
  const wanted = target.expect.call;
  if (wanted === undefined || toolCall == null || toolCall.call?.status === 429) return null;
  return failure(facts, toolCall) ?? mismatch(facts, toolCall, wanted.assert);
};

function failure(facts: Facts, toolCall: ToolCallFacts): Hit | null {
  const { tool, call, isError, resultType, text, assertions } = toolCall;
  const failed = (reason: string, evidence: Hit['evidence'] = {}): Hit => ({
    code: 'expect.call_failed',
    evidence: { tool, reason, ...evidence },
  });
  if (call === null) return failed('the list has no such tool');
  const exchange = facts.exchange(call.exchange);
  const at = seen(exchange);
  if (isError) return failed('the tool says that it failed', { ...at, ...(text === null ? {} : { text }) });
  if (resultType !== null && resultType !== 'complete') return failed('the tool asks back instead of answering', { ...at, resultType });
  if (call.outcome !== 'result' || assertions.length < (facts.o.target.expect.call?.assert.length ?? 0)) {
    const late = exchange?.failure?.phase === 'timeout' ? waited(exchange) : {};
    return failed(call.error === null ? 'no result came' : 'an error came', { ...at, ...late, ...rpcEvidence(call) });
  }
  return null;
}

function mismatch(facts: Facts, { tool, call, assertions }: ToolCallFacts, asserted: readonly Assertion[]): Hit | null {
  const failed = assertions.flatMap(({ path, found, value, failed: kinds }, i): Json[] => {
    const assertion = asserted[i];
    if (kinds.length === 0 || assertion === undefined) return [];
    const expected = Object.fromEntries(ASSERTION_KINDS.flatMap((kind) => (kinds.includes(kind) ? [[kind, assertion[kind] ?? null]] : [])));
    return [{ path, expected, got: found ? value : 'nothing there' }];
  });
  if (failed.length === 0) return null;
  return { code: 'expect.call_mismatch', evidence: { tool, ...seen(facts.exchange(call?.exchange)), failed } };
}

export const callRules: readonly Rule[] = [called];
