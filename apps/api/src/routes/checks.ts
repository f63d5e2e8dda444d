import { type CreateCheck, createCheckSchema, reportSchema, type Step } from '@rollcall/contracts';
import { check, type ProbeTarget } from '@rollcall/probe';
import { requireScope, requireTarget } from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { CHECKS_PER_MINUTE } from '../rate-limit.ts';
import { problems } from './schemas.ts';

function toTarget(body: CreateCheck, region: string): ProbeTarget {
  return {
    url: body.url,
    transport: body.transport,
    era: body.era,
    headers: body.headers ?? {},
    auth: body.auth ?? { type: 'none' },
    timeoutMs: body.timeoutMs,
    deep: body.deep,
    region,
    hint: null,
    expect: {},
    baseline: null,
  };
}

/** One-off checks. With `Accept: text/event-stream` the steps come as they happen (`step` events), then the `report`. */
export function checkRoutes(api: Api, deps: ApiDeps): void {
  api.post(
    '/checks',
    {
      config: { rateLimit: { max: CHECKS_PER_MINUTE, timeWindow: 60_000 } },
      schema: { tags: ['checks'], summary: 'Check a URL once', body: createCheckSchema, response: { 200: reportSchema, ...problems } },
    },
    async (request, reply) => {
      requireScope(request.actor, 'read');
      await requireTarget(request.body.url, deps.policy);
      const target = toTarget(request.body, deps.config.region);
      const aborter = new AbortController();
      if (!request.headers.accept?.includes('text/event-stream')) {
        const { report } = await check(target, { policy: deps.policy });
        return report;
      }
      reply.hijack();
      const send = (event: string, data: unknown) => void reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      reply.raw.on('close', () => aborter.abort());
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      try {
        const { report } = await check(target, { policy: deps.policy, signal: aborter.signal, onStep: (step: Step) => send('step', step) });
        send('report', report);
      } catch (error) {
        request.log.error({ err: error }, 'check.failed');
        send('error', { code: 'internal', detail: 'Something went wrong on our side. It has been logged.' });
      }
      reply.raw.end();
      return reply;
    },
  );
}
