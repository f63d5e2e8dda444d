import type { Db } from '@rollcall/db';
import { addBlock, addCount, type Counts, LATENCY_CODE } from './histogram.ts';
import { dayName } from './retention.ts';
import { rolledUpToAll } from './rollup-state.ts';

/** By the endpoint's number, then by the beginning of the hour (epoch ms); an hour without a probe has no entry. */
export type HourCounts = ReadonlyMap<number, ReadonlyMap<number, Counts>>;

/**
 * What the probes of many endpoints were in each hour from `first`, the beginning of one, until `now`: whole hours from the
 * rollups, the newest from raw rows. Meant for a day or so: it reads the days whole.
 */
export async function hourCounts(db: Db, seqs: readonly number[], first: number, now: Date): Promise<HourCounts> {
  const found = new Map<number, Map<number, Counts>>();
  if (seqs.length === 0) return found;
  const rolled = await rolledUpToAll(db, seqs);
  const rawFrom = (seq: number) => Math.max(first, rolled.get(seq) ?? first);
  const at = (seq: number, hour: number): Counts => {
    const hours = found.get(seq) ?? new Map<number, Counts>();
    found.set(seq, hours);
    const counts: Counts = hours.get(hour) ?? new Map();
    hours.set(hour, counts);
    return counts;
  };
  const [blocks, raw] = await Promise.all([
    db.$queryRaw<{ seq: number; at: Date; block: Uint8Array }[]>`
      select h.endpoint_seq as seq, h.day + make_interval(hours => b.i::int - 1) as at, b.block
      from probe_hour h cross join lateral unnest(h.hours) with ordinality b(block, i)
      where h.endpoint_seq = any(${seqs}::int[]) and h.day >= ${dayName(first)}::date and b.block is not null`,
    // OFFSET keeps the planner from reading the days whole instead of the few rows of each endpoint.
    db.$queryRaw<{ seq: number; at: Date; code: number; n: number }[]>`
      select w.seq, date_trunc('hour', p.slot, 'UTC') as at, c.code, count(*)::int as n
      from unnest(${seqs}::int[], ${seqs.map((seq) => new Date(rawFrom(seq)))}::timestamptz[]) as w(seq, from_at)
      cross join lateral (select * from probe where endpoint_seq = w.seq and slot >= w.from_at and slot < ${now} offset 0) p
      cross join lateral (values (p.verdict::int), (${LATENCY_CODE})) c(code)
      where c.code is not null group by 1, 2, 3`,
  ]);
  for (const { seq, at: hour, block } of blocks) {
    const from = hour.getTime();
    if (from >= first && from < rawFrom(seq)) addBlock(at(seq, from), block);
  }
  for (const { seq, at: hour, code, n } of raw) addCount(at(seq, hour.getTime()), code, n);
  return found;
}
