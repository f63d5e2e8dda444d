import { type AddressPolicy, Connections, parseTargetUrl, type Resolve } from '@rollcall/net';
import { BLOCKED_PORTS } from '../blocked-ports.ts';
import { streamExchange } from './stream-exchange.ts';

export interface GuardedFetchOptions {
  readonly policy: AddressPolicy;
  readonly userAgent: string;
  readonly resolve?: Resolve | undefined;
  readonly extraCa?: readonly string[] | undefined;
  /** From each request to its status line. */
  readonly firstByteMs: number;
  readonly maxRequests: number;
  /** Headers of the owner, dropped besides `authorization` and `cookie` when a redirect leaves the origin. Lower case. */
  readonly privateHeaders: ReadonlySet<string>;
  /** Told of every hop as it begins; the status is set when the answer does. */
  readonly onRequest: (request: RecordedRequest) => void;
  readonly onResponse: (headers: Headers) => void;
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  status: number | null;
}

export interface GuardedFetch {
  readonly fetch: (input: string | URL, init?: RequestInit) => Promise<Response>;
  /** Ends everything for good. */
  close(): void;
}

const MAX_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
const HOME_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'host'];

/**
 * A WHATWG fetch over guarded connections, for code that is not ours: every hop under the address policy, every hop recorded, bytes and
 * number of requests bounded, redirects as fetch treats them (Fetch standard §4.4, HTTP-redirect fetch).
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const connections = new Connections({ policy: options.policy, resolve: options.resolve, extraCa: options.extraCa });
  const underway = new AbortController();
  let closed = false;
  let requests = 0;

  async function hop(request: Hop, signal: AbortSignal): Promise<Response> {
    requests += 1;
    if (closed || requests > options.maxRequests) throw new TypeError('fetch failed');
    const record: RecordedRequest = { method: request.method, url: request.url.href, status: null };
    options.onRequest(record);
    try {
      parseTargetUrl(request.url.href);
      // Fetch standard §2.9, port blocking: refused before a packet is sent.
      if (BLOCKED_PORTS.has(Number(request.url.port))) throw new Error('bad port');
      const headers = Object.fromEntries(request.headers);
      const response = await streamExchange(connections, { ...request, headers, signal, firstByteMs: options.firstByteMs });
      record.status = response.status;
      options.onResponse(response.headers);
      return response;
    } catch (error) {
      throw new TypeError('fetch failed', { cause: error });
    }
  }

  async function guarded(input: string | URL, init: RequestInit = {}): Promise<Response> {
    const { signal: callersSignal, redirect = 'follow', ...rest } = init;
    const request = new Request(input, rest);
    const signal = callersSignal ? AbortSignal.any([underway.signal, callersSignal]) : underway.signal;
    callersSignal?.throwIfAborted();
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    let current: Hop = { method: request.method, url: new URL(request.url), headers: withDefaults(request.headers, options), body };
    for (let followed = 0; ; followed += 1) {
      const response = await hop(current, signal).catch((error: unknown) => {
        callersSignal?.throwIfAborted();
        throw error;
      });
      if (!REDIRECTS.has(response.status) || redirect === 'manual') return markRedirected(response, followed > 0);
      if (redirect === 'error') throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
      const location = response.headers.get('location');
      if (location === null) return markRedirected(response, followed > 0);
      await response.body?.cancel();
      if (followed === MAX_REDIRECTS) throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') });
      current = afterRedirect(current, response.status, location, options.privateHeaders);
    }
  }

  return {
    fetch: guarded,
    close() {
      closed = true;
      underway.abort();
      connections.close();
    },
  };
}

interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Buffer | null;
}

function withDefaults(own: Headers, { userAgent }: GuardedFetchOptions): Headers {
  const headers = new Headers(own);
  const defaults = { accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': userAgent };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  headers.set('accept-encoding', 'gzip, deflate, br');
  return headers;
}

/** The request that fetch makes of a redirect: 301, 302 and 303 turn a POST into a GET, and credentials stay at their origin. */
function afterRedirect(from: Hop, status: number, location: string, privateHeaders: ReadonlySet<string>): Hop {
  if (!URL.canParse(location, from.url.href)) throw new TypeError('fetch failed', { cause: new Error('invalid redirect URL') });
  const url = new URL(location, from.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError('fetch failed', { cause: new Error('redirect to another scheme') });
  const headers = new Headers(from.headers);
  const toGet =
    ((status === 301 || status === 302) && from.method === 'POST') || (status === 303 && from.method !== 'GET' && from.method !== 'HEAD');
  if (toGet) for (const name of BODY_HEADERS) headers.delete(name);
  if (url.origin !== from.url.origin) for (const name of [...HOME_HEADERS, ...privateHeaders]) headers.delete(name);
  return { method: toGet ? 'GET' : from.method, url, headers, body: toGet ? null : from.body };
}

function markRedirected(response: Response, redirected: boolean): Response {
  if (redirected) Object.defineProperty(response, 'redirected', { value: true });
  return response;
}
