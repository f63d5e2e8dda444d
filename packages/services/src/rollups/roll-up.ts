import type { Db, Tx } from '@rollcall/db';
import { LATENCY_CODE } from './histogram.ts';
import { closeHours } from './mark-due.ts';
import { DAY_MS, dayName, HOUR_MS } from './retention.ts';
import { readRollupState } from './rollup-state.ts';
import { writeSilences } from './write-silences.ts';

/** Endpoints a transaction: some 100,000 raw rows when a whole day is made. */
const BATCH = 100;

/** Hours of one day of some endpoints, whole: what is written about them is computed from nothing but raw rows. */
export interface Batch {
  readonly seqs: readonly number[];
  /** Epoch ms: start of the day, and the hours to compute. */
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Makes and corrects rollups, one batch; answers whether there is more to do. Idempotent, and any number of janitors may
 * call it at once: each takes what no other has in its hands.
 */
export async function rollUp(db: Db, now: Date): Promise<boolean> {
  const open = await db.$transaction((tx) => closeHours(tx, now));
  const done = await db.$transaction((tx) => rollUpBatch(tx));
  return open || done === BATCH;
}

/** Answers with how many notes of rollup_due were settled. */
async function rollUpBatch(tx: Tx): Promise<number> {
  const due = await tx.$queryRaw<{ endpoint_seq: number; day: Date; hours: number }[]>`
    select endpoint_seq, day, hours from rollup_due where day = (select min(day) from rollup_due)
    order by endpoint_seq limit ${BATCH} for update skip locked`;
  const first = due[0];
  if (first === undefined) return 0;
  const state = await readRollupState(tx);
  const day = first.day.getTime();
  if (state !== null && day >= state.rawFrom) {
    const mask = due.reduce((all, { hours }) => all | hours, 0);
    const batch: Batch = {
      seqs: due.map((row) => row.endpoint_seq),
      day,
      from: day + (31 - Math.clz32(mask & -mask)) * HOUR_MS,
      to: day + (32 - Math.clz32(mask)) * HOUR_MS,
    };
    // An endpoint is not deleted while its rollups are written.
    await tx.$queryRaw`select 1 from endpoint where seq = any(${batch.seqs}::int[]) order by seq for key share`;
    await writeHours(tx, batch);
    await writeSilences(tx, batch);
    if (day + DAY_MS <= state.closedTo) await writeDays(tx, batch);
  }
  await tx.$executeRaw`delete from rollup_due where day = ${dayName(day)}::date and endpoint_seq = any(${due.map((row) => row.endpoint_seq)}::int[])`;
  return due.length;
}

async function writeHours(tx: Tx, { seqs, day, from, to }: Batch): Promise<void> {
  await tx.$executeRaw`
    with counted as (
      select p.endpoint_seq, p.region_id, date_part('hour', p.slot at time zone 'UTC')::int as hour, p.verdict::int as verdict, ${LATENCY_CODE} as latency, count(*) as n
      from probe p where p.endpoint_seq = any(${seqs}::int[]) and p.slot >= ${new Date(from)} and p.slot < ${new Date(to)} group by 1, 2, 3, 4, 5
    ), pairs as (
      select endpoint_seq, region_id, hour, c.code, sum(n)::int as n from counted cross join lateral (values (verdict), (latency)) c(code)
      where c.code is not null group by 1, 2, 3, 4
    ), blocks as (
      -- A pair counts to 255; int2send takes the two bytes as a signed number.
      select endpoint_seq, region_id, hour,
        string_agg(int2send((code * 256 + least(255, n - 255 * k) - case when code > 127 then 65536 else 0 end)::int2), ''::bytea order by code, k) as block
      from pairs cross join lateral generate_series(0, (n - 1) / 255) k group by 1, 2, 3
    )
    insert into probe_hour as h (endpoint_seq, day, region_id, hours)
    select r.endpoint_seq, ${dayName(day)}::date, r.region_id, array_agg(b.block order by g.hour)
    from (select distinct endpoint_seq, region_id from blocks) r cross join generate_series(0, 23) g(hour)
    left join blocks b on b.endpoint_seq = r.endpoint_seq and b.region_id = r.region_id and b.hour = g.hour
    group by 1, 2, 3 order by 1, 3
    on conflict (endpoint_seq, day, region_id) do update set hours = (
      select array_agg(coalesce(n.block, o.block) order by n.i)
      from unnest(excluded.hours) with ordinality n(block, i) left join unnest(h.hours) with ordinality o(block, i) on o.i = n.i)`;
}

/** The day as the sum of its hours. */
async function writeDays(tx: Tx, { seqs, day }: Batch): Promise<void> {
  const from = new Date(day);
  const to = new Date(day + DAY_MS);
  await tx.$executeRaw`
    with counts as (
      select h.endpoint_seq, h.region_id, get_byte(b.block, 2 * i) as code, sum(get_byte(b.block, 2 * i + 1))::int as n
      from probe_hour h cross join lateral unnest(h.hours) b(block) cross join lateral generate_series(0, length(b.block) / 2 - 1) i
      where h.endpoint_seq = any(${seqs}::int[]) and h.day = ${dayName(day)}::date and b.block is not null
      group by 1, 2, 3
    ), totals as (
      select endpoint_seq, region_id,
        string_agg(int2send((code * 256 + least(255, n - 255 * k) - case when code > 127 then 65536 else 0 end)::int2), ''::bytea order by code, k) as totals
      from counts cross join lateral generate_series(0, (n - 1) / 255) k group by 1, 2
    ), ends as (
      select p.endpoint_seq, p.region_id, min(p.slot) as first_at, max(p.slot) as last_at from probe p
      where p.endpoint_seq = any(${seqs}::int[]) and p.slot >= ${from} and p.slot < ${to} and p.verdict <> 4 group by 1, 2
    )
    insert into probe_day (endpoint_seq, day, region_id, first_at, last_at, totals)
    select t.endpoint_seq, ${dayName(day)}::date, t.region_id, e.first_at, e.last_at, t.totals
    from totals t left join ends e on e.endpoint_seq = t.endpoint_seq and e.region_id = t.region_id order by 1, 3
    on conflict (endpoint_seq, day, region_id) do update set first_at = excluded.first_at, last_at = excluded.last_at, totals = excluded.totals`;
}
