import rateLimit from '@fastify/rate-limit';
import { AppError } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Calls a minute for one caller: enough for a script that registers thousands one by one. */
export const GENERAL_PER_MINUTE = 3000;
export const CHECKS_PER_MINUTE = 300;

/** For routes that open connections to servers of others or send messages on demand: a limit of their own, each. */
export const checkLimit = { rateLimit: { max: CHECKS_PER_MINUTE, timeWindow: 60_000 } } as const;

/** Calls are counted for who makes them: the key, the member, or the address of someone unknown. */
export function callerOf(request: FastifyRequest): string {
  if (request.actor) return `${request.actor.kind}/${request.actor.id}`;
  return request.person ? `member/${request.person.id}` : `address/${request.ip}`;
}

/** RateLimit-* headers (IETF draft) on every answer, 429 with Retry-After beyond the limit. Counts after authentication. */
export async function registerRateLimits(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: GENERAL_PER_MINUTE,
    timeWindow: 60_000,
    enableDraftSpec: true,
    hook: 'preValidation',
    keyGenerator: callerOf,
    errorResponseBuilder: (_request, { ttl, max }) =>
      new AppError('rate_limited', `More than ${max} calls a minute; try again later.`, {
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  });
}
