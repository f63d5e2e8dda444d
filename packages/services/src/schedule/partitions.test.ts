import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollUp } from '../rollups/roll-up.ts';
import { readRollupState } from '../rollups/rollup-state.ts';
import { maintainPartitions } from './partitions.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAYS = 9;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** As an installation is before its first janitor. */
async function forgetEverything(): Promise<void> {
  const { db } = database;
  const partitions = await db.$queryRaw<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relname ~ '_\\d{8}$'`;
  for (const { name } of partitions) await db.$executeRawUnsafe(`drop table "${name}"`);
  await db.$executeRaw`delete from installation where key = 'rollup'`;
}

describe('the first janitors of an installation', () => {
  it('make partitions and rollups at the same time without a deadlock', async () => {
    const { db } = database;
    for (let round = 0; round < 10; round += 1) {
      await forgetEverything();
      const [first, , second] = await Promise.all([
        maintainPartitions(db, NOW),
        rollUp(db, NOW),
        maintainPartitions(db, NOW),
        rollUp(db, NOW),
      ]);
      expect([first.create.length, second.create.length].sort((a, b) => a - b)).toEqual([0, 2 * DAYS]);
      expect((await readRollupState(db))?.rawFrom).toBeLessThan(NOW.getTime());
    }
  });
});
