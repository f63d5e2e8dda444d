import type { Report, Step } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { checkOnce, PUBLIC_CHECK_POLICY, readPublicCheck, requirePublicCheck, storePublicCheck } from '@rollcall/services';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { openEventStream } from '../event-stream.ts';
import { requirePlainText } from '../plain-text.ts';
import { internalError, toProblem } from '../problem.ts';
import { registerRateLimits } from '../rate-limit.ts';
import { fewPerMinute, hidden } from './open-page.ts';

const checkSchema = z.strictObject({ url: z.string().min(1).max(2048) });
const TIMEOUT_MS = 20_000;
/** Of strangers together, in this process: the installation's own work comes first. */
const MAX_AT_ONCE = 8;

/** The public checker: no key, no session, public addresses only, few a minute. `ROLLCALL_PUBLIC_CHECK=0` takes it away. */
export async function registerPublicCheck(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  if (!deps.config.publicCheck) {
    for (const url of ['/check', '/check/*'])
      app.all(url, hidden, async () => {
        throw new AppError('not_found', 'This installation has no public checker.');
      });
    return;
  }
  let running = 0;
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      void reply.header('x-content-type-options', 'nosniff').header('x-robots-tag', 'noindex').header('cache-control', 'no-store');
    });
    scope.addHook('preValidation', async (request) => requirePlainText(request.body, request.query, request.params));
    await registerRateLimits(scope);

    scope.post('/check/run', { schema: { hide: true, body: checkSchema }, config: fewPerMinute }, async (request, reply) => {
      const { url } = request.body as z.infer<typeof checkSchema>;
      await requirePublicCheck(url);
      if (running >= MAX_AT_ONCE)
        throw new AppError('unavailable', 'Too many checks are running; try again in a moment.', { retryAfterSeconds: 10 });
      const aborter = new AbortController();
      reply.raw.once('close', () => aborter.abort());
      const stream = openEventStream(reply);
      running += 1;
      try {
        const target = { url, transport: 'auto', era: 'auto', timeoutMs: TIMEOUT_MS, deep: false } as const;
        const onStep = (step: Step) => stream.send('step', step);
        const report: Report = await checkOnce(target, deps.config.region, { policy: PUBLIC_CHECK_POLICY, signal: aborter.signal, onStep });
        const { id, expiresAt } = await storePublicCheck(deps.db, report, deps.now());
        stream.send('stored', { path: `/check/${id}`, expiresAt: expiresAt.toISOString() });
        stream.send('report', { ...report, exchanges: [] });
      } catch (error) {
        request.log.error({ err: error }, 'public_check.failed');
        stream.send('problem', toProblem(internalError(error), request.url));
      } finally {
        running -= 1;
      }
      stream.end();
      return reply;
    });

    scope.get('/check/:id(^[\\w-]{22}$).json', hidden, async (request) =>
      readPublicCheck(deps.db, (request.params as { id: string }).id, deps.now()),
    );
  });
}
