import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Endpoint } from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { createChangeFeed, tellChanges } from '@rollcall/services';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { MAX_STREAMS_PER_CALLER } from '../src/routes/events.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { HOST, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let url: string;
const readers: EventReader[] = [];
beforeAll(async () => {
  api = await startApi({
    eventsTiming: { gatherMs: 40, gatherProbedMs: 80, heartbeatMs: 150, recheckMs: 150 },
    feedTiming: { canaryMs: 200, canaryWaitMs: 2000 },
  });
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => api.close());

async function watch(headers: Record<string, string> = { authorization: `Bearer ${api.ours.keys.read}` }): Promise<EventReader> {
  const reader = await readEvents(url, headers);
  readers.push(reader);
  if (reader.status === 200) {
    await reader.sees('reset');
    reader.forget();
  }
  return reader;
}
const ended = (reader: EventReader) => vi.waitUntil(() => reader.ended, { timeout: 20_000, interval: 10 });
const add = async (name: string, key = api.ours.keys.admin) =>
  (await api.call('POST', '/api/v1/endpoints', { key, body: { name, url: 'https://mcp.example.com/mcp' } })).json<Endpoint>();
const state = (organizationId: string, id: string) => ({ organizationId, type: 'endpoint.state' as const, id });
const tell = (facts: Parameters<typeof tellChanges>[1]) => api.db.$transaction((tx) => tellChanges(tx, facts));

it('says what changed and not the data, to the organization alone, through a proxy that would buffer', async () => {
  const ours = await watch();
  const theirs = await watch({ authorization: `Bearer ${api.theirs.keys.read}` });
  expect(ours.headers['content-type']).toMatch(/^text\/event-stream/);
  expect(ours.headers['cache-control']).toBe('no-store, no-transform');
  expect(ours.headers['x-accel-buffering']).toBe('no');
  const mine = await add('Secret name');
  await ours.sees('endpoint', mine.id);
  const other = await add('Not ours', api.theirs.keys.admin);
  await theirs.sees('endpoint', other.id);
  await tell([state(api.theirs.id, 'ep_last')]);
  await theirs.sees('endpoint.state', 'ep_last');
  expect(ours.text).not.toContain(other.id);
  expect(ours.text).not.toContain('Secret name');
  expect(theirs.text).not.toContain(mine.id);
  expect(ours.events.every((event) => Object.keys(event).length === 2)).toBe(true);
});

it('tells nothing of what was rolled back', async () => {
  const reader = await watch();
  await api.db
    .$transaction(async (tx) => {
      await tellChanges(tx, [state(api.ours.id, 'ep_undone')]);
      throw new Error('undone');
    })
    .catch(() => undefined);
  await tell([state(api.ours.id, 'ep_done')]);
  await reader.sees('endpoint.state', 'ep_done');
  expect(reader.text).not.toContain('ep_undone');
});

it('a burst of a thousand changes comes coalesced and bounded, and what follows comes by name again', async () => {
  const reader = await watch();
  const ids = Array.from({ length: 1000 }, () => newId('ep'));
  const batches = Array.from({ length: 10 }, (_, n) => ids.slice(n * 100, n * 100 + 100));
  await Promise.all(batches.map((batch) => tell(batch.flatMap((id) => [state(api.ours.id, id), state(api.ours.id, id)]))));
  await tell([state(api.ours.id, 'ep_after')]);
  await vi.waitUntil(() => reader.events.some((event) => event.id === 'ep_after' || event.id === null), { timeout: 20_000 });
  await tell([{ organizationId: api.ours.id, type: 'incident', id: 'inc_mark' }]);
  await reader.sees('incident', 'inc_mark');
  expect(reader.events.length).toBeLessThan(1000);
  expect(reader.bytes).toBeLessThan(80_000);
});

it('a key that is revoked, a session that is signed out and a membership that ends take their streams along', async () => {
  const made = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'short', scopes: ['read'] } })).json<{
    id: string;
    key: string;
  }>();
  const byKey = await watch({ authorization: `Bearer ${made.key}` });
  const viewer = await api.signIn(api.ours.emails.viewer);
  const member = await api.signIn(api.ours.emails.member);
  const bySession = await watch({ cookie: viewer });
  const byMember = await watch({ cookie: member });
  const stays = await watch();
  await api.call('DELETE', `/api/v1/api-keys/${made.id}`);
  await ended(byKey);
  await api.call('POST', '/api/auth/sign-out', { key: null, body: {}, headers: { cookie: viewer, origin: `http://${HOST}` } });
  await ended(bySession);
  const row = await api.db.member.findFirstOrThrow({ where: { organizationId: api.ours.id, user: { email: api.ours.emails.member } } });
  expect((await api.call('DELETE', `/api/v1/members/${row.id}`)).statusCode).toBe(204);
  await ended(byMember);
  expect(stays.ended).toBe(false);
  await tell([state(api.ours.id, 'ep_still')]);
  await stays.sees('endpoint.state', 'ep_still');
});

it('a connection that is lost is a reset, and the stream goes on', async () => {
  const reader = await watch();
  const dropped = await api.db.$queryRaw<{ ok: boolean }[]>`
    select pg_terminate_backend(pid) as ok from pg_stat_activity
    where application_name = 'rollcall-events' and datname = current_database()`;
  expect(dropped).toEqual([{ ok: true }]);
  await reader.sees('reset');
  await tell([state(api.ours.id, 'ep_again')]);
  await reader.sees('endpoint.state', 'ep_again');
  expect(reader.ended).toBe(false);
});

it('one caller has so many streams and no more, and a place is free again when one is closed', async () => {
  const all = await Promise.all(Array.from({ length: MAX_STREAMS_PER_CALLER }, () => watch()));
  const refused = await watch();
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after']).toBe('30');
  await vi.waitUntil(() => refused.ended);
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'rate_limited' });
  expect((await watch({ authorization: `Bearer ${api.ours.keys.write}` })).status).toBe(200);
  all[0]?.close();
  await vi.waitUntil(async () => (await watch()).status === 200, { timeout: 20_000 });
});

it('fifty readers cost one connection, and a fact one message each', async () => {
  const headers = (['read', 'write', 'admin'] as const).map((scope) => ({ authorization: `Bearer ${api.ours.keys[scope]}` }));
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => watch(headers[n % headers.length])));
  const [{ n } = { n: 0 }] = await api.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where application_name = 'rollcall-events' and datname = current_database()`;
  expect(n).toBe(1);
  for (const reader of all) reader.forget();
  await tell([state(api.ours.id, 'ep_once')]);
  await Promise.all(all.map((reader) => reader.sees('endpoint.state', 'ep_once')));
  expect(all.flatMap((reader) => reader.events)).toHaveLength(50);
});

it('a reader who reads nothing is not buffered without end, and another is not held up', async () => {
  const stuck = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  stuck.pause();
  stuck.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${api.ours.keys.write}\r\n\r\n`);
  const reader = await watch();
  const longId = 'x'.repeat(60);
  for (let round = 0; round < 40; round += 1)
    await tell(Array.from({ length: 90 }, (_, n) => state(api.ours.id, `ep_${round}_${n}_${longId}`)));
  await tell([{ organizationId: api.ours.id, type: 'incident', id: 'inc_end' }]);
  await reader.sees('incident', 'inc_end');
  const waiting = await new Promise<number>((resolve, reject) =>
    api.app.server.getConnections((error, n) => (error ? reject(error) : resolve(n))),
  );
  expect(waiting).toBeGreaterThanOrEqual(2);
  stuck.destroy();
});

it('where NOTIFY does not arrive, what changed is a reset, found by asking', async () => {
  const faults: string[] = [];
  // A pooler that pools transactions loses a LISTEN: as if the word were never heard.
  const feed = createChangeFeed({
    db: Object.assign(Object.create(api.db), { $executeRaw: async () => 0 }) as TestApi['db'],
    databaseUrl: api.databaseUrl,
    onFault: (event) => faults.push(event),
    timing: { canaryWaitMs: 20, canaryMs: 60_000, pollMs: 20 },
  });
  try {
    const reset = vi.fn();
    feed.subscribe(api.ours.id, { onFact: () => undefined, onReset: reset });
    await vi.waitUntil(() => reset.mock.calls.length > 0, { timeout: 20_000 });
    expect(faults).toEqual(['events.unheard']);
    const before = reset.mock.calls.length;
    await add('Another');
    await vi.waitUntil(() => reset.mock.calls.length > before, { timeout: 20_000 });
  } finally {
    await feed.close();
  }
});

it('an api that ends, ends its streams', async () => {
  const own = await startApi();
  await own.app.listen({ port: 0, host: '127.0.0.1' });
  const reader = await readEvents(`http://127.0.0.1:${(own.app.server.address() as AddressInfo).port}`, {
    authorization: `Bearer ${own.ours.keys.read}`,
  });
  await reader.sees('reset');
  await own.close();
  await ended(reader);
});
