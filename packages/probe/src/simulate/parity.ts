import type { ClientVerdict } from '@rollcall/contracts';
import type { SimulationResult } from './types.ts';

export type Parity = 'agree' | 'disagree' | 'not_comparable';

/**
 * Whether what we said of a client is what the client did. `listedTools` is how many tools the probe saw: a client that connects and sees
 * none of them does not work for its user. An `unknown` verdict says nothing and cannot be wrong.
 */
export function parityOf(simulation: SimulationResult, verdict: ClientVerdict, listedTools: number | null): Parity {
  if (simulation.client !== verdict.id) throw new Error(`${simulation.client} is not ${verdict.id}`);
  if (verdict.verdict === 'unknown') return 'not_comparable';
  const emptyHanded = (listedTools ?? 0) > 0 && simulation.tools?.length === 0;
  const worked = simulation.outcome === 'works' && !emptyHanded;
  return worked === (verdict.verdict === 'works') ? 'agree' : 'disagree';
}
