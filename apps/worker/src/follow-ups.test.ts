import { createEndpointSchema, type Event } from '@rollcall/contracts';
import {
  acknowledgeIncident,
  insertEndpoint,
  recordProbes,
  silenceEndpoint,
  snoozeIncident,
  unacknowledgeIncident,
  writeFollowUps,
} from '@rollcall/services';
import { type HttpSink, startHttpSink, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { actorOf, makeChannel, makeOrganization, sealer, sendDeps } from '../../../packages/services/test/notices.ts';
import { recordOf } from '../../../packages/services/test/reports.ts';
import { type Alerter, createAlerter } from './alerter.ts';

let database: TestDatabase;
let org: string;
let first: HttpSink;
let second: HttpSink;
let alerters: Alerter[];
let clock = 0;
let toldAt = 0;
const publicUrl = sendDeps.publicUrl;
const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: (...args: unknown[]) => console.error(...args),
  debug: () => undefined,
};
const MIN = 60_000;

beforeAll(async () => {
  database = await testDatabase({ max: 10 });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.organization.deleteMany();
  await database.db.$executeRaw`truncate probe, probe_exchange`;
  org = await makeOrganization(database.db);
  first = await startHttpSink();
  second = await startHttpSink();
  clock = Date.parse('2026-11-20T12:00:00.000Z');
  // Several alerters: each reminder is sent once all the same.
  alerters = [0, 1].map(() =>
    createAlerter({ db: database.db, sealer, notify: sendDeps, log: silent, pollMs: 20, now: () => new Date(clock) }),
  );
  for (const alerter of alerters) alerter.start();
});
afterEach(async () => {
  await Promise.all(alerters.map((alerter) => alerter.stop(0)));
  await first.close();
  await second.close();
});

async function register(count: number): Promise<string[]> {
  return database.db.$transaction(async (tx) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const body = createEndpointSchema.parse({ name: `server ${n}`, url: `https://mcp.example.com/${n}` });
      ids.push(await insertEndpoint(tx, { sealer, region: 'default' }, org, body, { demo: false, now: new Date(clock) }));
    }
    return ids;
  });
}
async function probe(ids: readonly string[], verdict: 'up' | 'down'): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    clock += 15_000;
    const records = ids.map((id) => recordOf(id, new Date(clock), verdict));
    await recordProbes(database.db, records, { publicUrl, now: new Date(clock) });
  }
  toldAt = clock;
  clock += 3000;
}
const eventsOf = (sink: HttpSink) => sink.requests.map(({ body }) => JSON.parse(body.toString()) as Event);
const until = (condition: () => unknown) => vi.waitUntil(condition, { timeout: 30_000, interval: 20 });
/** So many came, and it is written that they did: a clock that moves on before would make a lost one of what is still in hand. */
const arrived = async (sink: HttpSink, count: number) => {
  await until(() => sink.requests.length === count);
  await until(async () => (await database.db.notice.count({ where: { status: 'pending', leaseUntil: { not: null } } })) === 0);
};
/** At that minute after it was told; nothing is due then that is not written. */
const at = async (minutes: number) => {
  clock = toldAt + minutes * MIN;
  await writeFollowUps(database.db, { now: new Date(clock), publicUrl });
  await until(
    async () =>
      (await database.db.notice.count({ where: { status: 'pending', groupOpen: false, nextAttemptAt: { lte: new Date(clock) } } })) === 0,
  );
};
const incidentIds = async () => (await database.db.incident.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

async function chain(remindMinutes: number | null = 30) {
  const target = await makeChannel(database.db, org, { url: second.url }, { standby: true, name: 'boss' });
  const channel = await makeChannel(
    database.db,
    org,
    { url: first.url },
    { name: 'ops', remindMinutes, escalation: [{ afterMinutes: 15, channel: target.id }] },
  );
  return { channel: channel.id, target: target.id };
}

describe('follow-ups', () => {
  it('remind until somebody acknowledges, once each although two alerters run, and bring in the next in the chain', async () => {
    await chain();
    const ids = await register(1);
    await probe(ids, 'down');
    await arrived(first, 1);
    await at(14.9);
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    await at(15);
    await arrived(second, 1);
    expect(eventsOf(second)[0]).toMatchObject({
      type: 'endpoint.down',
      data: { incident: { id: (await incidentIds())[0] }, details: { escalation: { step: 1, afterMinutes: 15, from: 'ops' } } },
    });
    await at(30);
    await arrived(first, 2);
    expect(eventsOf(first)[1]?.data.details).toMatchObject({ reminder: { count: 1, sinceMinutes: 30 } });
    await at(59);
    expect([first.requests.length, second.requests.length]).toEqual([2, 1]);
    await at(95);
    await arrived(first, 3);
    expect(eventsOf(first)[2]?.data.details).toMatchObject({ reminder: { count: 3 } });
    await acknowledgeIncident(database.db, actorOf(org), (await incidentIds())[0] ?? '', publicUrl, new Date(clock));
    await arrived(first, 4);
    await arrived(second, 2);
    await at(500);
    expect([eventsOf(first).at(-1)?.type, eventsOf(second).at(-1)?.type]).toEqual(['incident.acknowledged', 'incident.acknowledged']);
    expect([first.requests.length, second.requests.length]).toEqual([4, 2]);
    await probe(ids, 'up');
    // Who was brought in hears of the end.
    await arrived(second, 3);
    await arrived(first, 5);
    expect(eventsOf(second)[2]?.type).toBe('endpoint.recovered');
    const [timeline] = await database.db.incident.findMany({ include: { events: { orderBy: { at: 'asc' } } } });
    expect(timeline?.events.map(({ type }) => type)).toEqual(['opened', 'escalated', 'acknowledged', 'resolved']);
  });

  it('of a group are one message each, name who is still out, and its recovery is one message on every channel that was told', async () => {
    await chain();
    const ids = await register(20);
    await probe(ids, 'down');
    await arrived(first, 1);
    const told = toldAt;
    await probe(ids.slice(0, 5), 'up');
    clock = toldAt + 90_000;
    await arrived(first, 2);
    toldAt = told;
    await at(15);
    await arrived(second, 1);
    expect(eventsOf(second)[0]?.data.details?.['endpoints']).toHaveLength(15);
    await at(30);
    await arrived(first, 3);
    expect(eventsOf(first)[2]?.data.details).toMatchObject({ reminder: { count: 1 }, group: { size: 20 } });
    const [id = ''] = (await database.db.incident.findMany({ where: { resolvedAt: null } })).map((incident) => incident.id);
    await acknowledgeIncident(database.db, actorOf(org), id, publicUrl, new Date(clock));
    await arrived(first, 4);
    await arrived(second, 2);
    expect(await database.db.incident.count({ where: { acknowledgedAt: { not: null } } })).toBe(15);
    await at(200);
    expect([first.requests.length, second.requests.length]).toEqual([4, 2]);
    await probe(ids.slice(5), 'up');
    await arrived(first, 5);
    await arrived(second, 3);
    expect(eventsOf(second)[2]).toMatchObject({ type: 'endpoint.recovered', data: { details: { group: { missing: 0 } } } });
    // On call it is one alert from the first message to the last.
    const matters = [...eventsOf(first), ...eventsOf(second)].flatMap(({ type, data }) =>
      type === 'incident.acknowledged' ? [] : [(data.details?.['group'] as { matter: string } | undefined)?.matter],
    );
    expect(new Set(matters).size).toBe(1);
  });

  it('are put off by a snooze and by a silence, and go on after it', async () => {
    await chain();
    await probe(await register(1), 'down');
    await arrived(first, 1);
    const [id = ''] = await incidentIds();
    const detail = await snoozeIncident(database.db, actorOf(org), { incidentId: id, minutes: 60 }, publicUrl, new Date(clock));
    expect(detail.snoozedUntil).toBe(new Date(clock + 60 * MIN).toISOString());
    await at(45);
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    const endpointId = detail.endpoint.id;
    // Before the clock is there: an alerter would be quicker.
    await silenceEndpoint(database.db, actorOf(org), { endpointId, minutes: 10 }, new Date(toldAt + 61 * MIN));
    await at(65);
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    await at(72);
    await arrived(first, 2);
    await arrived(second, 1);
    expect(eventsOf(first)[1]?.data.details).toMatchObject({ reminder: { count: 2 } });
  });

  it('go on when the acknowledgement is taken back, for all that it took', async () => {
    await chain();
    await probe(await register(3), 'down');
    await arrived(first, 1);
    const [id = ''] = await incidentIds();
    await acknowledgeIncident(database.db, actorOf(org), id, publicUrl, new Date(clock));
    await arrived(first, 2);
    await at(20);
    expect(second.requests.length).toBe(0);
    await unacknowledgeIncident(database.db, actorOf(org), id, new Date(clock));
    expect(await database.db.incident.count({ where: { acknowledgedAt: null } })).toBe(3);
    // It is due already: an alerter may have it in hand, and the clock stands still until it is written.
    await at(20);
    await arrived(second, 1);
    expect(eventsOf(second)[0]?.data.details?.['endpoints']).toHaveLength(3);
    await at(30);
    await arrived(first, 3);
    expect(eventsOf(first)[2]?.data.details).toMatchObject({ reminder: { count: 1 } });
  });

  it('do not go round in circles when two channels escalate to each other', async () => {
    const { channel, target } = await chain(null);
    await database.db.channel.update({ where: { id: target }, data: { escalation: [{ afterMinutes: 5, channel }] } });
    await probe(await register(1), 'down');
    await arrived(first, 1);
    for (const minutes of [15, 21, 40, 60, 100]) await at(minutes);
    expect([first.requests.length, second.requests.length]).toEqual([2, 1]);
  });
});
