import type { Report } from '@rollcall/contracts';
import { PUBLIC_CHECK_KEPT_MS, storePublicCheck } from '@rollcall/services';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
let now = new Date();
beforeAll(async () => {
  // What the installation may call for itself is no matter for strangers.
  api = await startApi({ allowPrivate: true, now: () => now });
});
afterAll(() => api.close());

const run = (payload: object, remoteAddress = '203.0.113.1') =>
  api.app.inject({ method: 'POST', url: '/check/run', payload, remoteAddress });
/** The data of the events of that name. */
const events = (body: string, name: string) =>
  [...body.matchAll(/event: (\S+)\ndata: (.*)\n\n/g)].filter(([, event]) => event === name).map(([, , data]) => JSON.parse(String(data)));

it('a stranger checks an address step by step and gets a link to the report, which holds no exchange and expires', async () => {
  const answer = await run({ url: 'https://nobody.invalid/mcp' });
  expect([answer.statusCode, answer.headers['content-type']], answer.body).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(events(answer.body, 'step').length).toBeGreaterThan(0);
  const [report] = events(answer.body, 'report') as Report[];
  expect(report).toMatchObject({ url: 'https://nobody.invalid/mcp', exchanges: [] });
  const [stored] = events(answer.body, 'stored') as { path: string }[];
  expect(stored?.path).toMatch(/^\/check\/[\w-]{22}$/);
  const read = await api.call('GET', `${stored?.path}.json`, { key: null });
  expect([read.statusCode, read.json<{ report: Report }>().report], read.body).toEqual([200, report]);
  expect(read.headers).toMatchObject({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' });
  now = new Date(now.getTime() + PUBLIC_CHECK_KEPT_MS + 1000);
  expect((await api.call('GET', `${stored?.path}.json`, { key: null })).statusCode).toBe(404);
});

it.each<[string, object]>([
  ['a private address', { url: 'http://127.0.0.1:9/mcp' }],
  ['a private name', { url: 'http://localhost/mcp' }],
  ['the address of the machine’s own data', { url: 'http://169.254.169.254/latest/meta-data' }],
  ['another scheme', { url: 'file:///etc/passwd' }],
  ['a query, where keys stand', { url: 'https://nobody.invalid/mcp?key=1' }],
  ['a user', { url: 'https://a:b@nobody.invalid/mcp' }],
  ['no address', {}],
  ['headers', { url: 'https://nobody.invalid/mcp', headers: { authorization: 'x' } }],
])('%s is refused before anything is called', async (_what, body) => {
  const answer = await run(body, '203.0.113.2');
  expect(answer.statusCode, answer.body).toBe(400);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
});

it('nobody makes the installation a hammer', async () => {
  const answers = await Promise.all(Array.from({ length: 14 }, () => run({ url: 'http://10.0.0.1/' }, '203.0.113.3')));
  expect(answers.filter(({ statusCode }) => statusCode === 429).length).toBe(4);
});

it('an installation that does not want it has none of it', async () => {
  const stored = await storePublicCheck(api.db, { url: 'https://a.example' } as Report, now);
  const without = await startApi({ config: { publicCheck: false } });
  try {
    for (const path of ['/check', `/check/${stored.id}`, `/check/${stored.id}.json`])
      expect((await without.call('GET', path, { key: null })).statusCode, path).toBe(404);
    expect((await without.call('POST', '/check/run', { key: null, body: { url: 'https://nobody.invalid/' } })).statusCode).toBe(404);
  } finally {
    await without.close();
  }
});
