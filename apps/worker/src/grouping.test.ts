import { type CreateEndpoint, createEndpointSchema, type Event } from '@rollcall/contracts';
import { claimNotices, formGroups, insertEndpoint, recordDelivery, recordProbes } from '@rollcall/services';
import { type HttpSink, startHttpSink, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeChannel, makeOrganization, sealer, sendDeps } from '../../../packages/services/test/notices.ts';
import { recordOf } from '../../../packages/services/test/reports.ts';
import { type Alerter, createAlerter } from './alerter.ts';

let database: TestDatabase;
let org: string;
let sink: HttpSink;
let alerter: Alerter | null = null;
let clock = 0;
const START = Date.parse('2026-11-20T12:00:00.000Z');
const publicUrl = sendDeps.publicUrl;
const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: (...args: unknown[]) => console.error(...args),
  debug: () => undefined,
};

beforeAll(async () => {
  database = await testDatabase({ max: 10 });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.organization.deleteMany();
  await database.db.$executeRaw`truncate probe, probe_exchange`;
  org = await makeOrganization(database.db);
  sink = await startHttpSink();
  clock = START;
});
afterEach(async () => {
  await alerter?.stop(0);
  alerter = null;
  await sink.close();
});

function startAlerter(): void {
  alerter = createAlerter({ db: database.db, sealer, notify: sendDeps, log: silent, pollMs: 20, now: () => new Date(clock) });
  alerter.start();
}

async function register(count: number, input: (n: number) => Partial<CreateEndpoint> = () => ({})): Promise<string[]> {
  return database.db.$transaction(
    async (tx) => {
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const body = createEndpointSchema.parse({ name: `server ${n}`, url: `https://host.example.com/${n}/mcp`, ...input(n) });
        ids.push(await insertEndpoint(tx, { sealer, region: 'default' }, org, body, { demo: false, now: new Date(START) }));
      }
      return ids;
    },
    { timeout: 60_000 },
  );
}

/** Three probes, 15 s apart, in batches as the recorder writes them; the last ones confirm. */
async function probe(ids: readonly string[], verdict: 'up' | 'down', more: { code?: string; address?: string } = {}): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    clock += 15_000;
    for (let from = 0; from < ids.length; from += 50)
      await recordProbes(
        database.db,
        ids.slice(from, from + 50).map((id) => recordOf(id, new Date(clock), verdict, more)),
        { publicUrl, now: new Date(clock) },
      );
  }
}

const events = (): Event[] => sink.requests.map(({ body }) => JSON.parse(body.toString()) as Event);
const namedIn = (event: Event) => (event.data.details?.['endpoints'] as { id: string; incident: { id: string } }[] | undefined) ?? [];
const namesOf = (event: Event | undefined) => (event ? namedIn(event) : []).map(({ id }) => id).sort();
const until = (condition: () => unknown) => vi.waitUntil(condition, { timeout: 60_000, interval: 20 });
/** Everything that is due by now has been sent. */
const settled = () =>
  until(
    async () => (await database.db.notice.count({ where: { status: 'pending', OR: [{ nextAttemptAt: { lte: new Date(clock) } }] } })) === 0,
  );

describe('grouping', () => {
  it('500 endpoints of one host that go down together are one notice a channel and one recovery, and each is named once', async () => {
    const first = await makeChannel(database.db, org, { url: sink.url });
    const second = await makeChannel(database.db, org, { url: `${sink.url}/second` });
    const ids = await register(500);
    await probe(ids, 'up');
    await probe(ids, 'down', { address: '192.0.2.7' });
    startAlerter();
    clock += 3000;
    await until(() => sink.requests.length >= 2);
    await settled();
    expect(events().map(({ type }) => type)).toEqual(['endpoint.down', 'endpoint.down']);
    for (const event of events()) {
      expect(new Set(namedIn(event).map(({ id }) => id))).toEqual(new Set(ids));
      expect(namedIn(event)[0]).toMatchObject({ id: event.data.endpoint?.id, incident: { id: event.data.incident?.id } });
      expect(event.data.details?.['group']).toMatchObject({ size: 500, matter: event.data.incident?.id, by: 'host host.example.com' });
    }
    const incidents = await database.db.incident.findMany({ select: { id: true } });
    expect(new Set(namedIn(events()[0] as Event).map(({ incident }) => incident.id))).toEqual(new Set(incidents.map(({ id }) => id)));
    const matter = events()[0]?.data.incident?.id;
    expect(events()[1]?.data.incident?.id).toBe(matter);
    await probe(ids, 'up');
    await until(() => sink.requests.length >= 4);
    await settled();
    expect(sink.requests).toHaveLength(4);
    const back = events().slice(2);
    for (const event of back) {
      expect(event).toMatchObject({ type: 'endpoint.recovered', data: { incident: { id: matter } } });
      expect(new Set(namedIn(event).map(({ id }) => id))).toEqual(new Set(ids));
      expect(event.data.details?.['group']).toMatchObject({ size: 500, missing: 0, matter });
    }
    for (const { id } of [first, second])
      expect(
        await database.db.notice.groupBy({ by: ['status'], where: { channelId: id }, _count: true, orderBy: { status: 'asc' } }),
      ).toEqual([
        { status: 'delivered', _count: 2 },
        { status: 'grouped', _count: 998 },
      ]);
  }, 120_000);

  it('one endpoint alone is told as ever, with the body of the contract, and its recovery waits for nobody', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    const [id = ''] = await register(1);
    await probe([id], 'down');
    startAlerter();
    clock += 3000;
    await until(() => sink.requests.length === 1);
    expect(Object.keys(events()[0]?.data ?? {})).toEqual(['endpoint', 'incident', 'from', 'to']);
    await probe([id], 'up');
    await until(() => sink.requests.length === 2);
    expect(events()[1]).toMatchObject({ type: 'endpoint.recovered', data: { endpoint: { id } } });
    expect(events()[1]?.data.details).toBeUndefined();
  });

  it('keeps causes and hosts apart, and joins hosts that share an address', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    const ids = await register(6, (n) => ({ url: `https://${n < 4 ? `h${n}` : 'other'}.example.com/mcp/${n}` }));
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    await probe([a, b], 'down', { address: '192.0.2.1' });
    clock -= 45_000;
    await probe([c, d], 'down', { code: 'tls.expired', address: '192.0.2.1' });
    clock -= 45_000;
    await probe([e, f], 'down', { address: '192.0.2.2' });
    startAlerter();
    clock += 3000;
    await until(() => sink.requests.length >= 3);
    await settled();
    const named = events().map((event) =>
      namedIn(event)
        .map(({ id }) => id)
        .sort(),
    );
    expect(named.sort()).toEqual([[a, b].sort(), [c, d].sort(), [e, f].sort()].sort());
  });

  it('those that follow a storm are told together when its minute is over; those back first wait for the rest, but not for ever', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    const ids = await register(9);
    await probe(ids.slice(0, 5), 'down');
    startAlerter();
    const openedAt = clock;
    clock += 3000;
    await until(() => sink.requests.length === 1);
    clock = openedAt + 20_000 - 45_000;
    await probe(ids.slice(5, 7), 'down');
    clock += 10_000 - 45_000;
    await probe(ids.slice(7), 'down');
    clock = openedAt + 59_000;
    expect(await formGroups(database.db, new Date(clock))).toBe(0);
    clock = openedAt + 60_000;
    await until(() => sink.requests.length === 2);
    expect(namesOf(events()[1])).toEqual(ids.slice(5).sort());
    // Three of the first five are back.
    await probe(ids.slice(0, 3), 'up');
    const backAt = clock;
    clock = backAt + 89_000;
    expect(await formGroups(database.db, new Date(clock))).toBe(0);
    clock = backAt + 90_000;
    await until(() => sink.requests.length === 3);
    expect(events()[2]?.data.details?.['group']).toMatchObject({ size: 5, missing: 2 });
    expect(namesOf(events()[2])).toEqual(ids.slice(0, 3).sort());
    await probe(ids.slice(3, 5), 'up');
    await until(() => sink.requests.length === 4);
    expect(events()[3]?.data.details?.['group']).toMatchObject({ size: 5, missing: 0 });
    expect(namesOf(events()[3])).toEqual(ids.slice(3, 5).sort());
  });

  it('loses nobody when the process dies between grouping and sending, and sends one body under one id', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    const ids = await register(20);
    await probe(ids, 'down');
    clock += 3000;
    // Killed once after forming the group and once after claiming it.
    expect(await formGroups(database.db, new Date(clock))).toBe(1);
    const [claimed] = await claimNotices(database.db, { now: new Date(clock), limit: 10, perChannel: 4 });
    const outcome = { ok: false, retry: true, request: {}, response: {}, error: 'lost', durationMs: 1 };
    await recordDelivery(database.db, { noticeId: claimed?.id ?? '', startedAt: new Date(clock), outcome, now: new Date(clock) });
    // One more of the host: it cannot join a body that may have been received, and is told by itself.
    const [late = ''] = await register(1, () => ({ name: 'late', url: 'https://host.example.com/late' }));
    await probe([late], 'down');
    clock += 61_000;
    startAlerter();
    await until(() => sink.requests.length === 2);
    await settled();
    const names = events().flatMap((event) => (namedIn(event).length > 0 ? namedIn(event).map(({ id }) => id) : [event.data.endpoint?.id]));
    expect(names.sort()).toEqual([...ids, late].sort());
    expect(sink.requests.map(({ headers }) => headers['webhook-id'])).toContain(claimed?.id);
  });

  it('several alerters that form groups at once make one group', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    const ids = await register(40);
    await probe(ids, 'down');
    clock += 3000;
    const at = new Date(clock);
    await Promise.all(Array.from({ length: 6 }, () => formGroups(database.db, at)));
    await formGroups(database.db, at);
    expect(await database.db.notice.count({ where: { status: 'grouped' } })).toBe(39);
    expect(await database.db.notice.count({ where: { status: 'pending', groupOpen: false, groupSize: 40 } })).toBe(1);
  });
});
