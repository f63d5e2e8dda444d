import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ApiDeps } from './deps.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The peer itself, not what a header claims: a proxy on this machine speaks for somebody else. */
export function isLocal({ socket, headers }: FastifyRequest): boolean {
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'];
  return forwarded === undefined && LOOPBACK.has(socket.remoteAddress ?? '');
}

function hasToken(request: FastifyRequest, token: string | null): boolean {
  if (token === null) return false;
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** /healthz: the process lives. /readyz: what it needs answers. /metrics: Prometheus, for loopback or with the token. */
export function registerHealth(app: FastifyInstance, deps: ApiDeps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'Requests to the api by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });

  const hidden = { schema: { hide: true } };
  app.get('/healthz', hidden, async () => ({ status: 'ok' }));
  app.get('/readyz', hidden, async (request) => {
    try {
      await Promise.all([deps.db.$queryRaw`select 1`, deps.queues.ping()]);
    } catch (error) {
      request.log.warn({ err: error }, 'readyz.unavailable');
      throw new AppError('unavailable', 'The database or the queue does not answer.', { cause: error, retryAfterSeconds: 5 });
    }
    return { status: 'ready' };
  });
  app.get('/metrics', hidden, async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, deps.config.metricsToken))
      throw new AppError('unauthenticated', 'Metrics need the token of ROLLCALL_METRICS_TOKEN.');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
