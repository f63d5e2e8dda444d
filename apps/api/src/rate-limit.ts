import rateLimit from '@fastify/rate-limit';
import { AppError } from '@rollcall/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Calls a minute for one caller: enough for a script that registers thousands one by one. */
export const GENERAL_PER_MINUTE = 3000;
/** Calls a minute for an organization, whoever makes them: many keys are not many times the limit. */
export const ORGANIZATION_PER_MINUTE = 12_000;
export const CHECKS_PER_MINUTE = 300;

/** For routes that open connections to servers of others or send messages on demand: a limit of their own, each. */
export const checkLimit = { rateLimit: { max: CHECKS_PER_MINUTE, timeWindow: 60_000 } } as const;

/** Guesses of a link, hashes of a password and whole documents, for one caller a minute. */
export const guessLimit = { rateLimit: { max: 30, timeWindow: 60_000 } } as const;

/** Calls are counted for who makes them: the key, the member, or the address of someone unknown. */
export function callerOf(request: FastifyRequest): string {
  if (request.regionActor) return `region-key/${request.regionActor.keyId}`;
  if (request.actor) return `${request.actor.kind}/${request.actor.id}`;
  return request.person ? `member/${request.person.id}` : `address/${request.ip}`;
}

export interface RateLimits {
  /** Default ORGANIZATION_PER_MINUTE. */
  readonly organizationPerMinute?: number | undefined;
  /** Default GENERAL_PER_MINUTE. */
  readonly callerPerMinute?: number | undefined;
}

/** RateLimit-* headers (IETF draft) on every answer, 429 with Retry-After beyond the limit. Counts after authentication. */
export async function registerRateLimits(app: FastifyInstance, limits: RateLimits = {}): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: limits.callerPerMinute ?? GENERAL_PER_MINUTE,
    timeWindow: 60_000,
    enableDraftSpec: true,
    hook: 'preValidation',
    keyGenerator: callerOf,
    errorResponseBuilder: (_request, { ttl, max }) => tooMany(max, Math.ceil(ttl / 1000)),
  });
  const organization = app.createRateLimit({
    max: limits.organizationPerMinute ?? ORGANIZATION_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => `organization/${request.actor?.organizationId}`,
  });
  app.addHook('preValidation', async (request, reply) => {
    if (!request.actor) return;
    const counted = await organization(request);
    if (counted.isAllowed) return;
    // The nearer of the two limits is the one that a caller must heed.
    const own = Number(reply.getHeader('ratelimit-remaining') ?? Number.POSITIVE_INFINITY);
    if (counted.remaining < own) setHeaders(reply, counted);
    if (counted.isExceeded) throw tooMany(counted.max, counted.ttlInSeconds, ' of the organization');
  });
}

function setHeaders(reply: FastifyReply, { max, remaining, ttlInSeconds }: { max: number; remaining: number; ttlInSeconds: number }): void {
  void reply.header('ratelimit-limit', max).header('ratelimit-remaining', remaining).header('ratelimit-reset', ttlInSeconds);
}

function tooMany(max: number, seconds: number, whose = ''): AppError {
  return new AppError('rate_limited', `More than ${max} calls${whose} a minute; try again later.`, {
    retryAfterSeconds: Math.max(1, seconds),
  });
}
