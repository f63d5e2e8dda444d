import { type Db, Prisma } from '@rollcall/db';
import { rolledUpToAll } from '../rollups/rollup-state.ts';
import type { Span } from './uptime.ts';

/** What of an endpoint its silences depend on. */
export interface Measured {
  readonly seq: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** As `silencesOfAll`, of one endpoint. */
export async function silencesOf(db: Db, endpoint: Measured, span: Span): Promise<Span[]> {
  return (await silencesOfAll(db, [endpoint], span)).get(endpoint.seq) ?? [];
}

/**
 * When each endpoint (by its number) was not measured: the part of a gap between two probes beyond two intervals (and the
 * time a probe may take). A gap about as long as the one before it belongs to a longer interval that has since been changed.
 * Gaps that ended before the newest hours are in probe_silence (rollups/write-silences.ts); the others are computed from raw
 * rows. However many endpoints it is asked about, it asks the database four times.
 */
export async function silencesOfAll(db: Db, endpoints: readonly Measured[], span: Span): Promise<Map<number, Span[]>> {
  if (endpoints.length === 0) return new Map();
  const seqs = endpoints.map(({ seq }) => seq);
  const rolled = await rolledUpToAll(db, seqs);
  const patienceMs = endpoints.map(({ intervalMs, timeoutMs }) => 2 * intervalMs + timeoutMs);
  const rawFrom = endpoints.map(({ seq }, i) => rolled.get(seq) ?? span.from - (patienceMs[i] as number));
  // A silence that a later probe ends reaches beyond a span that ends before the raw rows begin.
  const until = rawFrom.map((from) => new Date(Math.max(span.to, from)));
  const watched = Prisma.sql`
    select seq, raw_from, until, make_interval(secs => patience / 1000) as patience, make_interval(secs => timeout / 1000) as timeout
    from unnest(${seqs}::int[], ${rawFrom.map((from) => new Date(from))}::timestamptz[], ${until}::timestamptz[],
      ${patienceMs}::float8[], ${endpoints.map(({ timeoutMs }) => timeoutMs)}::float8[]) as w(seq, raw_from, until, patience, timeout)`;
  const [stored, live, firsts] = await Promise.all([storedGaps(db, watched, span), liveGaps(db, watched), firstProbes(db, seqs)]);
  const silences = new Map<number, Span[]>(
    endpoints.map(({ seq }) => {
      const begin = Math.min(firsts.get(seq) ?? span.to, span.to);
      return [seq, begin > span.from ? [{ from: span.from, to: begin }] : []];
    }),
  );
  for (const { seq, at, next } of [...stored, ...live]) {
    const gap = { from: Math.max(at.getTime(), span.from), to: Math.min(next.getTime(), span.to) };
    if (gap.to > gap.from) silences.get(seq)?.push(gap);
  }
  return silences;
}

// OFFSET 0 in the lateral questions keeps the planner from reading tables whole instead of the few rows of each endpoint.

interface Gap {
  readonly seq: number;
  readonly at: Date;
  readonly next: Date;
}

async function storedGaps(db: Db, watched: Prisma.Sql, span: Span): Promise<Gap[]> {
  return db.$queryRaw<Gap[]>`
    with w as (${watched})
    select w.seq, s.began_at as at, s.ended_at as next from w cross join lateral (
      select began_at, ended_at from probe_silence
      where endpoint_seq = w.seq and ended_at > ${new Date(span.from)} and ended_at < w.raw_from and began_at < ${new Date(span.to)} offset 0
    ) s
    order by 1, 3`;
}

async function liveGaps(db: Db, watched: Prisma.Sql): Promise<Gap[]> {
  return db.$queryRaw<Gap[]>`
    with w as (${watched}), before as (
      select w.seq, b.slot from w cross join lateral (
        select p.slot from region r cross join lateral (
          select slot from probe where endpoint_seq = w.seq and region_id = r.id and slot < w.raw_from and verdict <> 4 order by slot desc limit 2
        ) p order by p.slot desc limit 2
      ) b
    ), points as (
      select w.seq, p.slot from w cross join lateral (
        select slot from probe where endpoint_seq = w.seq and slot >= w.raw_from and slot < w.until and verdict <> 4 offset 0
      ) p
      union all select seq, slot from before
      -- Where raw rows are gone the day still knows its last one.
      union all select v.seq, d.last_at from (select * from w where not exists (select 1 from before where before.seq = w.seq)) v cross join lateral (
        select last_at from probe_day where endpoint_seq = v.seq and day < (v.raw_from at time zone 'UTC')::date and last_at is not null order by day desc, last_at desc limit 1
      ) d
    ), p as (
      select seq, slot as at, lead(slot) over o as next, lag(slot) over o as former from points window o as (partition by seq order by slot)
    )
    select w.seq, p.at + w.patience as at, coalesce(p.next, w.until) as next from p join w on w.seq = p.seq
    where coalesce(p.next, w.until) >= w.raw_from and coalesce(p.next, w.until) - p.at > w.patience
      and (p.next is null or p.former is null or p.next - p.at > 2 * (p.at - p.former) + w.timeout)
    order by 1, 2`;
}

/** When each was measured first, as far as that is still known. */
async function firstProbes(db: Db, seqs: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.$queryRaw<{ seq: number; at: Date | null }[]>`
    select w.seq, coalesce(
      (select first_at from probe_day where endpoint_seq = w.seq and first_at is not null order by day, first_at limit 1),
      (select min(p.slot) from region r cross join lateral (
        select slot from probe where endpoint_seq = w.seq and region_id = r.id and verdict <> 4 order by slot limit 1
      ) p)) as at
    from unnest(${seqs}::int[]) as w(seq)`;
  return new Map(rows.flatMap(({ seq, at }) => (at === null ? [] : [[seq, at.getTime()]])));
}
