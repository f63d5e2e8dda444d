import type { ProbeJob } from '@rollcall/contracts';
import { createBackend, type QueueConfig } from './backend.ts';
import { createProbeQueue, createProbeWorker, type ProbeQueue, type ProbeWorker, type ProbeWorkerOptions } from './probe-queue.ts';

/** Every queue of this process. Queues are opened when first used and closed together. */
export interface Queues {
  readonly kind: 'postgresql' | 'redis';
  probe(region: string): ProbeQueue;
  probeWorker(region: string, handle: (job: ProbeJob) => Promise<void>, options: ProbeWorkerOptions): ProbeWorker;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function createQueues(config: QueueConfig): Queues {
  const backend = createBackend(config);
  const open = new Map<string, ReturnType<typeof createProbeQueue>>();
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
    ping: () => backend.ping(),
    async close() {
      await Promise.all([...open.values()].map((queue) => queue.close()));
      open.clear();
      await backend.close();
    },
  };
}
