import fastify from 'fastify';
import type { WorkerMetrics } from './metrics.ts';

export interface HealthOptions {
  readonly port: number;
  readonly host: string;
  readonly metrics: WorkerMetrics;
  /** Rejects while what the process needs does not answer. */
  readonly ready: () => Promise<unknown>;
  /** Jobs that wait in the region; null: not for this process to know. */
  readonly waiting: (() => Promise<number>) | null;
}

/** GET /healthz: the process lives. GET /readyz: what it needs answers. GET /metrics: Prometheus. */
export async function startHealth({ port, host, metrics, ready, waiting }: HealthOptions) {
  const app = fastify();
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await ready();
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  app.get('/metrics', async (_request, reply) => {
    if (waiting !== null) metrics.queueWaiting.set(await waiting());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  await app.listen({ port, host });
  return app;
}
