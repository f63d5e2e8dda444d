import type { Db } from '@rollcall/db';

/** Tables partitioned by day, and how many days of each are kept by default. */
export const PARTITIONED = { probe: 14, probe_exchange: 14 } as const;
const DAYS_AHEAD = 7;
const DAY_MS = 86_400_000;
/** Lets one janitor at a time change the partitions. */
const LOCK = 7_210_553_002n;

export interface PartitionPlan {
  readonly create: readonly { readonly name: string; readonly table: string; readonly from: string; readonly to: string }[];
  readonly drop: readonly string[];
}

function day(at: Date, offset: number): string {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS + offset * DAY_MS).toISOString().slice(0, 10);
}

/** Pure: which partitions are missing from yesterday to a week ahead, and which are older than what is kept. Named `<table>_yyyymmdd`. */
export function planPartitions(existing: readonly string[], retentionDays: Readonly<Record<string, number>>, now: Date): PartitionPlan {
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
    return match?.[2] !== undefined && days !== undefined && match[2] < day(now, -days).replaceAll('-', '');
  });
  return { create, drop };
}

/** Makes and drops partitions; idempotent, and safe when several janitors run at once. */
export async function maintainPartitions(db: Db, now: Date): Promise<PartitionPlan> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
    const rows = await tx.$queryRaw<{ name: string }[]>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where p.relname = any(${Object.keys(PARTITIONED)}::text[])`;
    const plan = planPartitions(
      rows.map((row) => row.name),
      PARTITIONED,
      now,
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
    return plan;
  });
}
