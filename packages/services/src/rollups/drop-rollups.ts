import { PLANS, type Plan } from '@rollcall/core';
import { type Db, Prisma } from '@rollcall/db';
import { DAY_MS, dayStart, RETENTION_DAYS } from './retention.ts';

/** When a row of the table is over. */
const AGE = { probe_hour: 'day', probe_day: 'day', probe_silence: 'ended_at' } as const;
type Table = keyof typeof AGE;

/** Which number of a plan bounds the table. */
const OF_PLAN = {
  probe_hour: 'hourlyRollups',
  probe_day: 'dailyRollups',
  probe_silence: 'dailyRollups',
} as const satisfies Record<Table, keyof Plan['retentionDays']>;

function cutoff(now: Date, days: number): string {
  return new Date(dayStart(now.getTime()) - days * DAY_MS).toISOString();
}

/** Of every organization, or of those with that plan. */
async function drop(db: Db, table: Table, before: string, plan?: string): Promise<number> {
  const name = Prisma.raw(table);
  const age = Prisma.raw(AGE[table]);
  const type = Prisma.raw(AGE[table] === 'day' ? 'date' : 'timestamptz');
  const chosen = plan === undefined ? Prisma.empty : Prisma.sql`join organization o on o.id = e.organization_id and o.plan = ${plan}`;
  // "offset 0" keeps the lookup one by the key for each endpoint: the table is never read from end to end for a few rows.
  return db.$executeRaw`
    delete from ${name} where ctid = any(array(
      select old.ctid from endpoint e ${chosen} cross join lateral (
        select r.ctid from ${name} r where r.endpoint_seq = e.seq and r.${age} < ${before}::${type} offset 0
      ) old))`;
}

/** Deletes what is beyond its retention, the installation's or the plan's. Answers with how many rows went. */
export async function dropRollups(db: Db, now: Date): Promise<number> {
  let dropped = 0;
  for (const table of Object.keys(AGE) as Table[]) {
    dropped += await drop(db, table, cutoff(now, RETENTION_DAYS[table]));
    for (const [plan, { retentionDays }] of Object.entries(PLANS)) {
      const days = retentionDays[OF_PLAN[table]];
      if (days < RETENTION_DAYS[table]) dropped += await drop(db, table, cutoff(now, days), plan);
    }
  }
  for (const [plan, { retentionDays }] of Object.entries(PLANS)) {
    if (retentionDays.exchanges >= RETENTION_DAYS.probe_exchange) continue;
    dropped += await db.$executeRaw`
      delete from probe_exchange x using endpoint e, organization o
      where o.plan = ${plan} and e.organization_id = o.id and x.endpoint_seq = e.seq and x.slot < ${cutoff(now, retentionDays.exchanges)}::timestamptz`;
  }
  return dropped;
}
