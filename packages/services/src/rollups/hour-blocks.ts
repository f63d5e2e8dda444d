import type { Db } from '@rollcall/db';
import { blockOf, LATENCY_CODE } from './histogram.ts';
import { dayName, HOUR_MS } from './retention.ts';
import { rolledUpToAll } from './rollup-state.ts';

/** By the endpoint's number, then by the beginning of the hour (epoch ms); an hour without a probe has no entry. */
export type HourBlocks = ReadonlyMap<number, ReadonlyMap<number, readonly Uint8Array[]>>;

/**
 * What the probes of many endpoints were in each hour from `first`, the beginning of one, until `now`: whole hours from the
 * rollups, the newest from raw rows. Meant for a day or so: it reads the days whole.
 */
export async function hourBlocks(db: Db, seqs: readonly number[], first: number, now: Date): Promise<HourBlocks> {
  const found = new Map<number, Map<number, Uint8Array[]>>();
  if (seqs.length === 0) return found;
  const rolled = await rolledUpToAll(db, seqs);
  const rawFrom = (seq: number) => Math.max(first, rolled.get(seq) ?? first);
  const add = (seq: number, hour: number, block: Uint8Array) => {
    const hours = found.get(seq) ?? new Map<number, Uint8Array[]>();
    found.set(seq, hours);
    const blocks = hours.get(hour);
    if (blocks === undefined) hours.set(hour, [block]);
    else blocks.push(block);
  };
  const [days, raw] = await Promise.all([
    // As one text a day: what the driver makes of an array of bytes takes seven times as long as all the rest.
    db.$queryRaw<{ seq: number; day: Date; hours: string }[]>`
      select h.endpoint_seq as seq, h.day, array_to_string(array(
        select encode(b.block, 'base64') from unnest(h.hours) with ordinality b(block, n) order by b.n
      ), ',', '') as hours
      from probe_hour h
      where h.endpoint_seq = any(${seqs}::int[]) and h.day >= ${dayName(first)}::date`,
    // OFFSET keeps the planner from reading the days whole instead of the few rows of each endpoint.
    db.$queryRaw<{ seq: number; at: Date; counts: string }[]>`
      select seq, at, string_agg(code || ' ' || n, ',') as counts from (
        select w.seq, date_trunc('hour', p.slot, 'UTC') as at, c.code, count(*) as n
        from unnest(${seqs}::int[], ${seqs.map((seq) => new Date(rawFrom(seq)))}::timestamptz[]) as w(seq, from_at)
        cross join lateral (select * from probe where endpoint_seq = w.seq and slot >= w.from_at and slot < ${now} offset 0) p
        cross join lateral (values (p.verdict::int), (${LATENCY_CODE})) c(code)
        where c.code is not null group by 1, 2, 3
      ) counted group by 1, 2`,
  ]);
  for (const { seq, day, hours } of days) {
    for (const [n, block] of hours.split(',').entries()) {
      const from = day.getTime() + n * HOUR_MS;
      if (block !== '' && from >= first && from < rawFrom(seq)) add(seq, from, Buffer.from(block, 'base64'));
    }
  }
  for (const { seq, at, counts } of raw) {
    for (const pair of counts.split(',')) {
      const [code = 0, n = 0] = pair.split(' ').map(Number);
      add(seq, at.getTime(), blockOf(code, n));
    }
  }
  return found;
}
