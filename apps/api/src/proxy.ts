import httpProxy, { type FastifyHttpProxyOptions } from '@fastify/http-proxy';
import { AppError } from '@rollcall/core';
import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { sendProblem } from './problem.ts';

const STARTING =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Rollcall</title><p>The pages are starting; this page reloads by itself.</p>';

/** Every path that is not the api's own belongs to the web role. Without one (an api alone) it is not found. */
export async function registerProxy(app: FastifyInstance, { config }: ApiDeps): Promise<void> {
  if (config.webUrl === null) return;
  const { webUrl } = config;
  await app.register(async (scope) => {
    // Bodies pass as they are.
    scope.removeAllContentTypeParsers();
    await scope.register(httpProxy, proxyTo(webUrl));
  });
}

const proxyTo = (upstream: string): FastifyHttpProxyOptions => ({
  upstream,
  prefix: '/',
  http2: false,
  disableRequestLogging: true,
  undici: { connections: 64, pipelining: 1, bodyTimeout: 120_000, headersTimeout: 60_000 },
  replyOptions: {
    rewriteRequestHeaders: (request, headers) => ({
      ...headers,
      'x-forwarded-host': String(request.headers.host ?? ''),
      'x-forwarded-proto': request.protocol,
      'x-forwarded-for': request.ip,
    }),
    onError(reply, { error }) {
      reply.request.log.warn({ err: error }, 'proxy.failed');
      const wantsPage = reply.request.headers.accept?.includes('text/html') === true;
      if (wantsPage) void reply.code(503).type('text/html; charset=utf-8').header('retry-after', '2').send(STARTING);
      else
        void sendProblem(reply as never, new AppError('unavailable', 'The pages are not available right now.', { retryAfterSeconds: 2 }));
    },
  },
});
