import { createHash } from 'node:crypto';
import type { CachedPage } from '@rollcall/services';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface Cacheable extends Pick<CachedPage, 'page'> {
  readonly body: string;
  /** Else that of the body. */
  readonly etag?: string;
  readonly type: string;
  readonly maxAgeSeconds?: number;
}

/** RFC 9110 §13.1.2, by weak comparison. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}

/** 200 with an ETag, or 304. What is behind a password is kept by nobody on the way. */
export function sendCacheable(request: FastifyRequest, reply: FastifyReply, answer: Cacheable): FastifyReply {
  const etag = answer.etag ?? `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 22)}"`;
  const isPublic = answer.page.passwordHash === null;
  const cacheControl = isPublic ? `public, max-age=${answer.maxAgeSeconds ?? 10}, stale-while-revalidate=60` : 'private, no-cache';
  void reply.header('etag', etag).header('cache-control', cacheControl);
  if (!isPublic) void reply.header('vary', [reply.getHeader('vary') ?? [], 'cookie'].flat().join(', '));
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(answer.type).send(answer.body);
}
