import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isOpen } from './lock.ts';
import type { StatusDeps } from './open-page.ts';
import { matchesEtag } from './send-cacheable.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the page that the web process is about to render; null: not to be kept. */
    statusEtag: { readonly etag: string; readonly cacheControl: string } | null;
  }
}

const PAGE = /^\/status\/([a-z0-9-]{1,63})(?:\/incidents\/[\w-]{1,64})?$/;
/** Another build renders other pages: what was kept before a start is asked for again. */
const BOOT = randomBytes(6).toString('base64url');

/** The cookies that a page looks different for. */
function looksOf(cookie: string | undefined): string {
  const parts = cookie?.split(/;\s*/) ?? [];
  return parts.filter((part) => /^rollcall_(theme|tz)=/.test(part)).join(';');
}

async function etagOf(deps: StatusDeps, request: FastifyRequest): Promise<FastifyRequest['statusEtag']> {
  const [path = '', query = ''] = request.url.split('?', 2);
  const slug = PAGE.exec(path)?.[1];
  // What React asks for on its way from page to page is another document under the same address.
  if (slug === undefined || request.headers['rsc'] !== undefined || query.includes('_rsc=')) return null;
  const found = await deps.pages.get(slug);
  if (found === null || !isOpen(deps.sealer, found.page, request.headers.cookie, deps.now())) return null;
  // The page says as of when it is, to the minute.
  const minute = found.document.generatedAt.slice(0, 16);
  const parts = [BOOT, found.etag, minute, request.url, looksOf(request.headers.cookie)];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
  const cacheControl = found.page.passwordHash === null ? 'public, max-age=10, stale-while-revalidate=60' : 'private, no-cache';
  return { etag: `W/"${hash}"`, cacheControl };
}

/** Lets readers and caches keep the rendered page as long as nothing on it changes; who has it already is answered without rendering. */
export function registerHtmlCache(app: FastifyInstance, deps: StatusDeps): void {
  if (deps.config.webUrl === null) return;
  app.decorateRequest('statusEtag', null);
  app.addHook('onRequest', async (request, reply) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !request.url.startsWith('/status/')) return;
    request.statusEtag = await etagOf(deps, request);
    if (request.statusEtag === null || !matchesEtag(request.headers['if-none-match'], request.statusEtag.etag)) return;
    return reply.code(304).send();
  });
  app.addHook('onSend', async (request, reply) => {
    const known = request.statusEtag;
    if (!known || (reply.statusCode !== 200 && reply.statusCode !== 304)) return;
    const vary = [reply.getHeader('vary') ?? [], 'cookie'].flat().join(', ');
    void reply.header('etag', known.etag).header('cache-control', known.cacheControl).header('vary', vary);
  });
}
