import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type PackedPage, type PublicPage, unpackPage } from '@rollcall/contracts';
import { chooseLanguage, languageOf } from '@rollcall/core';
import { isDone } from '#web/components/status/notice.tsx';
import { readTheme, THEME_COOKIE } from '#web/lib/cookies.ts';
import { apiBaseUrl } from '#web/lib/env.ts';
import { ASSETS } from './assets.ts';
import { type Reader, renderIncident, renderLost, renderPage, renderSubscription, renderUnlock } from './pages.tsx';
import { shareImage } from './share-image.tsx';

const PATH = /^\/status\/([a-z0-9-]{1,63})(?:\/(?:incidents\/([\w-]{1,64})|(confirm|unsubscribe)))?$/;
const IMAGE = /^\/status\/([a-z0-9-]{1,63})\/og\.png$/;
const TOKEN = /^[\w-]{1,200}$/;
/** Nothing runs but our own file; nothing is fetched from elsewhere, whatever an owner or a server wrote. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

interface Answer {
  readonly status: number;
  readonly html: string;
  /** The version of the document that it was made from. */
  readonly etag?: string | null;
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** Takes what is the public's; false: the path is of the other pages. Every fault of the api is thrown. */
export async function handleStatus(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://status');
  if (url.pathname === '/embed/status.js') {
    sendWidget(request, response);
    return true;
  }
  const pictured = IMAGE.exec(url.pathname)?.[1];
  if (pictured !== undefined) {
    await sendImage(pictured, url, request, response);
    return true;
  }
  if (!url.pathname.startsWith('/status/')) return false;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const { status, html, etag } = isRead ? await answer(url, request) : { status: 405, html: 'This address takes GET.', etag: null };
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    // The tokens of confirm and unsubscribe stand in the address.
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    ...(etag ? { 'x-status-document': etag } : {}),
    ...(isRead ? {} : { allow: 'GET, HEAD' }),
  });
  response.end(request.method === 'HEAD' ? undefined : html);
  return true;
}

const WIDGET_ETAG = `"${createHash('sha256').update(ASSETS.widget).digest('base64url').slice(0, 22)}"`;

/** The script of other people's sites: theirs to load from anywhere, and to keep for an hour. */
function sendWidget(request: IncomingMessage, response: ServerResponse): void {
  const isKnown = request.headers['if-none-match']?.includes(WIDGET_ETAG) === true;
  response.writeHead(isKnown ? 304 : 200, {
    ...(isKnown ? {} : { 'content-type': 'text/javascript; charset=utf-8', 'content-length': Buffer.byteLength(ASSETS.widget) }),
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    etag: WIDGET_ETAG,
  });
  response.end(isKnown || request.method === 'HEAD' ? undefined : ASSETS.widget);
}

async function sendImage(slug: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const image = await shareImage(slug, languageOf(url.searchParams.get('lang')) ?? 'en');
  if (image === null) return void response.writeHead(404, { 'cache-control': 'no-store' }).end();
  response.writeHead(200, {
    'content-type': 'image/png',
    'content-length': image.length,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300, stale-while-revalidate=600',
  });
  response.end(request.method === 'HEAD' ? undefined : image);
}

async function answer(url: URL, request: IncomingMessage): Promise<Answer> {
  const asked = languageOf(url.searchParams.get('lang'));
  const readerOn = (pageLocale: string): Reader => ({
    language: chooseLanguage({ asked, accepted: request.headers['accept-language'], page: pageLocale }),
    query: asked === null ? '' : `?lang=${asked}`,
    theme: readTheme(cookieOf(request.headers.cookie, THEME_COOKIE)),
  });
  const [, slug, incident, verb] = PATH.exec(url.pathname) ?? [];
  const lost = () => ({ status: 404, html: renderLost(readerOn('en')) });
  if (slug === undefined) return lost();
  if (verb === 'confirm' || verb === 'unsubscribe') {
    const token = url.searchParams.get('token') ?? '';
    return TOKEN.test(token) ? { status: 200, html: renderSubscription(slug, readerOn('en'), verb, token) } : lost();
  }
  const found = await readDocument(slug, request.headers.cookie);
  if (found === null) return lost();
  if (found === 'locked') return { status: 200, html: renderUnlock(slug, readerOn('en'), url.searchParams.has('wrong')) };
  const { document, etag } = found;
  const reader = readerOn(document.page.locale);
  const done = url.searchParams.get('done');
  const html =
    incident === undefined ? renderPage(document, reader, isDone(done) ? done : null) : renderIncident(document, reader, incident);
  return html === null ? lost() : { status: 200, html, etag };
}

/** Null: there is no such page; `locked` while the reader has not given its password. */
async function readDocument(slug: string, cookie = ''): Promise<{ document: PublicPage; etag: string | null } | 'locked' | null> {
  const response = await fetch(`${apiBaseUrl()}/status/${slug}.packed.json`, {
    headers: { accept: 'application/json', cookie },
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status === 404) return null;
  if (response.status === 401) return 'locked';
  if (!response.ok) throw new Error(`The api answered ${response.status} for the document of a status page.`);
  return { document: unpackPage((await response.json()) as PackedPage), etag: response.headers.get('etag') };
}
