import { randomBytes } from 'node:crypto';
import type { ProbeJob } from '@rollcall/contracts';
import { ErrorCode, Job, type MinimalQueue, type Queue } from 'bullmq';
import type { Backend } from './backend.ts';
import { probeJob } from './probe-queue.ts';

/** A job taken by hand. Whoever knows the token holds it, in whatever process, until `probeJob.lockMs` pass without a renewal. */
export interface TakenJob {
  readonly job: ProbeJob;
  readonly token: string;
}

/**
 * Takes jobs off a region's queue for somebody who cannot reach it: the same queue, order and locks as a `ProbeWorker`, without its
 * loop. A job that nobody renews goes back to the queue, as that of a worker that died.
 */
export interface ProbeTaker {
  /** At most `max` jobs, none when there are none. */
  take(max: number): Promise<TakenJob[]>;
  /** Which of them are still held; the others belong to somebody else by now, or to nobody. */
  renew(taken: readonly TakenJob[]): Promise<boolean[]>;
  /** The job is done. False: it was not held any more. */
  finish(taken: TakenJob): Promise<boolean>;
  /** Back to the queue, for the next who asks. False: it was not held any more. */
  giveBack(taken: TakenJob): Promise<boolean>;
}

/** Takers at a time: each costs the backend a round trip. */
const AT_ONCE = 5;
/** What the backend says of a job that its token does not hold (any more). */
const NOT_HELD: ReadonlySet<unknown> = new Set([
  ErrorCode.JobNotExist,
  ErrorCode.JobLockNotExist,
  ErrorCode.JobNotInState,
  ErrorCode.JobLockMismatch,
]);

export function createProbeTaker(backend: Backend, region: string): ProbeTaker & { close(): Promise<void> } {
  const name = probeJob.queueName(region);
  const queue: Queue<ProbeJob> = backend.queue<ProbeJob>(name, { defaultJobOptions: probeJob.options });
  const worker = backend.worker<ProbeJob>(name, null, {
    autorun: false,
    lockDuration: probeJob.lockMs,
    stalledInterval: probeJob.stalledCheckMs,
    maxStalledCount: 5,
  });
  queue.on('error', () => undefined);
  worker.on('error', () => undefined);
  // Jobs of probers that died come back even where no worker of this region runs beside us.
  void worker.startStalledCheckTimer().catch(() => undefined);

  async function takeOne(): Promise<TakenJob | null> {
    const token = randomBytes(12).toString('base64url');
    const found = await worker.getNextJob(token, { block: false });
    return found ? { job: probeJob.schema.parse(found.data), token } : null;
  }
  /** In one round trip: the backend compares the token itself. */
  async function finish({ job, token }: TakenJob): Promise<boolean> {
    const held = new Job(worker as unknown as MinimalQueue, probeJob.name, job, probeJob.options, probeJob.id(job));
    try {
      await held.moveToCompleted(null, token, false);
      return true;
    } catch (error) {
      if (NOT_HELD.has((error as { code?: unknown }).code)) return false;
      throw error;
    }
  }
  async function giveBack({ job, token }: TakenJob): Promise<boolean> {
    const id = probeJob.id(job);
    // Asked first, because not every backend looks at the token when a job goes back.
    if ((await worker.extendJobLocks([id], [token], probeJob.lockMs)).length > 0) return false;
    const found = await queue.getJob(id);
    if (!found) return false;
    await found.moveToWait(token);
    return true;
  }

  return {
    async take(max) {
      const taken: TakenJob[] = [];
      while (taken.length < max) {
        const round = await Promise.all(Array.from({ length: Math.min(AT_ONCE, max - taken.length) }, takeOne));
        const found = round.filter((one) => one !== null);
        taken.push(...found);
        if (found.length < round.length) break;
      }
      return taken;
    },
    async renew(taken) {
      if (taken.length === 0) return [];
      const lost = new Set(
        await worker.extendJobLocks(
          taken.map(({ job }) => probeJob.id(job)),
          taken.map(({ token }) => token),
          probeJob.lockMs,
        ),
      );
      return taken.map(({ job }) => !lost.has(probeJob.id(job)));
    },
    finish,
    giveBack,
    async close() {
      await worker.close(true);
      await queue.close();
    },
  };
}
