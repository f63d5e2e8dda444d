import type { Db, Tx } from '@rollcall/db';
import { DAY_MS, dayName, dayStart, RETENTION_DAYS } from '../rollups/retention.ts';
import { lockRollupState, type RollupState, writeRollupState } from '../rollups/rollup-state.ts';

/** Tables partitioned by day, and how many days of each are kept. */
export const PARTITIONED = { probe: RETENTION_DAYS.probe, probe_exchange: RETENTION_DAYS.probe_exchange } as const;
const DAYS_AHEAD = 7;
/** Lets one janitor at a time change the partitions. */
const LOCK = 7_210_553_002n;

export interface PartitionPlan {
  readonly create: readonly { readonly name: string; readonly table: string; readonly from: string; readonly to: string }[];
  readonly drop: readonly string[];
}

function day(at: Date, offset: number): string {
  return dayName(dayStart(at.getTime()) + offset * DAY_MS);
}

/**
 * Pure: which partitions are missing from yesterday to a week ahead, and which are older than what is kept. Named
 * `<table>_yyyymmdd`. Probes are kept from `neededFrom` (epoch ms) on, however old: they are not in the rollups yet.
 */
export function planPartitions(
  existing: readonly string[],
  retentionDays: Readonly<Record<string, number>>,
  now: Date,
  neededFrom = Number.POSITIVE_INFINITY,
): PartitionPlan {
  const neededDay = neededFrom === Number.POSITIVE_INFINITY ? '99999999' : dayName(neededFrom).replaceAll('-', '');
  const have = new Set(existing);
  const create = Object.keys(retentionDays).flatMap((table) =>
    Array.from({ length: DAYS_AHEAD + 2 }, (_, i) => i - 1).flatMap((offset) => {
      const from = day(now, offset);
      const name = `${table}_${from.replaceAll('-', '')}`;
      return have.has(name) ? [] : [{ name, table, from, to: day(now, offset + 1) }];
    }),
  );
  const drop = existing.filter((name) => {
    const match = /^(.+)_(\d{8})$/.exec(name);
    const days = match?.[1] === undefined ? undefined : retentionDays[match[1]];
    return (
      match?.[2] !== undefined &&
      days !== undefined &&
      match[2] < day(now, -days).replaceAll('-', '') &&
      (match[1] !== 'probe' || match[2] < neededDay)
    );
  });
  return { create, drop };
}

/** Makes and drops partitions; idempotent, and safe when several janitors run at once. */
export async function maintainPartitions(db: Db, now: Date): Promise<PartitionPlan> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
    const state = await lockRollupState(tx, now);
    const neededFrom = await rawNeededFrom(tx, state);
    const rows = await tx.$queryRaw<{ name: string }[]>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where p.relname = any(${Object.keys(PARTITIONED)}::text[])`;
    const plan = planPartitions(
      rows.map((row) => row.name),
      PARTITIONED,
      now,
      neededFrom,
    );
    for (const { name, table, from, to } of plan.create) {
      // Rows of that day that came before their partition are in the default one and have to move.
      await tx.$executeRawUnsafe(`create table "${name}" (like "${table}" including defaults including constraints)`);
      await tx.$executeRawUnsafe(
        `with moved as (delete from "${table}_default" where slot >= '${from} 00:00:00+00' and slot < '${to} 00:00:00+00' returning *) insert into "${name}" select * from moved`,
      );
      await tx.$executeRawUnsafe(
        `alter table "${table}" attach partition "${name}" for values from ('${from} 00:00:00+00') to ('${to} 00:00:00+00')`,
      );
    }
    for (const name of plan.drop) await tx.$executeRawUnsafe(`drop table "${name}"`);
    const rawFrom = Math.min(dayStart(now.getTime()) - PARTITIONED.probe * DAY_MS, neededFrom);
    await tx.$executeRaw`delete from probe_default where slot < ${new Date(rawFrom)}`;
    await tx.$executeRaw`delete from probe_exchange_default where slot < ${new Date(day(now, -PARTITIONED.probe_exchange))}`;
    if (rawFrom > state.rawFrom) await writeRollupState(tx, { ...state, rawFrom }, now);
    return plan;
  });
}

/** Start of the first day that is not rolled up completely, or is not rolled up right any more. */
async function rawNeededFrom(tx: Tx, state: RollupState): Promise<number> {
  const [due] = await tx.$queryRaw<
    { day: Date | null }[]
  >`select min(day) as day from rollup_due where day >= ${dayName(state.rawFrom)}::date`;
  return Math.min(dayStart(state.closedTo), due?.day?.getTime() ?? Number.POSITIVE_INFINITY);
}
