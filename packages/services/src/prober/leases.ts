import { PROBE_KINDS, type ProbeJob } from '@rollcall/contracts';
import type { Sealer } from '@rollcall/crypto';
import type { TakenJob } from '@rollcall/queue';
import { z } from 'zod';
import type { RegionActor } from './region-keys.ts';

/** A job in somebody's hands. */
export interface HeldJob extends TakenJob {
  readonly leasedAt: number;
}

const sealedSchema = z.object({ e: z.string(), s: z.number().int(), k: z.enum(PROBE_KINDS), t: z.string(), a: z.number().int() });

const contextOf = ({ keyId, region }: RegionActor) => `prober-lease/${keyId}/${region}`;

/**
 * The lease as its holder keeps it: sealed for the key that took it, so that a result proves by it that its job was leased, long
 * after the queue has forgotten, and no table grows with every probe.
 */
export function sealLease(sealer: Sealer, actor: RegionActor, { job, token }: TakenJob, now: Date): string {
  const { endpointId, slot, kind } = job;
  return sealer.seal(JSON.stringify({ e: endpointId, s: slot, k: kind, t: token, a: now.getTime() }), contextOf(actor));
}

/** Null for anything that `sealLease` did not make for this very key. */
export function openLease(sealer: Sealer, actor: RegionActor, lease: string): HeldJob | null {
  try {
    const { e, s, k, t, a } = sealedSchema.parse(JSON.parse(sealer.open(lease, contextOf(actor))));
    const job: ProbeJob = { endpointId: e, region: actor.region, slot: s, kind: k };
    return { job, token: t, leasedAt: a };
  } catch {
    return null;
  }
}
