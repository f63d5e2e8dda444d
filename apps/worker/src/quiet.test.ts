import { createEndpointSchema, type Event } from '@rollcall/contracts';
import { insertEndpoint, recordProbes, silenceEndpoint } from '@rollcall/services';
import { type HttpSink, startHttpSink, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { actorOf, makeChannel, makeOrganization, sealer, sendDeps } from '../../../packages/services/test/notices.ts';
import { recordOf } from '../../../packages/services/test/reports.ts';
import { type Alerter, createAlerter } from './alerter.ts';

let database: TestDatabase;
let org: string;
let sink: HttpSink;
let alerter: Alerter;
let endpoint: string;
let clock = 0;
const publicUrl = sendDeps.publicUrl;
const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: (...args: unknown[]) => console.error(...args),
  debug: () => undefined,
};
/** Half past nine in the evening in Berlin. */
const EVENING = Date.parse('2026-11-20T20:30:00.000Z');
const night = { from: '21:00', to: '07:00', timeZone: 'Europe/Berlin', through: ['endpoint.down'] };
const MORNING = Date.parse('2026-11-21T06:00:00.000Z');

beforeAll(async () => {
  database = await testDatabase({ max: 10 });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.organization.deleteMany();
  await database.db.$executeRaw`truncate probe, probe_exchange`;
  org = await makeOrganization(database.db);
  sink = await startHttpSink();
  clock = EVENING;
  const body = createEndpointSchema.parse({ name: 'server', url: 'https://mcp.example.com/mcp' });
  endpoint = await database.db.$transaction((tx) =>
    insertEndpoint(tx, { sealer, region: 'default' }, org, body, { demo: false, now: new Date(clock - 3_600_000) }),
  );
  alerter = createAlerter({ db: database.db, sealer, notify: sendDeps, log: silent, pollMs: 20, now: () => new Date(clock) });
  alerter.start();
});
afterEach(async () => {
  await alerter.stop(0);
  await sink.close();
});

async function probe(verdict: 'up' | 'down' | 'degraded'): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    clock += 15_000;
    await recordProbes(database.db, [recordOf(endpoint, new Date(clock), verdict)], { publicUrl, now: new Date(clock) });
  }
  clock += 3000;
}
const types = () => sink.requests.map(({ body }) => (JSON.parse(body.toString()) as Event).type);
const until = (condition: () => unknown) => vi.waitUntil(condition, { timeout: 30_000, interval: 20 });
const arrived = (count: number) => until(() => sink.requests.length === count);
/** The alerter has looked at least once since now and found nothing more to send. */
const idle = async () => {
  const before = clock;
  clock += 1;
  const idleSink = await startHttpSink();
  const { id } = await makeChannel(database.db, org, { url: idleSink.url }, { standby: true });
  const notice = await database.db.notice.create({
    data: {
      id: `msg_idle${clock}`,
      organizationId: org,
      channelId: id,
      type: 'test',
      dedupeKey: `idle${clock}`,
      payload: { type: 'test', timestamp: '', data: { endpoint: null, incident: null, from: null, to: null } },
      nextAttemptAt: new Date(clock),
    },
  });
  await until(async () => (await database.db.notice.findUniqueOrThrow({ where: { id: notice.id } })).status === 'delivered');
  await idleSink.close();
  clock = before;
};
const silence = (minutes: number | null) => silenceEndpoint(database.db, actorOf(org), { endpointId: endpoint, minutes }, new Date(clock));

describe('quiet hours', () => {
  it('hold back what is not down until they end, in order, and let the rest of the channels be told at once', async () => {
    await makeChannel(database.db, org, { url: sink.url }, { quietHours: night });
    const awake = await startHttpSink();
    await makeChannel(database.db, org, { url: awake.url });
    await probe('up');
    await probe('degraded');
    await until(() => awake.requests.length === 1);
    await probe('up');
    await until(() => awake.requests.length === 2);
    await awake.close();
    await idle();
    expect(types()).toEqual([]);
    clock = MORNING - 10;
    await idle();
    expect(types()).toEqual([]);
    clock = MORNING;
    await arrived(2);
    expect(types()).toEqual(['endpoint.degraded', 'endpoint.recovered']);
  });

  it('let down through, and with it what was held of that endpoint, so that the last word is true', async () => {
    await makeChannel(database.db, org, { url: sink.url }, { quietHours: night });
    await probe('down');
    await arrived(1);
    await probe('up');
    await idle();
    expect(types()).toEqual(['endpoint.down']);
    await probe('down');
    await arrived(3);
    expect(types()).toEqual(['endpoint.down', 'endpoint.recovered', 'endpoint.down']);
  });

  it('hold back down, too, when the owner says so', async () => {
    await makeChannel(database.db, org, { url: sink.url }, { quietHours: { ...night, through: [] } });
    await probe('down');
    await idle();
    expect(types()).toEqual([]);
    clock = MORNING;
    await arrived(1);
  });
});

describe('a silence', () => {
  it('keeps an outage within it from everybody, and tells one that outlasts it', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    await silence(60);
    await probe('down');
    await probe('up');
    await idle();
    expect(types()).toEqual([]);
    expect(await database.db.notice.findMany({ where: { endpointId: endpoint }, select: { status: true } })).toEqual([
      { status: 'withdrawn' },
    ]);
    await probe('down');
    await idle();
    expect(types()).toEqual([]);
    clock = EVENING + 3_600_000;
    await arrived(1);
    expect(types()).toEqual(['endpoint.down']);
    await probe('up');
    await arrived(2);
  });

  it('ends at once when it is lifted, and can be made longer and shorter', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    await silence(10);
    await probe('down');
    await silence(300);
    clock = EVENING + 11 * 60_000;
    await idle();
    expect(types()).toEqual([]);
    await silence(null);
    await arrived(1);
  });

  it('does not hide that what was told is over', async () => {
    await makeChannel(database.db, org, { url: sink.url });
    await probe('down');
    await arrived(1);
    await silence(60);
    await probe('up');
    await arrived(2);
    expect(types()).toEqual(['endpoint.down', 'endpoint.recovered']);
  });
});
