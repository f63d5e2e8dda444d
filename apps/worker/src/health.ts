import type { Db } from '@rollcall/db';
import type { Queues } from '@rollcall/queue';
import fastify from 'fastify';
import type { WorkerMetrics } from './metrics.ts';

export interface HealthOptions {
  readonly port: number;
  readonly host: string;
  readonly db: Db;
  readonly queues: Queues;
  readonly metrics: WorkerMetrics;
  readonly region: string;
}

/** GET /healthz: the process lives. GET /readyz: its database and queue answer. GET /metrics: Prometheus. */
export async function startHealth({ port, host, db, queues, metrics, region }: HealthOptions) {
  const app = fastify();
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await Promise.all([db.$queryRaw`select 1`, queues.ping()]);
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  app.get('/metrics', async (_request, reply) => {
    metrics.queueWaiting.set((await queues.probe(region).depth()).waiting);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  await app.listen({ port, host });
  return app;
}
