import { type LeasedJob, MAX_LEASES, type ProbeJob } from '@rollcall/contracts';
import type { ProbeTarget } from '@rollcall/probe';
import type { Logger } from 'pino';
import { type Loop, startLoop } from '../loop.ts';
import type { WorkerMetrics } from '../metrics.ts';
import { DeepLane, deepPlaces, type Probing, probe } from '../prober.ts';
import type { Outbox } from './outbox.ts';
import { type ProberApi, ProberApiError } from './prober-api.ts';

export interface RemoteProberOptions extends Probing {
  readonly api: ProberApi;
  readonly outbox: Outbox;
  readonly concurrency: number;
  readonly log: Logger;
  readonly metrics: WorkerMetrics;
  readonly isOffline: () => boolean;
  /** The key was refused: it is over. */
  readonly onDenied: (error: ProberApiError) => void;
}

export interface RemoteProber {
  /** Says at once how the prober is. */
  sayHow(): Promise<void>;
  inFlight(): number;
  /** Takes no more jobs; resolves when those in flight are done or `drainMs` is over. Unfinished jobs go back. */
  stop(drainMs: number): Promise<void>;
}

const WAIT_MS = 20_000;
/** A third of what a lease lasts: two calls may fail. */
const RENEW_EVERY_MS = 10_000;
const HEARTBEAT_EVERY_MS = 15_000;
const RETRY_MS = { first: 500, most: 10_000 } as const;
/** While all places are taken, so long until the next look. */
const FULL_MS = 50;
const CLOCK_WARN_MS = 30_000;

/** The prober role where there is only the API: leases jobs, keeps the leases, probes as a local prober does, hands results to the outbox. */
export function startRemoteProber(options: RemoteProberOptions): RemoteProber {
  const { api, outbox, log, metrics } = options;
  const startedAt = new Date().toISOString();
  const lane = new DeepLane(deepPlaces(options.concurrency));
  /** By lease: what runs. */
  const running = new Map<string, Promise<void>>();
  /** By endpoint: the last of its probes; one at a time, whatever the queue says. */
  const ofEndpoint = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  async function run(job: LeasedJob): Promise<void> {
    await ofEndpoint.get(job.endpointId);
    if (stopping.signal.aborted) return;
    const deep = job.target.deep && lane.enter();
    try {
      const target = { ...job.target, deep } as ProbeTarget;
      const { endpointId, slot, kind } = job;
      const probeJob: ProbeJob = { endpointId, slot, kind, region: target.region };
      const { report, observation, deepOnly, retryAfterMs } = await probe(options, probeJob, target);
      if (running.has(job.lease)) outbox.add({ lease: job.lease, deep, report, observation, deepOnly: deepOnly ?? null, retryAfterMs });
    } catch (error) {
      log.error({ endpointId: job.endpointId, err: error }, 'remote.probe_failed');
    } finally {
      if (deep) lane.leave();
    }
  }

  function begin(job: LeasedJob): void {
    const done = run(job).finally(() => {
      running.delete(job.lease);
      if (ofEndpoint.get(job.endpointId) === done) ofEndpoint.delete(job.endpointId);
      metrics.inFlight.set(running.size);
    });
    running.set(job.lease, done);
    ofEndpoint.set(job.endpointId, done);
    metrics.inFlight.set(running.size);
  }

  function denied(error: unknown): boolean {
    if (!(error instanceof ProberApiError) || error.kind !== 'denied') return false;
    if (!stopping.signal.aborted) options.onDenied(error);
    return true;
  }

  const leasing = (async () => {
    let retryMs: number = RETRY_MS.first;
    while (!stopping.signal.aborted) {
      const free = options.concurrency - running.size;
      if (free <= 0 || outbox.isCrowded()) {
        await pause(FULL_MS, stopping.signal);
        continue;
      }
      try {
        const { jobs } = await api.lease(Math.min(free, MAX_LEASES), WAIT_MS, stopping.signal);
        retryMs = RETRY_MS.first;
        for (const job of jobs) begin(job);
      } catch (error) {
        if (stopping.signal.aborted || denied(error)) return;
        log.warn({ retryMs, err: error }, 'remote.lease_waits');
        await pause(retryMs * (0.5 + Math.random() / 2), stopping.signal);
        retryMs = Math.min(RETRY_MS.most, retryMs * 2);
      }
    }
  })();

  const renewing = startLoop({ name: 'renew', everyMs: RENEW_EVERY_MS, log }, async () => {
    const ours = () => new Set([...running.keys(), ...outbox.leases()]);
    const leases = [...ours()].slice(0, 2000);
    if (leases.length === 0) return undefined;
    try {
      const held = await api.renew(leases);
      // Not those that were delivered meanwhile: they are over.
      const still = ours();
      const lost = leases.filter((lease, n) => held[n] === false && still.has(lease)).length;
      // Their results are sent all the same: a slot is recorded once, by whoever comes first.
      if (lost > 0) log.warn({ lost, of: leases.length }, 'remote.leases_lost');
    } catch (error) {
      if (!denied(error)) log.warn({ leases: leases.length, err: error }, 'remote.renewal_waits');
    }
    return undefined;
  });

  async function sayHow(): Promise<void> {
    const how = { offline: options.isOffline(), inFlight: running.size, waiting: outbox.size(), dropped: outbox.dropped(), startedAt };
    try {
      const { now } = await api.heartbeat(how);
      const aheadMs = Date.now() - Date.parse(now);
      if (Math.abs(aheadMs) > CLOCK_WARN_MS) log.error({ aheadMs }, 'remote.clock_is_wrong');
    } catch (error) {
      if (!denied(error)) log.warn({ err: error }, 'remote.heartbeat_waits');
    }
  }
  const heartbeats: Loop = startLoop({ name: 'heartbeat', everyMs: HEARTBEAT_EVERY_MS, log }, async () => {
    await sayHow();
    return undefined;
  });

  return {
    sayHow,
    inFlight: () => running.size,
    async stop(drainMs) {
      stopping.abort();
      await leasing;
      await Promise.race([Promise.allSettled([...running.values()]), pause(drainMs, new AbortController().signal)]);
      const unfinished = [...running.keys()];
      running.clear();
      if (unfinished.length > 0) {
        log.info({ jobs: unfinished.length }, 'remote.jobs_returned');
        await api.giveBack(unfinished).catch((error: unknown) => log.warn({ err: error }, 'remote.return_failed'));
      }
      // The leases of results that still wait are kept by whoever delivers them.
      await Promise.all([renewing.stop(), heartbeats.stop()]);
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
