import type { Stats } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { addBlock, addCount, addCounts, type Counts, LATENCY_CODE, noCounts, quantile, verdictsIn } from '../rollups/histogram.ts';
import { hourBlocks } from '../rollups/hour-blocks.ts';
import { DAY_MS, dayName, dayStart, HOUR_MS } from '../rollups/retention.ts';
import { rolledUpTo } from '../rollups/rollup-state.ts';
import type { Span } from './uptime.ts';

type Latency = Pick<Stats, 'latencyMs' | 'series'>;

const ORIGIN = Date.parse('2020-01-01T00:00:00Z');
const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

/**
 * Quantiles of what good probes took, over the span and by steps of `bucketSeconds`. A day is read from raw rows and
 * exact. Longer spans begin with the whole hour and are right within QUANTILE_ERROR: the newest hours are read from raw
 * rows, whole days from daily rollups where the steps are days, the rest from hourly ones.
 */
export async function latencyIn(db: Db, seq: number, span: Span, bucketSeconds: number): Promise<Latency> {
  return span.to - span.from <= DAY_MS ? exactLatency(db, seq, span, bucketSeconds) : rolledLatency(db, seq, span, bucketSeconds);
}

async function exactLatency(db: Db, seq: number, { from }: Span, bucketSeconds: number): Promise<Latency> {
  const rows = await db.$queryRaw<
    { at: Date | null; p50: number | null; p95: number | null; p99: number | null; failures: number; probes: number }[]
  >`
    with l as (
      select date_bin(make_interval(secs => ${bucketSeconds}::int), p.slot, ${new Date(ORIGIN)}::timestamptz) as at, p.verdict,
        p.latency / 10.0 as ms
      from probe p where p.endpoint_seq = ${seq} and p.slot >= ${new Date(from)}
    )
    select at, percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95,
      percentile_cont(0.99) within group (order by ms) as p99, (count(*) filter (where verdict = 2))::int as failures, count(*)::int as probes
    from l group by grouping sets ((at), ()) order by at`;
  const whole = rows.find((row) => row.at === null);
  return {
    latencyMs: { p50: round(whole?.p50 ?? null), p95: round(whole?.p95 ?? null), p99: round(whole?.p99 ?? null) },
    series: rows.flatMap(({ at, p50, p95, p99, failures, probes }) =>
      at === null ? [] : [{ at: at.toISOString(), p50: round(p50), p95: round(p95), p99: round(p99), failures, probes }],
    ),
  };
}

async function rolledLatency(db: Db, seq: number, { from, to }: Span, bucketSeconds: number): Promise<Latency> {
  const begin = Math.floor(from / HOUR_MS) * HOUR_MS;
  const rawFrom = Math.max(begin, (await rolledUpTo(db, seq)) ?? begin);
  const buckets = new Map<number, Counts>();
  const bucketAt = (at: number): Counts => {
    const start = ORIGIN + Math.floor((at - ORIGIN) / (bucketSeconds * 1000)) * bucketSeconds * 1000;
    const counts = buckets.get(start) ?? noCounts();
    buckets.set(start, counts);
    return counts;
  };
  // The first day is cut by the span and the last one by the raw rows: whole days lie between.
  const wholeDays = bucketSeconds * 1000 === DAY_MS;
  const firstWhole = dayStart(begin - 1) + DAY_MS;
  const lastWhole = dayStart(rawFrom);
  const hours = await db.$queryRaw<{ at: Date; block: Uint8Array }[]>`
    select h.day + make_interval(hours => b.i::int - 1) as at, b.block from probe_hour h cross join lateral unnest(h.hours) with ordinality b(block, i)
    where h.endpoint_seq = ${seq} and h.day >= ${dayName(begin)}::date and h.day <= ${dayName(rawFrom)}::date and b.block is not null
      and not (${wholeDays}::boolean and h.day >= ${dayName(firstWhole)}::date and h.day < ${dayName(lastWhole)}::date)`;
  for (const { at, block } of hours) if (at.getTime() >= begin && at.getTime() < rawFrom) addBlock(bucketAt(at.getTime()), block);
  if (wholeDays) {
    const days = await db.$queryRaw<{ day: Date; totals: Uint8Array }[]>`
      select day, totals from probe_day where endpoint_seq = ${seq} and day >= ${dayName(firstWhole)}::date and day < ${dayName(lastWhole)}::date`;
    for (const { day, totals } of days) addBlock(bucketAt(day.getTime()), totals);
  }
  const raw = await db.$queryRaw<{ at: Date; code: number; n: number }[]>`
    select date_trunc('hour', p.slot, 'UTC') as at, c.code, count(*)::int as n
    from probe p cross join lateral (values (p.verdict::int), (${LATENCY_CODE})) c(code)
    where p.endpoint_seq = ${seq} and p.slot >= ${new Date(rawFrom)} and p.slot < ${new Date(to)} and c.code is not null group by 1, 2`;
  for (const { at, code, n } of raw) addCount(bucketAt(at.getTime()), code, n);
  const whole = noCounts();
  for (const counts of buckets.values()) addCounts(whole, counts);
  return {
    latencyMs: { p50: round(quantile(whole, 0.5)), p95: round(quantile(whole, 0.95)), p99: round(quantile(whole, 0.99)) },
    series: [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([at, counts]) => ({
        at: new Date(at).toISOString(),
        p50: round(quantile(counts, 0.5)),
        p95: round(quantile(counts, 0.95)),
        p99: round(quantile(counts, 0.99)),
        ...verdictsIn(counts),
      })),
  };
}

export interface HourlyLatency {
  /** Median of each of the last 24 hours, the running one last; null without a good probe. */
  readonly hours: readonly (number | null)[];
  /** Of all of them together. */
  readonly p50Ms: number | null;
}
const HOURS = 24;

/** Medians of many endpoints, by their numbers, right within QUANTILE_ERROR. */
export async function latencyByHour(db: Db, seqs: readonly number[], now: Date): Promise<Map<number, HourlyLatency>> {
  const first = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
  const found = await hourBlocks(db, seqs, first, now);
  // One sheet to count on for every hour: a page of a hundred components asks for thousands.
  const counts = noCounts();
  return new Map(
    seqs.map((seq) => {
      const whole = noCounts();
      const medianAt = (at: number) => {
        const blocks = found.get(seq)?.get(at);
        if (blocks === undefined) return null;
        counts.fill(0);
        for (const block of blocks) addBlock(counts, block);
        addCounts(whole, counts);
        return round(quantile(counts, 0.5));
      };
      const hours = Array.from({ length: HOURS }, (_, n) => medianAt(first + n * HOUR_MS));
      return [seq, { hours, p50Ms: round(quantile(whole, 0.5)) }];
    }),
  );
}
