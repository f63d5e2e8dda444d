import { createEndpointSchema } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import { createMailer } from '@rollcall/notify';
import type { Queues } from '@rollcall/queue';
import { insertEndpoint, recordProbes, reportReach, watchSilence } from '@rollcall/services';
import { causeWith, reportWith, startHttpSink, startSmtpSink, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReach } from './reach.ts';
import { watchOnce } from './self-watch.ts';

const START = new Date('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const publicUrl = 'http://localhost:3000';

let database: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  database = await testDatabase({ max: 5 });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.organization.deleteMany();
  await database.db.installation.deleteMany();
  await database.db.$executeRaw`truncate probe, probe_exchange`;
  organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'Test', slug: organizationId } });
  await database.db.channel.create({ data: { id: newId('ch'), organizationId, type: 'webhook', name: 'hook', config: 'sealed' } });
});

const report = (host: string, code: string | null, startedAt = START) =>
  reportWith({
    url: `https://${host}/mcp`,
    startedAt: startedAt.toISOString(),
    verdict: code === null ? 'up' : 'down',
    cause: code === null ? null : causeWith(code),
  });

describe('a prober that is cut off', () => {
  it('says so instead of blaming its targets, and blames them again when its canary answers', async () => {
    const canary = await startHttpSink();
    const states: boolean[] = [];
    let now = START;
    const reach = createReach({
      canaries: [canary.url],
      policy: { allowPrivate: true },
      onChange: async (offline) => void states.push(offline),
      now: () => now,
    });
    for (const host of ['a.example', 'b.example', 'c.example']) await reach.judge(report(host, null));
    // The canary answers: this server alone is gone.
    expect((await reach.judge(report('a.example', 'tcp.timeout'))).cause?.code).toBe('tcp.timeout');
    await canary.close();
    now = at(30);
    expect((await reach.judge(report('b.example', 'tcp.timeout'))).cause?.code).toBe('prober.offline');
    expect((await reach.judge(report('c.example', 'dns.servfail'))).verdict).toBe('unknown');
    // What answered, answered.
    expect((await reach.judge(report('c.example', 'http.5xx'))).cause?.code).toBe('http.5xx');
    expect(states).toEqual([true, true, false]);
  });

  it('pages nobody: its endpoints become no_data, and the operator is told', async () => {
    const sealer = createSealer(Buffer.alloc(32, 3).toString('base64'));
    const body = createEndpointSchema.parse({ name: 'server', url: 'https://mcp.example.com/mcp' });
    const id = await database.db.$transaction((tx) =>
      insertEndpoint(tx, { sealer, region: 'default' }, organizationId, body, { demo: false, now: START }),
    );
    const record = (second: number, code: string | null) =>
      recordProbes(
        database.db,
        [
          {
            endpointId: id,
            region: 'default',
            slot: at(second).getTime(),
            kind: 'scheduled',
            deep: false,
            report: { ...report('mcp.example.com', code, at(second)), verdict: code === null ? 'up' : 'unknown' },
            observation: {},
            retryAfterMs: null,
          },
        ],
        { publicUrl, now: at(second) },
      );
    await record(0, null);
    for (let second = 60; second <= 240; second += 60) await record(second, 'prober.offline');
    await reportReach(database.db, 'default', true, at(240));
    expect(await watchSilence(database.db, { now: at(240), watchingSince: START, publicUrl })).toBe(1);
    expect((await database.db.endpointState.findUniqueOrThrow({ where: { endpointId: id } })).status).toBe('no_data');
    expect(await database.db.notice.count()).toBe(0);
    await record(300, null);
    expect((await database.db.endpointState.findUniqueOrThrow({ where: { endpointId: id } })).status).toBe('up');
    // Nobody was told of the silence, but the end of it is an ordinary recovery of the same kind.
    expect((await database.db.notice.findMany()).map(({ type }) => type)).toEqual([]);
  });
});

describe('the watch over the installation', () => {
  it('tells the operator once what lasts, beats while all is well, and stops beating when it is not', async () => {
    const smtp = await startSmtpSink();
    const heartbeat = await startHttpSink();
    const mailer = createMailer({ smtpUrl: smtp.url, from: 'Rollcall <r@localhost>', mailDir: '/nonexistent' });
    let now = START;
    const queues = { probe: () => ({ depth: async () => ({ waiting: 0 }) }) } as unknown as Queues;
    const options = {
      db: database.db,
      queues,
      log: pino({ level: 'silent' }),
      mailer,
      publicUrl,
      operatorEmail: 'operator@example.com',
      heartbeatUrl: heartbeat.url,
      now: () => now,
    };
    expect((await watchOnce(options, true)).problems).toEqual([]);
    expect(heartbeat.requests).toHaveLength(1);
    await reportReach(database.db, 'fra', true, now);
    expect((await watchOnce(options, true)).problems.map(({ code }) => code)).toEqual(['prober.offline']);
    expect(heartbeat.requests).toHaveLength(1);
    now = new Date(now.getTime() + 61_000);
    await reportReach(database.db, 'fra', true, new Date());
    await database.db.$executeRaw`update installation set updated_at = ${now} where key like 'prober.offline/%'`;
    expect((await watchOnce(options, true)).tell.map(({ code }) => code)).toEqual(['prober.offline']);
    expect((await watchOnce(options, true)).tell).toEqual([]);
    await reportReach(database.db, 'fra', false, now);
    expect((await watchOnce(options, true)).over).toEqual(['prober.offline']);
    expect(heartbeat.requests).toHaveLength(2);
    expect(smtp.messages).toHaveLength(2);
    expect(String(smtp.messages[0]?.raw ?? JSON.stringify(smtp.messages[0]))).toContain('prober.offline');
    mailer.close();
    await smtp.close();
    await heartbeat.close();
  });
});
