import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('health', () => {
  it('says that the process lives and that it is ready, without credentials', async () => {
    expect((await api.call('GET', '/healthz', { key: null })).statusCode).toBe(200);
    expect((await api.call('GET', '/readyz', { key: null })).statusCode).toBe(200);
  });

  it('is not ready, with a problem that tells nothing of the inside, when the queue or the database is gone', async () => {
    const broken = await startApi({ pingQueue: () => Promise.reject(new Error('redis://user:password@inside')) });
    const answer = await broken.call('GET', '/readyz', { key: null });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).not.toMatch(/password|inside/);
    expect((await broken.call('GET', '/healthz', { key: null })).statusCode).toBe(200);
    await broken.db.$disconnect();
    await broken.close();
  });
});

describe('GET /metrics', () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}) => api.app.inject({ url: '/metrics', remoteAddress, headers });

  it('is shown to this machine and to the holder of the token, and measures by route', async () => {
    await api.call('GET', '/api/v1/endpoints/ep_nothing');
    const answer = await from('127.0.0.1');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toMatch(/rollcall_http_request_duration_seconds_count\{[^}]*route="\/api\/v1\/endpoints\/:id"/);
    expect(answer.body).not.toContain('ep_nothing');
    expect((await from('203.0.113.9', { authorization: 'Bearer metrics-token' })).statusCode).toBe(200);
  });

  it.each<[string, string, Record<string, string>]>([
    ['a stranger', '203.0.113.9', {}],
    ['a stranger with a wrong token', '203.0.113.9', { authorization: 'Bearer metrics-tokem' }],
    ['a stranger who says he is local', '203.0.113.9', { 'x-forwarded-for': '127.0.0.1' }],
    ['whoever comes through a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }],
    ['whoever comes through a proxy that says it otherwise', '127.0.0.1', { 'x-real-ip': '203.0.113.9' }],
  ])('is not shown to %s', async (_who, address, headers) => {
    expect((await from(address, headers)).statusCode).toBe(401);
  });
});

describe('documentation', () => {
  it('is open to everybody and complete: the document and its page', async () => {
    expect((await api.call('GET', '/api/v1/openapi.json', { key: null })).statusCode).toBe(200);
    const page = await api.call('GET', '/api/docs', { key: null });
    const shown =
      page.statusCode === 302
        ? await api.call('GET', String(page.headers['location']).replace(/^https?:\/\/[^/]+/, ''), { key: null })
        : page;
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-type']).toMatch(/^text\/html/);
    expect(String(shown.headers['content-security-policy'])).not.toContain("'unsafe-inline' 'unsafe-eval'");
  });
});

describe('answers of the API', () => {
  it('carry the headers that keep browsers from guessing, framing and caching', async () => {
    const answer = await api.call('GET', '/api/v1/endpoints');
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(String(answer.headers['content-security-policy'])).toMatch(/default-src 'none'|frame-ancestors/);
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  it('carry RateLimit headers and end in 429 with Retry-After, counted for each key', async () => {
    const answer = await api.call('GET', '/api/v1/me', { key: api.theirs.keys.read });
    const names = Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit'));
    expect(names.length).toBeGreaterThan(0);
    const many = await Promise.all(
      Array.from({ length: 305 }, () => api.call('POST', '/api/v1/checks', { key: api.theirs.keys.write, body: { url: 'nope' } })),
    );
    const refused = many.find((one) => one.statusCode === 429);
    expect(refused?.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await api.call('POST', '/api/v1/checks', { key: api.theirs.keys.admin, body: { url: 'nope' } })).statusCode).toBe(400);
  });
});

describe('one public port', () => {
  let web: Server;
  let front: TestApi;
  let base: string;
  beforeAll(async () => {
    web = createServer((request, response) => {
      if (request.url === '/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: first\n\n');
        return;
      }
      if (request.url === '/away')
        return void response.writeHead(307, { location: '/sign-in?next=%2F', 'set-cookie': ['a=1', 'b=2'] }).end();
      response.writeHead(request.url === '/missing' ? 404 : 200, {
        'content-type': 'text/html',
        'content-security-policy': "script-src 'nonce-x'",
      });
      response.end(
        JSON.stringify({
          url: request.url,
          method: request.method,
          host: request.headers['x-forwarded-host'],
          cookie: request.headers.cookie ?? null,
        }),
      );
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', () => resolve()));
    front = await startApi({ config: { webUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}` } });
    base = await front.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    web.closeAllConnections();
    await front.close();
    await new Promise((resolve) => web.close(resolve));
  });

  it.each(['/', '/endpoints?q=a%20b&status=up', '/status/acme', '/_next/static/x.js', '/apis', '/docs/causes/tcp.refused'])(
    'hands %s to the pages, unchanged',
    async (path) => {
      const answer = await fetch(`${base}${path}`, { headers: { cookie: 'c=1' } });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ url: path, method: 'GET', cookie: 'c=1', host: new URL(base).host });
      expect(answer.headers.get('content-security-policy')).toBe("script-src 'nonce-x'");
    },
  );

  it('leaves redirects, cookies, errors and bodies of the pages as they are', async () => {
    const away = await fetch(`${base}/away`, { redirect: 'manual' });
    expect([away.status, away.headers.get('location'), away.headers.getSetCookie()]).toEqual([307, '/sign-in?next=%2F', ['a=1', 'b=2']]);
    expect((await fetch(`${base}/missing`)).status).toBe(404);
    const posted = await fetch(`${base}/action`, {
      method: 'POST',
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await posted.json()).toMatchObject({ method: 'POST' });
  });

  it('streams: the first event arrives while the answer goes on', async () => {
    const aborter = new AbortController();
    const answer = await fetch(`${base}/stream`, { signal: aborter.signal });
    const first = await answer.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: first\n\n');
    aborter.abort();
  });

  it('asks the pages for nothing that is the API’s own', async () => {
    for (const path of ['/api/v1/nothing', '/api/nothing', '/api']) {
      const answer = await fetch(`${base}${path}`);
      expect([answer.status, answer.headers.get('content-type')?.startsWith('application/problem+json')]).toEqual([404, true]);
    }
  });

  it('survives bytes that are no HTTP', async () => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    socket.resume();
    socket.on('error', () => undefined);
    socket.write('\u0016\u0003\u0001 not http\r\n\r\n');
    await once(socket, 'close');
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  it('shows a page that reloads itself while the pages are not up', async () => {
    const alone = await startApi({ config: { webUrl: 'http://127.0.0.1:1' } });
    const answer = await alone.app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect([502, 503]).toContain(answer.statusCode);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONN/);
    await alone.close();
  });
});
