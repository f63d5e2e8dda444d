import type { Db } from '@rollcall/db';
import type { Queues } from '@rollcall/queue';
import { type ClaimedSlot, claimDue, releaseClaims, reviveLost } from '@rollcall/services';
import type { Logger } from 'pino';
import { type Loop, startLoop } from './loop.ts';
import type { WorkerMetrics } from './metrics.ts';

const TICK_MS = 500;
const BATCH = 500;
/** A look at every schedule: once in a while. */
const LOST_EVERY_MS = 5000;
/** Behind this many waiting jobs we claim no more of a region: the lag then shows in the schedule instead of hiding in a queue. */
const MAX_WAITING = 5000;

export interface SchedulerOptions {
  readonly db: Db;
  readonly queues: Queues;
  readonly log: Logger;
  readonly metrics: WorkerMetrics;
  readonly now?: () => Date;
}

function byRegion(claims: readonly ClaimedSlot[]): Map<string, ClaimedSlot[]> {
  const groups = new Map<string, ClaimedSlot[]>();
  for (const claim of claims) {
    const group = groups.get(claim.region);
    if (group) group.push(claim);
    else groups.set(claim.region, [claim]);
  }
  return groups;
}

/** Claims what is due and enqueues it. One round; true when the batch was full and more is likely due. */
export async function scheduleOnce({ db, queues, log, metrics, now = () => new Date() }: SchedulerOptions): Promise<boolean> {
  const at = now();
  const claims = await claimDue(db, { now: at, limit: BATCH });
  for (const [region, group] of byRegion(claims)) {
    try {
      const jobs = group.map(({ endpointId, slot, kind }) => ({ endpointId, region, slot, kind }));
      await queues.probe(region).add(jobs);
      for (const claim of group) metrics.schedulerLag.observe((at.getTime() - claim.dueAt.getTime()) / 1000);
    } catch (error) {
      // Nothing is lost: what could not be enqueued comes due again.
      await releaseClaims(db, group);
      log.error({ region, jobs: group.length, err: error }, 'schedule.enqueue_failed');
      return false;
    }
  }
  return claims.length === BATCH && (await hasRoom(queues, claims));
}

async function hasRoom(queues: Queues, claims: readonly ClaimedSlot[]): Promise<boolean> {
  const depths = await Promise.all([...new Set(claims.map((claim) => claim.region))].map((region) => queues.probe(region).depth()));
  return depths.every(({ waiting }) => waiting < MAX_WAITING);
}

export function startScheduler(options: SchedulerOptions): Loop {
  const { db, log, now = () => new Date() } = options;
  const claims = startLoop({ name: 'scheduler', everyMs: TICK_MS, log }, () => scheduleOnce(options));
  const lost = startLoop({ name: 'lost', everyMs: LOST_EVERY_MS, log }, async () => {
    const revived = await reviveLost(db, now());
    if (revived > 0) log.warn({ probes: revived }, 'schedule.lost_revived');
    return false;
  });
  return {
    async stop() {
      await Promise.all([claims.stop(), lost.stop()]);
    },
    lastRunAt: () => claims.lastRunAt(),
  };
}
