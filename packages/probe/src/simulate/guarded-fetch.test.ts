import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedFetch, type GuardedFetch, type RecordedRequest } from './guarded-fetch.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers by path; tells what it heard. */
async function serve(routes: Record<string, (response: ServerResponse) => void>): Promise<{ origin: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const path = request.url ?? '';
    heard.push({ method: request.method ?? '', path, headers: request.headers, body: Buffer.concat(parts).toString() });
    (routes[path] ?? ((r) => r.end('ok')))(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

function guarded(more: { allowPrivate?: boolean; maxRequests?: number } = {}): GuardedFetch & { requests: RecordedRequest[] } {
  const requests: RecordedRequest[] = [];
  const net = createGuardedFetch({
    policy: { allowPrivate: more.allowPrivate ?? true },
    userAgent: 'test/1',
    firstByteMs: 5000,
    maxRequests: more.maxRequests ?? 100,
    privateHeaders: new Set(['x-api-key']),
    onRequest: (request) => requests.push(request),
    onResponse: () => {},
  });
  cleanups.push(() => net.close());
  return { ...net, requests };
}

const POST = { method: 'POST', headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'x-api-key': 'k' }, body: '{}' };
const to =
  (status: number, location: string) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { location }).end();

describe('redirects, as fetch treats them', () => {
  it.each([301, 302, 303])('%i turns a POST into a GET without its body', async (status) => {
    const { origin, heard } = await serve({ '/': to(status, '/next') });
    const response = await guarded().fetch(`${origin}/`, POST);
    expect([response.status, response.redirected, response.url]).toEqual([200, true, `${origin}/next`]);
    expect(heard[1]).toMatchObject({ method: 'GET', path: '/next', body: '', headers: { authorization: 'Bearer x' } });
    expect(heard[1]?.headers).not.toHaveProperty('content-type');
  });

  it.each([307, 308])('%i keeps method, body and, at home, credentials', async (status) => {
    const { origin, heard } = await serve({ '/': to(status, '/next') });
    await guarded().fetch(`${origin}/`, POST);
    expect(heard[1]).toMatchObject({ method: 'POST', body: '{}', headers: { authorization: 'Bearer x', 'x-api-key': 'k' } });
  });

  it("leaves the owner's credentials at home when it goes to another origin", async () => {
    const away = await serve({});
    const home = await serve({ '/': to(308, `${away.origin}/next`) });
    await guarded().fetch(`${home.origin}/`, POST);
    expect(away.heard[0]).toMatchObject({ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(away.heard[0]?.headers).not.toHaveProperty('authorization');
    expect(away.heard[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it('gives a redirect as it is when asked to, and refuses it when asked to', async () => {
    const { origin, heard } = await serve({ '/': to(308, '/next') });
    const response = await guarded().fetch(`${origin}/`, { ...POST, redirect: 'manual' });
    expect([response.status, response.headers.get('location'), response.redirected]).toEqual([308, '/next', false]);
    await expect(guarded().fetch(`${origin}/`, { ...POST, redirect: 'error' })).rejects.toThrow(TypeError);
    expect(heard.map(({ path }) => path)).toEqual(['/', '/']);
  });

  it('ends after twenty', async () => {
    const { origin, heard } = await serve({ '/': to(307, '/') });
    await expect(guarded().fetch(`${origin}/`, POST)).rejects.toThrow('fetch failed');
    expect(heard).toHaveLength(21);
  });

  it.each(['ftp://example.com/', 'http://user:pass@example.com/'])('does not go to %s', async (location) => {
    const { origin } = await serve({ '/': to(308, location) });
    await expect(guarded().fetch(`${origin}/`, POST)).rejects.toThrow('fetch failed');
  });
});

describe('bounds', () => {
  it('refuses an address that the policy forbids, before a packet', async () => {
    const { origin, heard } = await serve({});
    await expect(guarded({ allowPrivate: false }).fetch(`${origin}/`)).rejects.toMatchObject({ cause: { code: 'address_blocked' } });
    expect(heard).toEqual([]);
  });

  it('makes so many requests and no more', async () => {
    const { origin, heard } = await serve({});
    const net = guarded({ maxRequests: 2 });
    await net.fetch(`${origin}/`);
    await net.fetch(`${origin}/`);
    await expect(net.fetch(`${origin}/`)).rejects.toThrow('fetch failed');
    expect(heard).toHaveLength(2);
  });

  it('cuts a body that is too large', async () => {
    const { origin } = await serve({ '/': (response) => void response.end(Buffer.alloc(5 * 1024 * 1024)) });
    const response = await guarded().fetch(`${origin}/`);
    await expect(response.text()).rejects.toMatchObject({ cause: { code: 'body_too_large' } });
  });

  it('says which request got which answer', async () => {
    const { origin } = await serve({ '/': to(307, '/next'), '/next': (response) => void response.writeHead(418).end() });
    const net = guarded();
    await net.fetch(`${origin}/`);
    await net.fetch('http://127.0.0.1:9/').catch(() => {});
    expect(net.requests).toEqual([
      { method: 'GET', url: `${origin}/`, status: 307 },
      { method: 'GET', url: `${origin}/next`, status: 418 },
      { method: 'GET', url: 'http://127.0.0.1:9/', status: null },
    ]);
  });
});

describe('bodies', () => {
  it('stream as they come', async () => {
    let finish = (): void => {};
    const { origin } = await serve({
      '/': (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
        finish = () => void response.end('data: 2\n\n');
      },
    });
    const response = await guarded().fetch(`${origin}/`);
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n');
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 2\n\n');
    expect((await reader.read()).done).toBe(true);
  });

  it('are null where HTTP has none', async () => {
    const { origin } = await serve({ '/': (response) => void response.writeHead(204).end() });
    expect((await guarded().fetch(`${origin}/`)).body).toBeNull();
  });

  it("end by the caller's signal, before the answer and in the middle of it", async () => {
    const { origin } = await serve({ '/silent': () => {}, '/': (response) => void response.writeHead(200).write('x') });
    const silent = new AbortController();
    const never = guarded().fetch(`${origin}/silent`, { signal: silent.signal });
    silent.abort();
    await expect(never).rejects.toMatchObject({ name: 'AbortError' });
    const middle = new AbortController();
    const response = await guarded().fetch(`${origin}/`, { signal: middle.signal });
    const text = response.text();
    middle.abort();
    await expect(text).rejects.toThrow();
  });

  it('end with the fetch itself, which then makes no more requests', async () => {
    const { origin, heard } = await serve({ '/silent': () => {} });
    const net = guarded();
    const never = net.fetch(`${origin}/silent`);
    never.catch(() => {});
    net.close();
    await expect(never).rejects.toThrow('fetch failed');
    await expect(net.fetch(`${origin}/`)).rejects.toThrow('fetch failed');
    expect(heard.every(({ path }) => path === '/silent')).toBe(true);
  });
});
