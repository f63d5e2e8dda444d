import type { ProbeJob } from '@rollcall/contracts';
import { createBackend, type QueueConfig } from './backend.ts';
import { createProbeQueue, createProbeWorker, type ProbeQueue, type ProbeWorker, type ProbeWorkerOptions } from './probe-queue.ts';
import { createProbeTaker, type ProbeTaker } from './probe-taker.ts';

/** Every queue of this process. Queues are opened when first used and closed together. */
export interface Queues {
  readonly kind: 'postgresql' | 'redis';
  probe(region: string): ProbeQueue;
  probeWorker(region: string, handle: (job: ProbeJob) => Promise<void>, options: ProbeWorkerOptions): ProbeWorker;
  /** Jobs by hand, for probers that reach the queue through us. */
  probeTaker(region: string): ProbeTaker;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function createQueues(config: QueueConfig): Queues {
  const backend = createBackend(config);
  const open = new Map<string, ReturnType<typeof createProbeQueue>>();
  const takers = new Map<string, ReturnType<typeof createProbeTaker>>();
  return {
    kind: backend.kind,
    probe(region) {
      const known = open.get(region);
      if (known) return known;
      const made = createProbeQueue(backend, region);
      open.set(region, made);
      return made;
    },
    probeWorker: (region, handle, options) => createProbeWorker(backend, region, handle, options),
    probeTaker(region) {
      const known = takers.get(region);
      if (known) return known;
      const made = createProbeTaker(backend, region);
      takers.set(region, made);
      return made;
    },
    ping: () => backend.ping(),
    async close() {
      await Promise.all([...open.values(), ...takers.values()].map((one) => one.close()));
      open.clear();
      takers.clear();
      await backend.close();
    },
  };
}
