import { type Subscribe, subscribeSchema } from '@rollcall/contracts';
import { AppError, chooseLanguage } from '@rollcall/core';
import { confirmSubscription, subscribe, unsubscribe } from '@rollcall/services';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askedLanguage, fewPerMinute, isForm, keptLanguage, openPage, SLUG, type StatusDeps, slugParam } from './open-page.ts';

const tokenQuery = z.object({ token: z.string().min(1).max(200) });
const hide = { hide: true } as const;

/** A form sends empty fields for what was left out. */
function withoutEmpty(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
}

/** A form leads back to the page, which says what happened; a program gets the answer itself. */
function done(request: FastifyRequest, reply: FastifyReply, what: string, status: number): FastifyReply {
  if (isForm(request)) return reply.redirect(`/status/${slugParam(request)}?done=${what}${keptLanguage(request)}`, 303);
  return status === 204 ? reply.code(204).send() : reply.code(status).send({ status: what });
}

/**
 * Subscriptions. Links in messages are opened with GET, which the pages answer and which changes nothing, because mail
 * scanners follow links; the button there posts here, as does the mail program's own (RFC 8058).
 */
export function subscriptionRoutes(scope: FastifyInstance, deps: StatusDeps): void {
  scope.post(
    `/status/${SLUG}/subscribe`,
    { schema: { ...hide, body: z.preprocess(withoutEmpty, subscribeSchema) }, config: fewPerMinute },
    async (request, reply) => {
      const { page, document } = await openPage(deps, request);
      const language = chooseLanguage({
        asked: askedLanguage(request),
        accepted: request.headers['accept-language'],
        page: document.page.locale,
      });
      const subscribed = { id: page.id, organizationId: page.organizationId, title: document.page.title, url: document.page.url };
      try {
        await subscribe(deps, subscribed, { ...(request.body as Subscribe), language }, deps.now());
      } catch (error) {
        if (!isForm(request) || !(error instanceof AppError) || error.code !== 'invalid_request') throw error;
        return done(request, reply, 'refused', 400);
      }
      return done(request, reply, 'confirmation_sent', 202);
    },
  );
  scope.post(`/status/${SLUG}/confirm`, { schema: { ...hide, querystring: tokenQuery } }, async (request, reply) => {
    const { token } = request.query as z.infer<typeof tokenQuery>;
    const known = await confirmSubscription(deps.db, token, deps.now());
    if (!known && !isForm(request)) throw new AppError('not_found', 'This link is not, or no longer, of a subscription.');
    return done(request, reply, known ? 'confirmed' : 'unknown_link', 204);
  });
  scope.post(`/status/${SLUG}/unsubscribe`, { schema: { ...hide, querystring: tokenQuery } }, async (request, reply) => {
    const { token } = request.query as z.infer<typeof tokenQuery>;
    await unsubscribe(deps.db, token);
    // RFC 8058 §3.1: the mail program follows no redirect.
    const isOneClick = (request.body as Record<string, string> | undefined)?.['List-Unsubscribe'] === 'One-Click';
    return isOneClick ? reply.code(204).send() : done(request, reply, 'unsubscribed', 204);
  });
}
