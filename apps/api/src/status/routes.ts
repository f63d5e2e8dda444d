import { AppError, chooseLanguage, localeFor, localizePage, wordsOf } from '@rollcall/core';
import { type CachedPage, verifyPassword } from '@rollcall/services';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requirePlainText } from '../plain-text.ts';
import { registerRateLimits } from '../rate-limit.ts';
import { BADGE_STATES, BADGE_STYLES, type BadgeStyle, badgeOf, renderBadge, shieldsEndpoint } from './badge.ts';
import { type FeedContext, renderAtom, renderJsonFeed, renderRss } from './feeds.ts';
import { registerHtmlCache } from './html-cache.ts';
import { unlockCookie } from './lock.ts';
import {
  askedLanguage,
  fewPerMinute,
  hidden,
  isForm,
  keptLanguage,
  openPage,
  SLUG,
  type StatusDeps,
  slugParam,
  takeForms,
} from './open-page.ts';
import { sendCacheable } from './send-cacheable.ts';
import { subscriptionRoutes } from './subscription.ts';

const unlockSchema = z.strictObject({ password: z.string().max(128) });

/** Links of a feed lead to where the page is reached under its own name. */
const feedContext = ({ document, page }: CachedPage): FeedContext => ({
  pageUrl: document.page.url,
  pageUpdatedAt: page.updatedAt.toISOString(),
});

/** The public's own routes: no key, no session, everything from memory. `/status/{slug}` itself belongs to the pages. */
export async function registerStatusRoutes(app: FastifyInstance, deps: StatusDeps): Promise<void> {
  app.addHook('onRequest', async (request, reply) => redirectOwnHost(deps, request, reply));
  registerHtmlCache(app, deps);
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      if (!reply.hasHeader('content-security-policy'))
        void reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    });
    scope.addHook('preValidation', async (request) => requirePlainText(request.body, request.query, request.params));
    await scope.register(async (documents) => {
      documents.addHook('onRequest', forAnySite);
      readRoutes(documents, deps);
      badgeRoutes(documents, deps);
    });
    await scope.register(async (posts) => {
      await registerRateLimits(posts);
      takeForms(posts);
      unlockRoute(posts, deps);
      subscriptionRoutes(posts, deps);
    });
  });
}

/** Readable by scripts of any site, refusals as well; they get it without the visitor's cookies. */
async function forAnySite(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-expose-headers', 'etag, retry-after');
}

/** A page that has a host name of its own is what that host shows first. */
async function redirectOwnHost({ config, pages }: StatusDeps, request: FastifyRequest, reply: FastifyReply) {
  if (request.url !== '/' || request.method !== 'GET' || request.hostname === new URL(config.publicUrl).hostname) return;
  const slug = await pages.slugOfHost(request.hostname);
  if (slug !== null) return reply.header('cache-control', 'no-store').redirect(`/status/${slug}`, 302);
}

function readRoutes(scope: FastifyInstance, deps: StatusDeps): void {
  scope.get('/status/:slug(^[a-z0-9-]{1,63}).json', hidden, async (request, reply) => {
    const found = await openPage(deps, request);
    const { page, etag } = found;
    return sendCacheable(request, reply, { page, etag, body: found.json(), type: 'application/json; charset=utf-8' });
  });
  // For the process that renders the pages.
  scope.get('/status/:slug(^[a-z0-9-]{1,63}).packed.json', hidden, async (request, reply) => {
    const { page, etag, packed } = await openPage(deps, request);
    return sendCacheable(request, reply, { page, etag, body: packed, type: 'application/json; charset=utf-8' });
  });
  scope.get(`/status/${SLUG}/components/:component(^[a-z0-9-]{1,63}).json`, hidden, async (request, reply) => {
    const found = await openPage(deps, request);
    const { component } = request.params as { component: string };
    const shown = found.document.groups.flatMap(({ components }) => components).find(({ slug }) => slug === component);
    if (shown === undefined) throw new AppError('not_found', 'There is no such component on this page.');
    const { days: _days, latency, ...small } = shown;
    const body = JSON.stringify({
      ...small,
      latency: latency === null ? null : { p50Ms: latency.p50Ms },
      pageUrl: found.document.page.url,
    });
    return sendCacheable(request, reply, { page: found.page, body, type: 'application/json; charset=utf-8' });
  });
  scope.get(`/status/${SLUG}/summary.json`, hidden, async (request, reply) => {
    const found = await openPage(deps, request);
    const { locale, title, url } = found.document.page;
    const accepted = request.headers['accept-language'];
    const language = chooseLanguage({ asked: askedLanguage(request), accepted, page: locale });
    const { status, summary, groups } = localizePage(found.document, localeFor(language, locale));
    const { state } = wordsOf(language);
    const components = groups
      .flatMap((group) => group.components)
      .map((one) => ({ slug: one.slug, name: one.name, status: one.status, text: state[one.status] }));
    const body = JSON.stringify({ title, status, summary, url, components });
    void reply.header('vary', 'accept-language');
    return sendCacheable(request, reply, { page: found.page, body, type: 'application/json; charset=utf-8', maxAgeSeconds: 30 });
  });
  for (const [name, render, type] of [
    ['feed.atom', renderAtom, 'application/atom+xml; charset=utf-8'],
    ['feed.rss', renderRss, 'application/rss+xml; charset=utf-8'],
    ['feed.json', renderJsonFeed, 'application/feed+json; charset=utf-8'],
  ] as const) {
    scope.get(`/status/${SLUG}/${name}`, hidden, async (request, reply) => {
      const found = await openPage(deps, request);
      // Readers of feeds ask from anywhere: only the address decides the language, else the page does.
      const { locale } = found.document.page;
      const language = chooseLanguage({ asked: askedLanguage(request), accepted: null, page: locale });
      const document = localizePage(found.document, localeFor(language, locale));
      return sendCacheable(request, reply, { page: found.page, body: render(document, feedContext(found)), type });
    });
  }
}

const text = z.string().max(500).optional().catch(undefined);
/** An image in somebody's README: what it does not understand it passes over. */
const badgeQuery = z.object({ style: z.enum(BADGE_STYLES).catch('flat'), label: text, text });

function badgeRoutes(scope: FastifyInstance, deps: StatusDeps): void {
  const badge = async (request: FastifyRequest) => {
    const { style, ...words } = badgeQuery.parse(request.query);
    const found = await openPage(deps, request);
    return { found, style, badge: badgeOf(found.document, (request.params as { component: string }).component, words) };
  };
  scope.get(`/badge/${SLUG}/:component(^[a-z0-9-]{1,63}).svg`, hidden, async (request, reply) => {
    const type = 'image/svg+xml; charset=utf-8';
    try {
      const { found, style, badge: made } = await badge(request);
      if (made === null) throw new AppError('not_found', 'There is no such component on this page.');
      return sendCacheable(request, reply, { page: found.page, body: renderBadge(made, style as BadgeStyle), type, maxAgeSeconds: 30 });
    } catch (error) {
      // Still a picture: a broken one says nothing.
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
      const lost = { ...BADGE_STATES.unknown, label: 'status', text: 'not found' };
      return reply.code(404).type(type).send(renderBadge(lost, 'flat'));
    }
  });
  scope.get(`/badge/${SLUG}/:component(^[a-z0-9-]{1,63}).json`, hidden, async (request, reply) => {
    const { found, badge: made } = await badge(request);
    if (made === null) throw new AppError('not_found', 'There is no such component on this page.');
    const body = JSON.stringify(shieldsEndpoint(made));
    return sendCacheable(request, reply, { page: found.page, body, type: 'application/json; charset=utf-8', maxAgeSeconds: 30 });
  });
}

function unlockRoute(scope: FastifyInstance, deps: StatusDeps): void {
  scope.post(
    `/status/${SLUG}/unlock`,
    { ...hidden, schema: { hide: true, body: unlockSchema }, config: fewPerMinute },
    async (request, reply) => {
      const found = await deps.pages.get(slugParam(request));
      if (found === null) throw new AppError('not_found', 'There is no such status page.');
      const { page } = found;
      const { password } = request.body as z.infer<typeof unlockSchema>;
      const back = `/status/${page.slug}`;
      if (page.passwordHash !== null && !(await verifyPassword(page.passwordHash, password))) {
        if (isForm(request)) return reply.redirect(`${back}?wrong=1${keptLanguage(request)}`, 303);
        throw new AppError('unauthenticated', 'This is not the password of this page.');
      }
      if (page.passwordHash !== null) {
        const secure = deps.config.publicUrl.startsWith('https:');
        void reply.header('set-cookie', unlockCookie(deps.sealer, page, { secure, now: deps.now() }));
      }
      return isForm(request) ? reply.redirect(`${back}${keptLanguage(request).replace('&', '?')}`, 303) : reply.code(204).send();
    },
  );
}
