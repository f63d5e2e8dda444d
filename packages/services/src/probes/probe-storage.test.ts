import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDb, migrate } from '@rollcall/db';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maintainPartitions } from '../schedule/partitions.ts';
import { encodeDetail } from './probe-detail.ts';
import { type ProbeRow, toProbe } from './probe-row.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('a row of the running day', () => {
  it('takes 120 bytes with its index at most, however far the day has come', async () => {
    const { db } = database;
    await maintainPartitions(db, new Date('2026-11-20T12:00:00Z'));
    // A probe over HTTPS with all seven steps, as a recorder writes them: in the order of time, a minute after the other.
    const detail = encodeDetail({
      kind: 'scheduled',
      era: 'legacy',
      steps: { dns: 40, tcp: 220, tls: 450, handshake: 900, initialized: 300, list: 1200, close: 250 },
      toolCount: 42,
      startOffsetMs: 410,
      durationMs: 340,
      failedStep: null,
    });
    const sizes: number[] = [];
    for (let hour = 0; hour < 8; hour += 1) {
      await db.$executeRaw`
        insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
        select timestamptz '2026-11-20T00:00:00Z' + make_interval(hours => ${hour}::int, mins => k) + make_interval(secs => n % 60), (n * 7919) % 503, 3110, 1, 0, ${detail}::bytea
        from generate_series(0, 59) k cross join lateral (select n from generate_series(1, 500) n order by n % 60) e`;
      const [row] = await db.$queryRaw<{ bytes: number }[]>`
        select pg_total_relation_size('probe_20261120')::float8 / (select count(*) from probe_20261120) as bytes`;
      sizes.push(row?.bytes ?? Number.NaN);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(120);
  }, 30_000);
});

const MIGRATIONS = join(import.meta.dirname, '../../../../prisma/migrations');
const NARROW = '20261121162000_narrow_probes';
const WIDE = ['slot', 'start_offset_ms', 'duration_ms', 'dns', 'tcp', 'tls', 'handshake', 'initialized', 'list', 'close', 'tool_count'];

describe('rows that were written before rows were narrow', () => {
  it('are all there afterwards and read the same', async () => {
    const url = new URL(database.url);
    url.pathname = `${url.pathname}_wide`;
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(`create database "${url.pathname.slice(1)}"`);
      await carryOver(url.href);
    } finally {
      await client.query(`drop database if exists "${url.pathname.slice(1)}" with (force)`);
      await client.end();
    }
  });

  async function carryOver(url: string): Promise<void> {
    const names = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name));
    await migrate(url, MIGRATIONS, new Set(names.filter((name) => name < NARROW)));
    const db = createDb(url, { max: 2 });
    try {
      await db.$executeRawUnsafe(
        `create table "probe_20261120" partition of "probe" for values from ('2026-11-20 00:00:00+00') to ('2026-11-21 00:00:00+00')`,
      );
      // Every width that a number can have, at both its edges, and null, in each column; half of it in the default partition.
      const edges = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 0x3fffffff];
      const rows = Array.from({ length: 66 }, (_, n) => {
        const pick = (k: number) => ((n + k) % 12 === 11 ? null : (edges[(n * (k + 1) + k) % 11] as number));
        return {
          slot: new Date(Date.parse('2026-11-20T23:59:00.123Z') + (n % 2) * 86_400_000 - n * 60_000),
          start_offset_ms: (n % 3 === 0 ? -1 : 1) * (pick(0) ?? 0),
          duration_ms: n % 5 === 0 ? 0x7fffffff : (pick(1) ?? 0),
          ...Object.fromEntries(WIDE.slice(3).map((name, k) => [name, pick(k)])),
          kind: n % 3,
          verdict: n % 5,
          era: [null, 0, 1][n % 3],
          failed_step: n % 4 === 0 ? 'tools/list' : null,
          cause: n % 5 === 2 ? 'tcp.refused' : null,
        };
      });
      await db.$executeRaw`
        insert into probe (slot, endpoint_seq, start_offset_ms, duration_ms, dns, tcp, tls, handshake, initialized, list, close,
          tool_count, region_id, kind, verdict, era, failed_step, cause)
        select slot, 2147483647, start_offset_ms, duration_ms, dns, tcp, tls, handshake, initialized, list, close,
          tool_count, 32767, kind, verdict, era, failed_step, cause
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(slot timestamptz, start_offset_ms int, duration_ms int,
          dns int, tcp int, tls int, handshake int, initialized int, list int, close int,
          tool_count int, kind smallint, verdict smallint, era smallint, failed_step text, cause text)`;
      await migrate(url, MIGRATIONS);
      const found = await db.$queryRaw<(ProbeRow & { part: string })[]>`select *, tableoid::regclass::text as part from probe`;
      expect(new Set(found.map(({ part }) => part))).toEqual(new Set(['probe_default', 'probe_20261120']));
      expect(found).toHaveLength(rows.length);
      const bySlot = new Map(found.map((row) => [row.slot.getTime(), row]));
      for (const wide of rows) expect(shown(bySlot.get(wide.slot.getTime()) as ProbeRow)).toEqual(expected(wide));
      // The janitor goes on where it was: no partition is made twice, and the indexes have the names that it knows.
      const { create } = await maintainPartitions(db, new Date('2026-11-20T12:00:00Z'));
      expect(create.map(({ name }) => name)).not.toContain('probe_20261120');
      expect(create.map(({ name }) => name)).toContain('probe_20261121');
      expect(
        await db.$queryRaw`select relname from pg_class where relname ~ '^probe_.*(wide|_not)' or relname = 'probe_20261120_pkey'`,
      ).toEqual([{ relname: 'probe_20261120_pkey' }]);
      expect(await db.$queryRaw`select count(*)::int as n from probe_20261121`).toEqual([{ n: 33 }]);
    } finally {
      await db.$disconnect();
    }
  }

  function shown(row: ProbeRow) {
    return { ...toProbe('ep_1', 'default', row), latency: row.latency };
  }

  /** How a row of columns was shown. */
  function expected(wide: Record<string, unknown> & { slot: Date }) {
    const names = ['dns', 'tcp', 'tls', 'handshake', 'initialized', 'list', 'close'];
    const handshake = wide['era'] === 1 ? 'discover' : 'initialize';
    const at = wide.slot.getTime();
    const good = wide['verdict'] === 0 || wide['verdict'] === 1;
    const sum = names.slice(0, 6).reduce((total, name) => total + ((wide[name] as number | null) ?? 0), 0);
    return {
      id: expect.stringMatching(/^pr_/),
      endpointId: 'ep_1',
      region: 'default',
      kind: ['scheduled', 'recheck', 'manual'][wide['kind'] as number],
      slot: wide.slot.toISOString(),
      startedAt: new Date(at + (wide['start_offset_ms'] as number)).toISOString(),
      durationMs: wide['duration_ms'],
      verdict: ['up', 'degraded', 'down', 'gated', 'unknown'][wide['verdict'] as number],
      cause: wide['cause'],
      toolCount: wide['tool_count'],
      steps: names.flatMap((column) => {
        const value = wide[column] as number | null;
        const name = column === 'handshake' ? handshake : column === 'list' ? 'tools/list' : column;
        return value === null ? [] : [{ name, ms: value / 10, ok: wide['failed_step'] !== name }];
      }),
      latency: good ? Math.min(sum, 0x7fffffff) : null,
    };
  }
});
