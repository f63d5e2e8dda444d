import { createCheckSchema, reportSchema, type Step } from '@rollcall/contracts';
import { checkOnce, requireCheck } from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { openEventStream } from '../event-stream.ts';
import { internalError, toProblem } from '../problem.ts';
import { checkLimit } from '../rate-limit.ts';
import { problems } from './schemas.ts';

/** One-off checks. With `Accept: text/event-stream` the steps come as they happen (`step` events), then the `report`; a fault of ours is a `problem`. */
export function checkRoutes(api: Api, deps: ApiDeps): void {
  api.post(
    '/checks',
    {
      config: checkLimit,
      schema: { tags: ['checks'], summary: 'Check a URL once', body: createCheckSchema, response: { 200: reportSchema, ...problems } },
    },
    async (request, reply) => {
      await requireCheck(request.actor, request.body, deps.policy);
      // Whoever left does not wait for an answer: the server that is checked need not give one.
      const aborter = new AbortController();
      reply.raw.once('close', () => aborter.abort());
      const probing = { policy: deps.policy, signal: aborter.signal };
      if (!request.headers.accept?.includes('text/event-stream')) return checkOnce(request.body, deps.config.region, probing);

      const stream = openEventStream(reply);
      try {
        const onStep = (step: Step) => stream.send('step', step);
        const report = await checkOnce(request.body, deps.config.region, { ...probing, onStep });
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
