import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { StatusPage } from '@rollcall/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
let web: Server;
let rendered: IncomingMessage[] = [];
let hold: Promise<void> = Promise.resolve();

beforeAll(async () => {
  web = createServer(async (request, response) => {
    rendered.push(request);
    await hold;
    const lost = request.url?.includes('nobody') === true;
    response.writeHead(lost ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" });
    response.end(`<p>${request.url} ${request.headers['accept-language']} ${rendered.length}`);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', () => resolve()));
  api = await startApi({ config: { webUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}` } });
});
afterAll(async () => {
  await api.close();
  web.close();
});
beforeEach(() => {
  rendered = [];
});

const make = async (slug: string, more: object = {}) =>
  (await api.call('POST', '/api/v1/status-pages', { body: { slug, title: 'Acme', ...more } })).json<StatusPage>();
const read = (url: string, headers: Record<string, string> = {}) => api.app.inject({ url, headers });

it('one rendering serves a crowd, and a change is on the page at once', async () => {
  const page = await make('crowd');
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  const crowd = Array.from({ length: 100 }, () => read('/status/crowd?utm=x'));
  await expect.poll(() => rendered.length, { timeout: 30_000 }).toBe(1);
  release();
  const answers = await Promise.all(crowd);
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['<p>/status/crowd en 1']));
  const [first] = answers;
  expect(first?.headers).toMatchObject({
    'cache-control': 'public, max-age=10, stale-while-revalidate=60',
    'content-security-policy': "default-src 'none'",
    etag: expect.stringMatching(/^W\/"/),
    vary: expect.stringMatching(/accept-language, cookie/),
  });
  const kept = await read('/status/crowd', { 'if-none-match': String(first?.headers['etag']) });
  expect([kept.statusCode, kept.body, rendered.length]).toEqual([304, '', 1]);
  const small = await read('/status/crowd', { 'accept-encoding': 'br, gzip' });
  expect(small.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(small.rawPayload).toString()).toBe('<p>/status/crowd en 1');
  await api.call('PATCH', `/api/v1/status-pages/${page.id}`, { body: { title: 'New' } });
  const after = await read('/status/crowd', { 'if-none-match': String(first?.headers['etag']) });
  expect([after.statusCode, after.body]).toEqual([200, '<p>/status/crowd en 2']);
});

it('who sees another page gets another one: language, theme, notice; what no page depends on makes none', async () => {
  await make('looks', { locale: 'ja' });
  const bodies = [
    await read('/status/looks'),
    await read('/status/looks?x=1', { cookie: 'other=1' }),
    await read('/status/looks', { 'accept-language': 'de-CH, en;q=0.5' }),
    await read('/status/looks?lang=de'),
    await read('/status/looks', { cookie: 'rollcall_theme=dark' }),
    await read('/status/looks?done=confirmed'),
    await read('/status/looks?done=nonsense'),
  ].map(({ body }) => body);
  expect(bodies).toEqual([
    '<p>/status/looks ja 1',
    '<p>/status/looks ja 1',
    '<p>/status/looks de 2',
    '<p>/status/looks?lang=de de 3',
    '<p>/status/looks ja 4',
    '<p>/status/looks?done=confirmed ja 5',
    '<p>/status/looks ja 1',
  ]);
});

it('nothing that is kept opens a page with a password, or is kept by anybody on the way', async () => {
  await make('secret', { password: 'open sesame' });
  const unlocked = await api.call('POST', '/status/secret/unlock', { key: null, body: { password: 'open sesame' } });
  const cookie = String(unlocked.headers['set-cookie']).split(';')[0] as string;
  const inside = await read('/status/secret', { cookie });
  expect([inside.body, inside.headers['cache-control']]).toEqual(['<p>/status/secret en 1', 'private, no-cache']);
  expect((await read('/status/secret', { cookie })).body).toBe('<p>/status/secret en 1');
  const outside = await read('/status/secret');
  expect([outside.body, outside.headers['etag']]).toEqual(['<p>/status/secret undefined 2', undefined]);
  expect((await read('/status/secret', { 'if-none-match': String(inside.headers['etag']) })).statusCode).toBe(200);
});

it('what is not there is asked of the pages each time, and never kept', async () => {
  await make('there');
  for (const path of ['/status/nobody', '/status/there/incidents/nobody']) {
    const answers = [await read(path), await read(path)];
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers['etag']])).toEqual([
      [404, undefined],
      [404, undefined],
    ]);
  }
  expect(rendered.length).toBe(4);
});
