import { AppError, type Language, languageOf } from '@rollcall/core';
import type { CachedPage, PublicPages } from '@rollcall/services';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { isOpen } from './lock.ts';

export interface StatusDeps extends ApiDeps {
  readonly pages: PublicPages;
}

/** Guesses of a password, and subscriptions, from one address in a minute. */
export const fewPerMinute = { rateLimit: { max: 10, timeWindow: 60_000 } } as const;

export const slugParam = (request: FastifyRequest) => (request.params as { slug: string }).slug;
export const hidden = { schema: { hide: true } };
export const SLUG = ':slug(^[a-z0-9-]{1,63}$)';

/** @throws AppError not_found, or unauthenticated while the page is locked for this visitor. */
export async function openPage(deps: StatusDeps, request: FastifyRequest): Promise<CachedPage> {
  const found = await deps.pages.get(slugParam(request));
  if (found === null) throw new AppError('not_found', 'There is no such status page.');
  if (isOpen(deps.sealer, found.page, request.headers.cookie, deps.now())) return found;
  throw new AppError('unauthenticated', 'This status page asks for a password.');
}

/** Forms without JavaScript; one value a name. */
export function takeForms(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16 * 1024 }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}

export const isForm = (request: FastifyRequest) =>
  request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;

/** What `?lang=` asks for, where we speak it. */
export function askedLanguage(request: FastifyRequest): Language | null {
  return languageOf(new URLSearchParams(request.url.split('?', 2)[1]).get('lang'));
}

/** `&lang=…` of a form whose reader chose the language, else empty. */
export function keptLanguage(request: FastifyRequest): string {
  const language = askedLanguage(request);
  return language === null ? '' : `&lang=${language}`;
}
