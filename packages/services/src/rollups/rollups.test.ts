import { createEndpointSchema } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scopesOf } from '../access/actor.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { removeEndpoints } from '../endpoints/delete-endpoint.ts';
import { maintainPartitions } from '../schedule/partitions.ts';
import { getStats, getUptime } from '../stats/get-stats.ts';
import { dropRollups } from './drop-rollups.ts';
import { addBlock, codeOf, noCounts, QUANTILE_ERROR, quantile } from './histogram.ts';
import { markLate } from './mark-due.ts';
import { DAY_MS, dayName, HOUR_MS } from './retention.ts';
import { rollUp } from './roll-up.ts';
import { rolledUpTo } from './rollup-state.ts';

const NOW = new Date('2026-11-20T12:34:56Z');
const MINUTE = 60_000;
let database: TestDatabase;
let organizationId: string;
beforeEach(async () => {
  database = await testDatabase();
  organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'o', slug: organizationId } });
  await database.db.$executeRaw`insert into region (name) values ('second')`;
});
afterEach(() => database.close());

const actor = () => ({
  organizationId,
  kind: 'api_key' as const,
  id: 'key_x',
  label: 'x',
  role: null,
  scopes: scopesOf(['read', 'write']),
});

async function makeEndpoint(intervalSeconds: number): Promise<{ id: string; seq: number }> {
  const input = createEndpointSchema.parse({ name: 'e', url: 'https://a.example/mcp', intervalSeconds, timeoutMs: 1000 });
  const deps = { sealer: createSealer(Buffer.alloc(32, 1).toString('base64')), region: 'default' };
  const id = await database.db.$transaction((tx) => insertEndpoint(tx, deps, organizationId, input, { demo: false, now: NOW }));
  return database.db.endpoint.findUniqueOrThrow({ where: { id }, select: { id: true, seq: true } });
}

/** A probe every `everyMinutes` of [from, to): every 97th down, every 31st unknown, the others taking 20 … 400 ms. */
async function probes(seq: number, from: number, to: number, everyMinutes: number, regionId = 1): Promise<void> {
  await database.db.$executeRaw`
    insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
    select at, ${seq}, case when verdict = 0 then 200 + (n * 7919) % 2000 + (n * 104729) % 1900 end, ${regionId}::smallint, verdict, ''
    from generate_series(${new Date(from)}::timestamptz, ${new Date(to - 1)}::timestamptz, make_interval(mins => ${everyMinutes}::int)) with ordinality as s(at, n)
    cross join lateral (select case when n % 97 = 0 then 2 when n % 31 = 0 then 4 else 0 end as verdict) v`;
}

async function rollUpAll(now: Date): Promise<void> {
  while (await rollUp(database.db, now));
}

const rollupsOf = async (seq: number) => ({
  hours: await database.db.$queryRaw`select day, region_id, hours::text from probe_hour where endpoint_seq = ${seq} order by 1, 2`,
  days: await database.db
    .$queryRaw`select day, region_id, first_at, last_at, totals::text from probe_day where endpoint_seq = ${seq} order by 1, 2`,
  silences: await database.db.$queryRaw`select began_at, ended_at from probe_silence where endpoint_seq = ${seq} order by 2`,
});

describe('a histogram', () => {
  it('gives any quantile within its error, however it is cut and joined', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 190_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const counts = noCounts();
          for (const value of values) addBlock(counts, Uint8Array.of(codeOf(value), 1));
          const truth = values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1] as number;
          expect(Math.abs((quantile(counts, q) as number) / truth - 1)).toBeLessThanOrEqual(QUANTILE_ERROR + 1e-9);
        },
      ),
    );
  });
});

describe('rollups', () => {
  it('answer for 90 days as the raw rows did, when these are gone', async () => {
    const { id, seq } = await makeEndpoint(1800);
    const start = NOW.getTime() - 91 * DAY_MS;
    // The partitions of their time, as the janitor made them then.
    for (let at = start; at < NOW.getTime(); at += 7 * DAY_MS) await maintainPartitions(database.db, new Date(at));
    // Two regions in turn, a silence of some days, one of hours over midnight, one that begins and ends within a day.
    const gaps: [number, number][] = [
      [20.3, 24.7],
      [45.9, 46.1],
      [60.2, 60.6],
    ];
    let from = start + 3 * DAY_MS;
    for (const [begin, end] of [...gaps, [91, 91] as [number, number]]) {
      await probes(seq, from, start + begin * DAY_MS, 60, 1);
      await probes(seq, from + 30 * MINUTE, start + begin * DAY_MS, 60, 2);
      from = start + end * DAY_MS;
    }
    for (const [opened, resolved] of [
      [10, 10.5],
      [20.2, 21],
      [80, 80.01],
    ] as const)
      await database.db.incident.create({
        data: {
          id: newId('inc'),
          organizationId,
          endpointId: id,
          severity: 'down',
          causeCode: 'tcp.refused',
          cause: {},
          openedAt: new Date(start + opened * DAY_MS),
          confirmedAt: new Date(start + opened * DAY_MS),
          resolvedAt: new Date(start + resolved * DAY_MS),
        },
      });
    const windows = ['7d', '30d', '90d'] as const;
    const read = () => Promise.all(windows.map((window) => getStats(database.db, actor(), id, window, NOW)));
    const before = await read();
    const latencies = (
      await database.db.$queryRaw<{ ms: number }[]>`
        select latency / 10.0::float8 as ms from probe where endpoint_seq = ${seq} and verdict = 0 and slot >= ${new Date(NOW.getTime() - 90 * DAY_MS)} order by 1`
    ).map(({ ms }) => ms);
    expect(latencies.length).toBeGreaterThan(3500);

    await rollUpAll(NOW);
    expect(await read()).toEqual(before);
    const { drop } = await maintainPartitions(database.db, NOW);
    expect(drop.filter((name) => name.startsWith('probe_2')).length).toBeGreaterThan(70);
    await dropRollups(database.db, NOW);
    const [left] = await database.db.$queryRaw<{ n: number }[]>`select count(*)::int as n from probe where endpoint_seq = ${seq}`;
    expect(left?.n).toBeLessThan(15 * 48);
    const after = await read();
    expect(after).toEqual(before);
    // All windows from one reading are what each is by itself.
    const { windows: atOnce, days } = await getUptime(database.db, actor(), id, NOW);
    expect(atOnce.slice(1)).toEqual(
      after.map(({ window, uptime, downSeconds, measuredSeconds, maintenanceSeconds }) => ({
        window,
        uptime,
        downSeconds,
        measuredSeconds,
        maintenanceSeconds,
      })),
    );
    expect(days).toEqual(after[2]?.days);
    expect(after[2]?.bands.map(({ kind, incident }) => [kind, incident?.title])).toEqual(Array(3).fill(['incident', 'tcp.refused']));
    const points = after[2]?.series.filter(({ p99 }) => p99 !== null) ?? [];
    expect(points.length).toBeGreaterThan(70);
    expect(points.every(({ p50, p95, p99 }) => Number(p50) <= Number(p95) && Number(p95) <= Number(p99))).toBe(true);
    for (const [q, found] of [
      [0.5, after[2]?.latencyMs.p50],
      [0.95, after[2]?.latencyMs.p95],
      [0.99, after[2]?.latencyMs.p99],
    ] as const) {
      const truth = latencies[Math.ceil(q * latencies.length) - 1] as number;
      // Rounded to 0.1 ms, and the first hour is whole.
      expect(Math.abs((found as number) / truth - 1)).toBeLessThan(QUANTILE_ERROR + 0.005);
    }
    expect(after[2]?.days.filter(({ uptime }) => uptime === null).length).toBeGreaterThanOrEqual(3 + 1);
    // Silent since: what ended long ago is still known when no raw row is left.
    const later = new Date(NOW.getTime() + 40 * DAY_MS);
    await rollUpAll(later);
    await maintainPartitions(database.db, later);
    expect(await dropRollups(database.db, later)).toBeGreaterThan(2 * 30);
    expect(await dropRollups(database.db, later)).toBe(0);
    const [oldest] = await database.db.$queryRaw<{ hours: string; days: string }[]>`
      select (select min(day)::text from probe_hour) as hours, (select min(day)::text from probe_day) as days`;
    expect(oldest).toEqual({ hours: dayName(later.getTime() - 90 * DAY_MS), days: dayName(start + 3 * DAY_MS) });
    const stats = await getStats(database.db, actor(), id, '90d', later);
    const measuredMs = 50 * DAY_MS - (60.6 - 60.2 + (46.1 - 45.9)) * DAY_MS;
    expect(stats.downSeconds).toBe(864);
    expect(1 - (stats.uptime as number)).toBeCloseTo(864_000 / measuredMs, 5);
  });

  it('take in what comes late, at once and for good', async () => {
    const { id, seq } = await makeEndpoint(60);
    const day = Date.parse('2026-11-18T00:00:00Z');
    await probes(seq, day, day + 3 * HOUR_MS, 1);
    await probes(seq, day + 5 * HOUR_MS, day + 8 * HOUR_MS, 1);
    await database.db.$transaction((tx) =>
      markLate(
        tx,
        [0, 1, 2, 5, 6, 7].map((h) => ({ seq, slot: new Date(day + h * HOUR_MS) })),
        NOW,
      ),
    );
    await rollUpAll(NOW);
    expect(await rolledUpTo(database.db, seq)).toBe(Date.parse('2026-11-20T12:00:00Z'));
    const silent = await getStats(database.db, actor(), id, '7d', NOW);
    await database.db.$transaction(async (tx) => {
      await tx.$executeRaw`insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
        select at, ${seq}, 100, 1, 0, '' from generate_series(${new Date(day + 3 * HOUR_MS)}::timestamptz, ${new Date(day + 5 * HOUR_MS - 1)}::timestamptz, interval '1 minute') as at`;
      await markLate(
        tx,
        [3, 4].map((h) => ({ seq, slot: new Date(day + h * HOUR_MS) })),
        NOW,
      );
    });
    expect(await rolledUpTo(database.db, seq)).toBe(day + 3 * HOUR_MS);
    const seen = await getStats(database.db, actor(), id, '7d', NOW);
    expect(seen.series.reduce((sum, point) => sum + point.probes, 0)).toBe(480);
    expect(seen.days.find(({ date }) => date === '2026-11-18')).toMatchObject({ uptime: 1, worst: 'up' });
    expect(silent.series.reduce((sum, point) => sum + point.probes, 0)).toBe(360);
    await rollUpAll(NOW);
    expect(await rolledUpTo(database.db, seq)).toBe(Date.parse('2026-11-20T12:00:00Z'));
    expect(await getStats(database.db, actor(), id, '7d', NOW)).toEqual(seen);
    expect((await rollupsOf(seq)).silences).toEqual([]);
  });

  it('are the same however often and by however many janitors they are made', async () => {
    const endpoints = await Promise.all(Array.from({ length: 5 }, () => makeEndpoint(300)));
    const from = Date.parse('2026-11-17T00:00:00Z');
    for (const { seq } of endpoints) await probes(seq, from, from + DAY_MS, 5);
    const mark = () =>
      database.db.$transaction((tx) =>
        markLate(
          tx,
          endpoints.flatMap(({ seq }) => Array.from({ length: 24 }, (_, h) => ({ seq, slot: new Date(from + h * HOUR_MS) }))),
          NOW,
        ),
      );
    await mark();
    await rollUpAll(NOW);
    const once = await Promise.all(endpoints.map(({ seq }) => rollupsOf(seq)));
    for (let round = 0; round < 3; round += 1) {
      await mark();
      await Promise.all([rollUpAll(NOW), rollUpAll(NOW), mark()]);
    }
    await rollUpAll(NOW);
    expect(await Promise.all(endpoints.map(({ seq }) => rollupsOf(seq)))).toEqual(once);
    expect(once.every(({ days }) => (days as unknown[]).length === 1)).toBe(true);
  });

  it('and transcripts are kept as long as the plan says, and another plan’s longer', async () => {
    const { seq: standard } = await makeEndpoint(300);
    const full = organizationId;
    organizationId = newId('org');
    await database.db.organization.create({ data: { id: organizationId, name: 'small', slug: organizationId, plan: 'starter' } });
    const { seq: starter } = await makeEndpoint(300);
    organizationId = full;
    const daysAgo = [1, 3, 4, 31, 32, 92, 93];
    for (const seq of [standard, starter])
      for (const ago of daysAgo) {
        const at = new Date(Date.parse('2026-11-20T00:00:00Z') - ago * DAY_MS);
        await database.db
          .$executeRaw`insert into probe_day (endpoint_seq, day, region_id, totals) values (${seq}, ${dayName(at.getTime())}::date, 1, ''::bytea)`;
        await database.db
          .$executeRaw`insert into probe_hour (endpoint_seq, day, region_id, hours) values (${seq}, ${dayName(at.getTime())}::date, 1, '{}')`;
        await database.db
          .$executeRaw`insert into probe_exchange (slot, endpoint_seq, region_id, observation, report) values (${at}, ${seq}, 1, ''::bytea, ''::bytea)`;
      }
    await dropRollups(database.db, NOW);
    const kept = async (table: string, age: string) =>
      Promise.all(
        [standard, starter].map(async (seq) => {
          const rows = await database.db.$queryRawUnsafe<{ ago: number }[]>(
            `select ('2026-11-20'::date - ${age}::date)::int as ago from ${table} where endpoint_seq = ${seq} order by 1`,
          );
          return rows.map(({ ago }) => ago);
        }),
      );
    expect(await kept('probe_day', 'day')).toEqual([daysAgo, [1, 3, 4, 31, 32, 92]]);
    expect(await kept('probe_hour', 'day')).toEqual([
      [1, 3, 4, 31, 32],
      [1, 3, 4, 31],
    ]);
    expect(await kept('probe_exchange', "(slot at time zone 'UTC')")).toEqual([daysAgo, [1, 3]]);
  });

  it('go with their endpoint', async () => {
    const { id, seq } = await makeEndpoint(300);
    const from = Date.parse('2026-11-16T00:00:00Z');
    await probes(seq, from, from + HOUR_MS, 5);
    await probes(seq, from + 3 * HOUR_MS, from + 4 * HOUR_MS, 5);
    await database.db.$transaction((tx) =>
      markLate(
        tx,
        [0, 3].map((h) => ({ seq, slot: new Date(from + h * HOUR_MS) })),
        NOW,
      ),
    );
    await rollUpAll(NOW);
    const { hours, days, silences } = await rollupsOf(seq);
    expect([hours, days, silences].map((rows) => (rows as unknown[]).length)).toEqual([1, 1, 1]);
    await database.db.$transaction((tx) => removeEndpoints(tx, actor(), [id], NOW));
    expect(await rollupsOf(seq)).toEqual({ hours: [], days: [], silences: [] });
  });
});
