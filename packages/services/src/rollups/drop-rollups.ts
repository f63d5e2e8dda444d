import { type Db, Prisma } from '@rollcall/db';
import { DAY_MS, dayStart, RETENTION_DAYS } from './retention.ts';

/** When a row of the table is over. */
const AGE = { probe_hour: 'day', probe_day: 'day', probe_silence: 'ended_at' } as const;
type Table = keyof typeof AGE;

/** Deletes rollups beyond their retention. Answers with how many rows went. */
export async function dropRollups(db: Db, now: Date): Promise<number> {
  let dropped = 0;
  for (const table of Object.keys(AGE) as Table[]) {
    const before = new Date(dayStart(now.getTime()) - RETENTION_DAYS[table] * DAY_MS).toISOString();
    const name = Prisma.raw(table);
    const age = Prisma.raw(AGE[table]);
    const type = Prisma.raw(AGE[table] === 'day' ? 'date' : 'timestamptz');
    // "offset 0" keeps the lookup one by the key for each endpoint: the table is never read from end to end for a few rows.
    dropped += await db.$executeRaw`
      delete from ${name} where ctid = any(array(
        select old.ctid from endpoint e cross join lateral (
          select r.ctid from ${name} r where r.endpoint_seq = e.seq and r.${age} < ${before}::${type} offset 0
        ) old))`;
  }
  return dropped;
}
