import { createEndpointSchema } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopesOf } from '../access/actor.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { getStats, getUptime } from './get-stats.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const MINUTE = 60_000;
let database: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  database = await testDatabase();
  organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'o', slug: organizationId } });
});
afterAll(() => database.close());

const actor = () => ({ organizationId, kind: 'api_key' as const, id: 'key_x', label: 'x', role: null, scopes: scopesOf(['read']) });

async function makeEndpoint(intervalSeconds = 60): Promise<{ id: string; seq: number }> {
  const input = createEndpointSchema.parse({ name: 'e', url: 'https://a.example/mcp', intervalSeconds, timeoutMs: 1000 });
  const deps = { sealer: createSealer(Buffer.alloc(32, 1).toString('base64')), region: 'default' };
  const id = await database.db.$transaction((tx) => insertEndpoint(tx, deps, organizationId, input, { demo: false, now: NOW }));
  return database.db.endpoint.findUniqueOrThrow({ where: { id }, select: { id: true, seq: true } });
}

/** One good probe every `everyMinutes`, from so many minutes ago until so many minutes ago. */
async function probes(seq: number, fromAgo: number, toAgo: number, everyMinutes = 1): Promise<void> {
  await database.db.$executeRaw`
    insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
    select at, ${seq}, 150, 1, 0, ''
    from generate_series(${new Date(NOW.getTime() - fromAgo * MINUTE)}::timestamptz, ${new Date(NOW.getTime() - toAgo * MINUTE)}::timestamptz, make_interval(mins => ${everyMinutes}::int)) as at`;
}

describe('getStats', () => {
  it('has no uptime for an endpoint that was never measured', async () => {
    const { id } = await makeEndpoint();
    const stats = await getStats(database.db, actor(), id, '7d', NOW);
    expect(stats).toMatchObject({ uptime: null, downSeconds: 0, latencyMs: { p50: null } });
    expect(stats.days.every((day) => day.uptime === null && day.worst === 'no_data')).toBe(true);
  });

  it('divides the confirmed downtime by the measured time and leaves silence out', async () => {
    const { id, seq } = await makeEndpoint();
    await probes(seq, 240, 180);
    await probes(seq, 60, 0);
    await database.db.incident.create({
      data: {
        id: newId('inc'),
        organizationId,
        endpointId: id,
        severity: 'down',
        openedAt: new Date(NOW.getTime() - 210 * MINUTE),
        confirmedAt: new Date(NOW.getTime() - 209 * MINUTE),
        resolvedAt: new Date(NOW.getTime() - 190 * MINUTE),
        causeCode: 'tcp.refused',
        cause: {},
      },
    });
    const stats = await getStats(database.db, actor(), id, '24h', NOW);
    expect(stats.downSeconds).toBe(1200);
    // Measured: 60 min + two intervals and the timeout of patience, then 60 min.
    expect(stats.uptime).toBeCloseTo(1 - 1200 / (122 * 60 + 1), 6);
    expect(stats.latencyMs.p50).toBe(15);
    expect(stats.series.reduce((sum, point) => sum + point.probes, 0)).toBe(122);
    expect(stats.measuredSeconds).toBe(122 * 60 + 1);
    expect(stats.bands).toEqual([
      {
        kind: 'incident',
        from: new Date(NOW.getTime() - 210 * MINUTE).toISOString(),
        to: new Date(NOW.getTime() - 190 * MINUTE).toISOString(),
        incident: { id: expect.any(String), severity: 'down', title: 'tcp.refused' },
      },
    ]);
  });

  it('says how slow the slowest of a point were', async () => {
    const { id, seq } = await makeEndpoint();
    await probes(seq, 60, 0);
    await database.db
      .$executeRaw`update probe set latency = 10000 where endpoint_seq = ${seq} and slot = ${new Date(NOW.getTime() - 30 * MINUTE)}`;
    const { series } = await getStats(database.db, actor(), id, '24h', NOW);
    const slow = series.find(({ at }) => at === new Date(NOW.getTime() - 30 * MINUTE).toISOString());
    expect(slow).toMatchObject({ p50: 15, probes: 15 });
    // Between the slowest and the next of fifteen probes (percentile_cont).
    expect(slow?.p99).toBeGreaterThan(800);
    expect(slow?.p99).toBeGreaterThan(Number(slow?.p95));
  });

  it('tells the windows at once, with what of each was measured', async () => {
    const { id, seq } = await makeEndpoint();
    await probes(seq, 60, 0);
    const { windows, days } = await getUptime(database.db, actor(), id, NOW);
    expect(windows.map(({ window, uptime, measuredSeconds }) => [window, uptime, measuredSeconds])).toEqual(
      ['24h', '7d', '30d', '90d'].map((window) => [window, 1, 3600]),
    );
    expect(days).toHaveLength(90);
    await expect(getUptime(database.db, { ...actor(), organizationId: newId('org') }, id, NOW)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('takes the regular gaps of a longer interval, since shortened, for what they are', async () => {
    const { id, seq } = await makeEndpoint(60);
    await probes(seq, 1440, 30, 30);
    await probes(seq, 20, 0);
    const stats = await getStats(database.db, actor(), id, '24h', NOW);
    expect(stats.uptime).toBe(1);
  });
});
