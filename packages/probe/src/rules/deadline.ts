import type { Exchange } from '../observation.ts';
import { type Facts, type Rule, seen, waited } from './rule.ts';

/** The longest answer before this one, in ms; 0 when there was none. */
function slowestBefore({ o }: Facts, { n }: Exchange): number {
  return Math.max(0, ...o.exchanges.filter((e) => e.n < n && e.status !== null).map((e) => e.timings.totalMs));
}

/**
 * The end of the probe's own time cut this exchange short while it took no longer than earlier ones had, or hardly: that is a server which
 * is slow, not one that keeps silent.
 */
export function cutShort(facts: Facts, exchange: Exchange | undefined): boolean {
  if (facts.o.ended !== 'deadline' || exchange?.failure?.phase !== 'timeout') return false;
  return exchange.timings.totalMs <= 2 * slowestBefore(facts, exchange);
}

const ranOut: Rule = (facts) => {
  const { o, failing, working } = facts;
  const exchange = facts.exchange(failing?.exchange);
  if (working.size > 0 || failing === null || exchange === undefined || !cutShort(facts, exchange)) return null;
  return {
    code: 'probe.timeout',
    evidence: {
      timeoutMs: o.target.timeoutMs,
      ...seen(exchange),
      ...waited(exchange),
      asked: failing.method,
      slowestAnswerMs: Math.round(slowestBefore(facts, exchange)),
    },
  };
};

export const deadlineRules: readonly Rule[] = [ranOut];
