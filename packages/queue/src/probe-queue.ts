import { type ProbeJob, probeJobSchema } from '@rollcall/contracts';
import type { Job, Queue } from 'bullmq';
import type { Backend } from './backend.ts';

/** Name, schema and options of the probe job, declared once. One queue a region. */
export const probeJob = {
  name: 'probe',
  schema: probeJobSchema,
  queueName: (region: string) => `probe.${region}`,
  /** Made of what must be unique: adding it twice is adding it once. (BullMQ refuses ':' in ids.) */
  id: (job: ProbeJob) => `${job.endpointId}.${job.region}.${job.slot}`,
  // A job that fails is not tried again by the queue, and not kept: the schedule's lease runs out, and its slot comes again under the same id.
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  /** A prober that died holds its jobs this long at most, plus one round of the stalled check. */
  lockMs: 30_000,
  stalledCheckMs: 15_000,
} as const;

export interface ProbeQueue {
  /** Adds in one round trip. Confirmations go to the head of the queue: an alert waits for them. */
  add(jobs: readonly ProbeJob[]): Promise<void>;
  /** Waiting and active jobs. */
  depth(): Promise<{ waiting: number; active: number }>;
}

export interface ProbeWorker {
  /** Takes no more jobs; resolves when those in flight are done or `drainMs` is over. Unfinished jobs return to the queue. */
  stop(drainMs: number): Promise<void>;
}

export interface ProbeWorkerOptions {
  readonly concurrency: number;
  readonly onError: (error: Error) => void;
}

export function createProbeQueue(backend: Backend, region: string): ProbeQueue & { close(): Promise<void> } {
  const queue: Queue<ProbeJob> = backend.queue<ProbeJob>(probeJob.queueName(region), { defaultJobOptions: probeJob.options });
  queue.on('error', () => undefined);
  return {
    async add(jobs) {
      if (jobs.length === 0) return;
      await queue.addBulk(
        jobs.map((data) => ({
          name: probeJob.name,
          data,
          opts: { jobId: probeJob.id(data), ...(data.kind === 'recheck' ? { lifo: true } : {}) },
        })) as never,
      );
    },
    async depth() {
      const counts = await queue.getJobCounts('waiting', 'active', 'prioritized');
      return { waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0), active: counts['active'] ?? 0 };
    },
    close: () => queue.close(),
  };
}

export function createProbeWorker(
  backend: Backend,
  region: string,
  handle: (job: ProbeJob) => Promise<void>,
  options: ProbeWorkerOptions,
): ProbeWorker {
  const worker = backend.worker<ProbeJob>(
    probeJob.queueName(region),
    async (job: Job<ProbeJob>) => handle(probeJob.schema.parse(job.data)),
    {
      concurrency: options.concurrency,
      lockDuration: probeJob.lockMs,
      stalledInterval: probeJob.stalledCheckMs,
      maxStalledCount: 5,
    },
  );
  worker.on('error', options.onError);
  worker.on('failed', (_job, error) => options.onError(error));
  return {
    async stop(drainMs) {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), drainMs);
      });
      const drained = await Promise.race([worker.close(), enough]);
      clearTimeout(timer);
      if (drained === 'late') await worker.close(true);
    },
  };
}
