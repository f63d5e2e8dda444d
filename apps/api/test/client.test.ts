import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError, address, type Client, createClient, type Endpoint, UnreachableError } from '../../../packages/client/src/index.ts';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
let baseUrl: string;
let client: Client;
beforeAll(async () => {
  api = await startApi();
  baseUrl = await api.app.listen({ port: 0, host: '127.0.0.1' });
  client = createClient({ baseUrl: `${baseUrl}/`, apiKey: api.ours.keys.admin });
});
afterAll(() => api.close());

const body = (name: string) => ({ name, url: `https://${name}.invalid/mcp` });
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('the client, on the API as it is', () => {
  it('makes, reads, changes and removes', async () => {
    const made = await client.request('post', '/endpoints', { body: { ...body('first'), tags: undefined } });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/endpoints/${made.data.id}`]);
    const path = { id: made.data.id };
    expect(await client.patch('/endpoints/{id}', { path, body: { name: 'renamed', paused: true } })).toMatchObject({ name: 'renamed' });
    expect(await client.get('/endpoints', { query: { q: 'renamed', cursor: null } })).toMatchObject({
      data: [{ id: path.id, paused: true }],
    });
    expect(await client.delete('/endpoints/{id}', { path })).toBeUndefined();
    expect((await client.get('/me')).organization.id).toBe(api.ours.id);
    const asked = address('/endpoints/{id}', { path });
    expect([asked, await failure(client.read(asked))]).toMatchObject([`/endpoints/${path.id}`, { status: 404 }]);
    expect(await client.get('/metrics')).toContain('rollcall_');
  });

  it('throws what the server found wrong, member by member', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what the types refuse is what is tried
    const wrong = { ...body('wrong'), intervalSeconds: 1, speed: 'fast' } as any;
    const error = (await failure(client.post('/endpoints', { body: wrong }))) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: 'ApiError', operation: 'POST /endpoints', status: 400, code: 'invalid_request' });
    expect(error.culprits.map(({ pointer }) => pointer).toSorted()).toEqual(['/intervalSeconds', '/speed']);
    expect([error.fieldError('speed'), error.fieldError('name')]).toEqual(['is not known here', undefined]);
    expect(await failure(client.get('/endpoints/{id}', { path: { id: '../me' } }))).toMatchObject({ status: 404, code: 'not_found' });
    const stranger = createClient({ baseUrl, apiKey: 'rc_none' });
    expect(await failure(stranger.get('/me'))).toMatchObject({ status: 401, retryAfterSeconds: null });
  });

  it('does once what carries one key, and changes no version but the one that was read', async () => {
    const make = () => client.post('/endpoints', { body: body('once'), idempotencyKey: 'client-once' });
    const [one, two] = [await make(), await make()];
    expect(two.id).toBe(one.id);
    const path = { id: one.id };
    const { etag } = await client.request('get', '/endpoints/{id}', { path });
    expect(etag).toMatch(/^"/);
    await client.patch('/endpoints/{id}', { path, body: { name: 'changed' }, ifMatch: etag ?? '' });
    const late = client.patch('/endpoints/{id}', { path, body: { name: 'late' }, ifMatch: etag ?? '' });
    expect(await failure(late)).toMatchObject({ status: 412 });
    expect((await client.get('/endpoints/{id}', { path })).name).toBe('changed');
  });

  it('walks a list page after page, each when it is needed', async () => {
    const tags = ['walk'];
    for (const n of [1, 2, 3, 4, 5]) await client.post('/endpoints', { body: { ...body(`walk-${n}`), tags } });
    let asked = 0;
    const counting = createClient({
      baseUrl,
      headers: async () => ({ authorization: `Bearer ${api.ours.keys.read}` }),
      fetch: (address, init) => {
        asked += 1;
        return fetch(address, init);
      },
    });
    const names: string[] = [];
    const pages: number[] = [];
    for await (const { name } of counting.list('/endpoints', { query: { tag: 'walk', limit: 2, sort: 'name' } })) {
      names.push(name);
      pages.push(asked);
    }
    expect([names, pages]).toEqual([
      ['walk-1', 'walk-2', 'walk-3', 'walk-4', 'walk-5'],
      [1, 1, 2, 2, 3],
    ]);
    for await (const _ of counting.list('/endpoints', { query: { limit: 1 } })) break;
    expect(asked).toBe(4);
  });

  it('says how long to wait beyond the rate limit, and waits only where it is asked to', async () => {
    const strict = await startApi({ limits: { callerPerMinute: 1 } });
    try {
      const options = { baseUrl: await strict.app.listen({ port: 0, host: '127.0.0.1' }), apiKey: strict.ours.keys.read };
      await createClient(options).get('/me');
      const error = (await failure(createClient(options).get('/me'))) as ApiError;
      expect(error).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(error.retryAfterSeconds).toBeGreaterThan(0);
      const impatient = createClient({ ...options, retry: { attempts: 1, maxWaitMs: 100 } });
      expect(await failure(impatient.get('/me'))).toMatchObject({ status: 429 });
      const signal = AbortSignal.timeout(50);
      expect(await failure(createClient({ ...options, retry: { attempts: 1 } }).get('/me', { signal }))).toBe(signal.reason);
    } finally {
      await strict.close();
    }
  });
});

describe('the client, where no Rollcall answers', () => {
  let server: Server;
  let url: string;
  let answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
  let asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['idempotency-key'] ?? ''}`.trim());
      const { status, headers = {}, body = '' } = answers.shift() ?? { status: 500 };
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const html = { 'content-type': 'text/html' };
  it.each([
    ['the page of a proxy', { status: 502, headers: html, body: '<h1>Bad' }, 502, /^The server answered 502\.$/],
    [
      'JSON of something else',
      { status: 404, headers: { 'content-type': 'application/json' }, body: '{"message":"x"}' },
      404,
      /answered 404/,
    ],
    [
      'a page that says all is well',
      { status: 200, headers: html, body: '<h1>Sign in' },
      200,
      /^GET \/me was answered with text\/html that is/,
    ],
    ['half of an answer', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"user":' }, 200, /is not JSON/],
    [
      'the way elsewhere',
      { status: 301, headers: { location: 'https://new.example/' }, body: '' },
      301,
      /redirected to https:\/\/new\.example\//,
    ],
  ])('tells %s from an answer', async (_, answer, status, message) => {
    answers = [answer];
    const error = (await failure(createClient({ baseUrl: url }).get('/me'))) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, problem: null, code: null, culprits: [], message: expect.stringMatching(message) });
  });

  it('says that nobody answers, and why', async () => {
    const away = `http://127.0.0.1:${await freePort()}`;
    const error = (await failure(createClient({ baseUrl: away }).get('/me'))) as UnreachableError;
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(new RegExp(`^${away} does not answer \\(.*ECONNREFUSED`));
  });

  it('calls again what may be repeated, and nothing else', async () => {
    const endpoint = { id: 'ep_1' } as Endpoint;
    const good = { status: 201, headers: { 'content-type': 'application/json' }, body: JSON.stringify(endpoint) };
    const client = createClient({ baseUrl: url, retry: { attempts: 2, maxWaitMs: 5 } });
    const make = (idempotencyKey?: string) => client.post('/endpoints', { body: body('x'), idempotencyKey });
    asked = [];
    answers = [{ status: 503 }, { status: 429, headers: { 'retry-after': '0' } }, good];
    expect(await make('key')).toEqual(endpoint);
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'POST /api/v1/endpoints key'));
    answers = [{ status: 503 }, good];
    expect(await failure(make())).toMatchObject({ status: 503 });
    answers = [{ status: 503 }, { status: 503 }, { status: 503 }, good];
    expect(await failure(client.get('/me'))).toMatchObject({ status: 503 });
    answers = [{ status: 503 }, good];
    expect(await failure(client.get('/me', { retry: false }))).toMatchObject({ status: 503 });
  });
});
