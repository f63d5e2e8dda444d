import type { Cause } from '@rollcall/contracts';
import type { Observation } from './observation.ts';
import { assess } from './override.ts';
import { factsOf } from './rules/facts.ts';

/** What a deep probe found that an ordinary one cannot see. */
export interface DeepOnly {
  readonly cause: Cause | null;
  /** Every check had its time. */
  readonly complete: boolean;
}

/**
 * The cause of a deep probe of a server that an ordinary probe would call up. Pure, over the same facts without what only deep checks
 * ask; null when the probe was not deep, or met no server that works: it then neither shows nor refutes anything of the kind.
 */
export function deepOnly(observation: Observation): DeepOnly | null {
  const { deep, target } = observation;
  if (deep === null || factsOf(observation).working.size === 0) return null;
  const complete = (deep.unfinished ?? []).length === 0 && observation.ended === 'done';
  const { cause } = assess(observation);
  if (cause === null || (cause.severity === 'notice' && cause.evidence['override'] === undefined)) return { cause: null, complete };
  // An ordinary probe asks in the one era that the last one found.
  const otherHalf = target.hint?.era === 'modern' ? { legacy: null, sse: null } : target.hint?.era === 'legacy' ? { modern: null } : {};
  const ordinary = assess({ ...observation, ...otherHalf, deep: null, simulations: null });
  return { cause: ordinary.verdict === 'up' ? cause : null, complete };
}
