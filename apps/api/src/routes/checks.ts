import { type CreateCheck, createCheckSchema, reportSchema, type Step } from '@rollcall/contracts';
import { check, type ProbeTarget } from '@rollcall/probe';
import { requireScope, requireTarget } from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { openEventStream } from '../event-stream.ts';
import { internalError, toProblem } from '../problem.ts';
import { checkLimit } from '../rate-limit.ts';
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

/** One-off checks. With `Accept: text/event-stream` the steps come as they happen (`step` events), then the `report`; a fault of ours is a `problem`. */
export function checkRoutes(api: Api, deps: ApiDeps): void {
  api.post(
    '/checks',
    {
      config: checkLimit,
      schema: { tags: ['checks'], summary: 'Check a URL once', body: createCheckSchema, response: { 200: reportSchema, ...problems } },
    },
    async (request, reply) => {
      requireScope(request.actor, 'read');
      await requireTarget(request.body.url, deps.policy);
      const target = toTarget(request.body, deps.config.region);
      // Whoever left does not wait for an answer: the server that is checked need not give one.
      const aborter = new AbortController();
      reply.raw.once('close', () => aborter.abort());
      const probing = { policy: deps.policy, signal: aborter.signal };
      if (!request.headers.accept?.includes('text/event-stream')) return (await check(target, probing)).report;

      const stream = openEventStream(reply);
      try {
        const { report } = await check(target, { ...probing, onStep: (step: Step) => stream.send('step', step) });
        stream.send('report', report);
      } catch (error) {
        request.log.error({ err: error }, 'check.failed');
        stream.send('problem', toProblem(internalError(error), request.url));
      }
      stream.end();
      return reply;
    },
  );
}
