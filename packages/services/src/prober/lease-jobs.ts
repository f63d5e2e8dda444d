import type { LeasedJob } from '@rollcall/contracts';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import type { ProbeTaker, TakenJob } from '@rollcall/queue';
import { findTargets, toTarget } from '../probes/load-target.ts';
import { openLease, sealLease } from './leases.ts';
import { authenticateRegionKeyId, type RegionActor } from './region-keys.ts';

export interface LeaseDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly jobs: ProbeTaker;
  readonly now: () => Date;
  /** A job that could not be prepared, or a queue that failed in passing; for the log. */
  readonly onFault: (error: unknown, endpointId: string | null) => void;
}

export interface LeaseOptions {
  readonly max: number;
  readonly waitMs: number;
  /** The prober is gone: what was taken for it goes back. */
  readonly signal: AbortSignal;
}

/** How often a waiting prober's queue is looked at. */
const LOOK_MS = 250;
/** And how often at its key: one that is revoked ends the wait. */
const LOOKS_A_KEY = 8;

/**
 * Takes jobs of the actor's region, waiting for the first one, and answers with their targets, secrets opened. Void jobs end here, as
 * they do in a local prober. Nobody gets a job whose key was revoked while it waited.
 */
export async function leaseJobs(deps: LeaseDeps, actor: RegionActor, { max, waitMs, signal }: LeaseOptions): Promise<LeasedJob[]> {
  const until = deps.now().getTime() + waitMs;
  for (let looks = 1; ; looks += 1) {
    const taken = await deps.jobs.take(max);
    const leased = await prepare(deps, actor, taken);
    if (leased.length > 0) {
      if (!signal.aborted && (await authenticateRegionKeyId(deps.db, actor.keyId)) !== null) return leased;
      await returnJobs(
        deps,
        actor,
        leased.map(({ lease }) => lease),
      );
      return [];
    }
    // Only void ones were taken: there may be more behind them.
    if (taken.length > 0 && !signal.aborted) continue;
    if (signal.aborted || deps.now().getTime() >= until) return [];
    if (looks % LOOKS_A_KEY === 0 && (await authenticateRegionKeyId(deps.db, actor.keyId)) === null) return [];
    await pause(Math.min(LOOK_MS, until - deps.now().getTime()), signal);
  }
}

async function prepare(deps: LeaseDeps, actor: RegionActor, taken: readonly TakenJob[]): Promise<LeasedJob[]> {
  if (taken.length === 0) return [];
  const now = deps.now();
  let found: Awaited<ReturnType<typeof findTargets>>;
  try {
    found = await findTargets(
      deps.db,
      taken.map(({ job }) => job),
      now,
    );
  } catch (error) {
    await Promise.allSettled(taken.map((one) => deps.jobs.giveBack(one)));
    throw error;
  }
  const leased: LeasedJob[] = [];
  const ended: TakenJob[] = [];
  for (const [n, one] of taken.entries()) {
    const target = found[n];
    try {
      if (target) {
        const { endpointId, region, slot, kind } = one.job;
        const opened = toTarget(deps.sealer, endpointId, region, target.row, target.deep);
        leased.push({ lease: sealLease(deps.sealer, actor, one, now), endpointId, slot, kind, target: opened as LeasedJob['target'] });
        continue;
      }
    } catch (error) {
      // Its credentials do not open: its schedule goes on, and so do the others.
      deps.onFault(error, one.job.endpointId);
    }
    ended.push(one);
  }
  await settle(deps, ended, (one) => deps.jobs.finish(one));
  return leased;
}

/** What the queue cannot take now comes back to it by itself when the lease is over. */
async function settle(deps: LeaseDeps, taken: readonly TakenJob[], change: (one: TakenJob) => Promise<boolean>): Promise<boolean[]> {
  const results = await Promise.allSettled(taken.map(change));
  return results.map((result, n) => {
    if (result.status === 'rejected') deps.onFault(result.reason, taken[n]?.job.endpointId ?? null);
    return result.status === 'fulfilled' && result.value;
  });
}

/** In the order of the leases: whether each still holds. */
export async function renewLeases(deps: LeaseDeps, actor: RegionActor, leases: readonly string[]): Promise<boolean[]> {
  return forEachHeld(deps, actor, leases, (held) => deps.jobs.renew(held));
}

/** Jobs that their prober will not run go back to the queue at once. In the order of the leases: whether each did. */
export async function returnJobs(deps: LeaseDeps, actor: RegionActor, leases: readonly string[]): Promise<boolean[]> {
  return forEachHeld(deps, actor, leases, (held) => settle(deps, held, (one) => deps.jobs.giveBack(one)));
}

/** Their jobs are over. */
export async function finishJobs(deps: LeaseDeps, held: readonly TakenJob[]): Promise<void> {
  await settle(deps, held, (one) => deps.jobs.finish(one));
}

async function forEachHeld(
  deps: LeaseDeps,
  actor: RegionActor,
  leases: readonly string[],
  change: (held: readonly TakenJob[]) => Promise<boolean[]>,
): Promise<boolean[]> {
  const opened = leases.map((lease) => openLease(deps.sealer, actor, lease));
  const held = opened.filter((one) => one !== null);
  const changed = await change(held);
  return opened.map((one) => one !== null && changed[held.indexOf(one)] === true);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done, { once: true });
  });
}
