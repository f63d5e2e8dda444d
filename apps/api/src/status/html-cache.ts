import { createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { chooseLanguage, type Language, languageOf } from '@rollcall/core';
import type { CachedPage } from '@rollcall/services';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOpen } from './lock.ts';
import type { StatusDeps } from './open-page.ts';
import { matchesEtag } from './send-cacheable.ts';

const PAGE = /^\/status\/([a-z0-9-]{1,63})(?:\/incidents\/([\w-]{1,64}))?$/;
const DONE = new Set(['confirmation_sent', 'confirmed', 'unsubscribed', 'unknown_link', 'refused']);
/** Another build renders other pages: what was kept before a start is asked for again. */
const BOOT = randomBytes(6).toString('base64url');
/** Of everything that is kept together. */
const MAX_BYTES = 64 * 1024 * 1024;
const RENDER_TIMEOUT_MS = 15_000;
const compress = promisify(gzip);

/** A page as one kind of reader sees it. */
interface Variant {
  readonly path: string;
  readonly language: Language;
  readonly isLanguageAsked: boolean;
  readonly theme: string;
  readonly done: string;
}

interface Rendered {
  /** The version of the document, and the minute that the page says it is of. */
  readonly documentEtag: string;
  readonly minute: string;
  readonly etag: string;
  readonly html: Buffer;
  readonly gzip: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** What of the request the page depends on; everything else in it makes no page of its own. */
function variantOf(request: FastifyRequest, pageLocale: string): Variant {
  const [path = '', search = ''] = request.url.split('?', 2);
  const query = new URLSearchParams(search);
  const asked = query.get('lang');
  const done = query.get('done') ?? '';
  return {
    path,
    language: chooseLanguage({ asked, accepted: request.headers['accept-language'], page: pageLocale }),
    isLanguageAsked: languageOf(asked) !== null,
    theme: /(?:^|;\s*)rollcall_theme=(light|dark)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1] ?? '',
    done: DONE.has(done) ? done : '',
  };
}

const hasIncident = ({ document }: CachedPage, id: string) =>
  [...document.open, ...document.history.flatMap(({ incidents }) => incidents)].some((incident) => incident.id === id);
const keyOf = (variant: Variant) => Object.values(variant).join('|');
const minuteOf = (found: CachedPage) => found.document.generatedAt.slice(0, 16);

function etagOf(variant: Variant, documentEtag: string, minute: string): string {
  const hash = createHash('sha256')
    .update([BOOT, keyOf(variant), documentEtag, minute].join('|'))
    .digest('base64url');
  return `W/"${hash.slice(0, 22)}"`;
}

/** The web process renders it; null: it did not answer with the page of a document, and the reader is to be answered by it itself. */
async function render(webUrl: string, variant: Variant, found: CachedPage, request: FastifyRequest): Promise<Rendered | null> {
  const query = new URLSearchParams();
  if (variant.isLanguageAsked) query.set('lang', variant.language);
  if (variant.done !== '') query.set('done', variant.done);
  const search = query.size === 0 ? '' : `?${query}`;
  const answer = await fetch(`${webUrl}${variant.path}${search}`, {
    headers: {
      'accept-language': variant.language,
      'x-forwarded-host': String(request.headers.host ?? ''),
      'x-forwarded-proto': request.protocol,
      cookie: request.headers.cookie ?? '',
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(RENDER_TIMEOUT_MS),
  });
  const html = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200 || !answer.headers.get('content-type')?.startsWith('text/html')) return null;
  const documentEtag = answer.headers.get('x-status-document') ?? found.etag;
  const minute = minuteOf(found);
  const headers = Object.fromEntries(
    ['content-type', 'content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options'].flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return { documentEtag, minute, etag: etagOf(variant, documentEtag, minute), html, gzip: await compress(html), headers };
}

/**
 * The rendered pages of this process. One rendering serves everybody who sees the same; it holds as long as the document
 * does, so a change of state is on the page as soon as the document has it. When only the minute of "as of" has passed,
 * the old one is given and a new one made behind it.
 */
export function createHtmlCache(webUrl: string) {
  const kept = new Map<string, Rendered>();
  const rendering = new Map<string, Promise<Rendered | null>>();
  let bytes = 0;

  function drop(key: string): void {
    const old = kept.get(key);
    if (old === undefined) return;
    bytes -= old.html.length + old.gzip.length;
    kept.delete(key);
  }

  function keep(key: string, made: Rendered): void {
    drop(key);
    kept.set(key, made);
    bytes += made.html.length + made.gzip.length;
    for (const oldest of kept.keys()) {
      if (bytes <= MAX_BYTES) return;
      drop(oldest);
    }
  }

  function make(variant: Variant, found: CachedPage, request: FastifyRequest): Promise<Rendered | null> {
    // What is rendered of another document is another rendering: who asks after a change gets no page from before it.
    const key = `${keyOf(variant)}|${found.etag}`;
    const running = rendering.get(key);
    if (running !== undefined) return running;
    const started = render(webUrl, variant, found, request)
      .then((made) => {
        if (made !== null) keep(keyOf(variant), made);
        return made;
      })
      .finally(() => rendering.delete(key));
    rendering.set(key, started);
    return started;
  }

  return {
    async get(variant: Variant, found: CachedPage, request: FastifyRequest): Promise<Rendered | null> {
      const known = kept.get(keyOf(variant));
      if (known === undefined || known.documentEtag !== found.etag) return make(variant, found, request);
      if (known.minute !== minuteOf(found))
        make(variant, found, request).catch((err: unknown) => request.log.warn({ err }, 'status.render_failed'));
      return known;
    },
  };
}

function send(request: FastifyRequest, reply: FastifyReply, rendered: Rendered, isPublic: boolean): FastifyReply {
  void reply
    .headers(rendered.headers)
    .header('etag', rendered.etag)
    .header('cache-control', isPublic ? 'public, max-age=10, stale-while-revalidate=60' : 'private, no-cache')
    .header('vary', 'accept-language, cookie, accept-encoding');
  if (matchesEtag(request.headers['if-none-match'], rendered.etag)) return reply.code(304).send();
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(rendered.html);
  return reply.header('content-encoding', 'gzip').send(rendered.gzip);
}

/** Answers for the web process whatever of its public pages is kept here, so that a crowd costs one rendering. */
export function registerHtmlCache(app: FastifyInstance, deps: StatusDeps): void {
  const { webUrl } = deps.config;
  if (webUrl === null) return;
  const cache = createHtmlCache(webUrl);
  app.addHook('onRequest', async (request, reply) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !request.url.startsWith('/status/')) return;
    const [, slug, incident] = PAGE.exec(request.url.split('?', 1)[0] ?? '') ?? [];
    if (slug === undefined) return;
    const found = await deps.pages.get(slug);
    // Who is not let in, and who asks for what is not there, is answered by the pages themselves.
    if (found === null || !isOpen(deps.sealer, found.page, request.headers.cookie, deps.now())) return;
    if (incident !== undefined && !hasIncident(found, incident)) return;
    const variant = variantOf(request, found.document.page.locale);
    try {
      const rendered = await cache.get(variant, found, request);
      if (rendered !== null) return send(request, reply, rendered, found.page.passwordHash === null);
    } catch (err) {
      request.log.warn({ err }, 'status.render_failed');
    }
    // The proxy behind this asks once more, and says what is wrong.
  });
}
