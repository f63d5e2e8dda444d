import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPartitions } from './pack-partitions.ts';
import { maintainPartitions } from './partitions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NOW = new Date('2026-11-20T12:00:00Z');

describe('the index of a day that is over', () => {
  it('is packed once, with nothing lost and nobody kept waiting; the running day is left alone', async () => {
    const { db } = database;
    await maintainPartitions(db, NOW);
    // In the order of time, as probers bring them.
    await db.$executeRaw`
      insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
      select timestamptz '2026-11-19T00:00:00Z' + make_interval(mins => k) + make_interval(secs => e % 60), (e * 7919) % 503, 100, 1, 0, ''
      from generate_series(0, 239) k cross join generate_series(1, 500) e on conflict do nothing`;
    await db.$executeRaw`
      insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
      select slot + interval '1 day', endpoint_seq, latency, region_id, verdict, detail from probe where slot < ${NOW}`;
    await db.$executeRawUnsafe('analyze probe_20261119');
    await db.$executeRawUnsafe('analyze probe_20261120');
    const size = async () => {
      const [row] = await db.$queryRaw<{ bytes: number; rows: number }[]>`
        select pg_indexes_size('probe_20261119')::int as bytes, (select count(*)::int from probe_20261119) as rows`;
      return row as { bytes: number; rows: number };
    };
    const before = await size();
    // A reader that holds its lock the whole time.
    const [packed] = await Promise.all([packPartitions(db, NOW), db.$queryRaw`select count(*)::int from probe, pg_sleep(0.2)`]);
    expect(packed).toEqual(['probe_20261119']);
    const after = await size();
    expect(after.rows).toBe(before.rows);
    expect(after.bytes).toBeLessThan(before.bytes * 0.75);
    expect(after.bytes / after.rows).toBeLessThan(29);
    expect(await packPartitions(db, NOW)).toEqual([]);
  });
});
