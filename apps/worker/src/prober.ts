import type { ProbeJob } from '@rollcall/contracts';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type CheckResult, check, deepOnly, type ProbeDeps, type ProbeTarget } from '@rollcall/probe';
import type { ProbeWorker, Queues } from '@rollcall/queue';
import { loadTarget, type ProbeRecord } from '@rollcall/services';
import type { Logger } from 'pino';
import type { WorkerMetrics } from './metrics.ts';
import type { Recorder } from './recorder.ts';
import type { Reach } from './self/reach.ts';

/** What any prober needs for one probe, wherever its jobs come from and its results go. */
export interface Probing {
  readonly deps: ProbeDeps;
  readonly log: Logger;
  readonly metrics: WorkerMetrics;
  readonly now?: () => Date;
  /** The watch over our own way out. */
  readonly reach?: Reach | undefined;
  /** The probe itself; an argument for tests. */
  readonly run?: (target: ProbeTarget, deps: ProbeDeps) => Promise<Pick<CheckResult, 'report' | 'observation'>>;
}

export interface ProberOptions extends Probing {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly queues: Queues;
  readonly region: string;
  readonly concurrency: number;
  readonly recorder: Recorder;
}

const MAX_RETRY_AFTER_MS = 3600_000;

/** Retry-After of the newest answer that carried one (RFC 9110 §10.2.3: seconds or a date), at most an hour. */
export function retryAfterMs(
  observation: { exchanges: readonly { status: number | null; responseHeaders: Readonly<Record<string, string>> }[] },
  now: Date,
): number | null {
  const limited = observation.exchanges.findLast(
    ({ status, responseHeaders }) => (status === 429 || status === 503) && responseHeaders['retry-after'] !== undefined,
  );
  const value = limited?.responseHeaders['retry-after']?.trim();
  if (!value) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : null;
}

/**
 * How many deep probes run at once: each asks tens of questions and watches streams for seconds, so that a thousand endpoints
 * registered together would hold up every ordinary probe. Who finds no place is probed in the ordinary way and stays due for a deep one.
 */
export class DeepLane {
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  /** True when there was a place; `leave` gives it back. */
  enter(): boolean {
    if (this.#free <= 0) return false;
    this.#free -= 1;
    return true;
  }

  leave(): void {
    this.#free += 1;
  }
}

/** One in twenty, and at least two. */
export function deepPlaces(concurrency: number): number {
  return Math.max(2, Math.floor(concurrency / 20));
}

/** Runs one job: load, probe, record. Void jobs (deleted, paused, superseded) end quietly. */
export async function runJob(options: ProberOptions, job: ProbeJob, lane: DeepLane = new DeepLane(1)): Promise<void> {
  const now = options.now ?? (() => new Date());
  const loaded = await loadTarget(options.db, options.sealer, job, now());
  if (!loaded) {
    options.log.debug({ ...job }, 'probe.void');
    return;
  }
  const deep = loaded.deep && lane.enter();
  try {
    await options.recorder.record(await probe(options, job, { ...loaded, deep }));
  } finally {
    if (deep) lane.leave();
  }
}

/** One probe of a job's target, and what is to be recorded of it. */
export async function probe(options: Probing, job: ProbeJob, target: ProbeTarget): Promise<ProbeRecord> {
  const now = options.now ?? (() => new Date());
  const probed = await (options.run ?? check)(target, options.deps);
  const { observation } = probed;
  const report = options.reach === undefined ? probed.report : await options.reach.judge(probed.report);
  options.metrics.probes.inc({ verdict: report.verdict });
  options.metrics.probeDuration.observe(report.durationMs / 1000);
  options.log.debug(
    {
      endpointId: job.endpointId,
      region: job.region,
      verdict: report.verdict,
      cause: report.cause?.code ?? null,
      durationMs: report.durationMs,
    },
    'probe.finished',
  );
  return {
    ...job,
    deep: target.deep,
    deepOnly: deepOnly(observation),
    report,
    observation,
    retryAfterMs: retryAfterMs(observation, now()),
  };
}

/** The prober role: one worker on its region's queue. One probe in flight per endpoint in this process, whatever the queue says. */
export function startProber(options: ProberOptions): ProbeWorker {
  const inFlight = new Set<string>();
  const lane = new DeepLane(deepPlaces(options.concurrency));
  return options.queues.probeWorker(
    options.region,
    async (job) => {
      if (inFlight.has(job.endpointId)) return;
      inFlight.add(job.endpointId);
      options.metrics.inFlight.set(inFlight.size);
      try {
        await runJob(options, job, lane);
      } finally {
        inFlight.delete(job.endpointId);
        options.metrics.inFlight.set(inFlight.size);
      }
    },
    { concurrency: options.concurrency, onError: (error) => options.log.error({ err: error }, 'prober.queue_fault') },
  );
}
