import type { EndpointStatus } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { rolledUpTo } from '../rollups/rollup-state.ts';
import { coveredMs, type Outage, type Span, uptimeOf } from './uptime.ts';

const DAY_MS = 86_400_000;

/** What of an endpoint its silences depend on. */
export interface Measured {
  readonly seq: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export interface HistoryDay {
  /** YYYY-MM-DD, UTC. */
  readonly date: string;
  readonly uptime: number | null;
  readonly worst: EndpointStatus;
  readonly downSeconds: number;
}

function worstOf(outages: readonly Outage[], uptime: number | null, day: Span): EndpointStatus {
  if (uptime === null) return 'no_data';
  const worst = (severity: string) =>
    coveredMs(
      outages.filter((outage) => outage.severity === severity),
      day,
    ) > 0;
  return worst('down') ? 'down' : worst('degraded') ? 'degraded' : 'up';
}

/** Every UTC day that begins in from … to, the last one up to `to`. Pure. */
export function daysOf(outages: readonly Outage[], silences: readonly Span[], { from, to }: Span): HistoryDay[] {
  const firstDay = Math.ceil(from / DAY_MS);
  return Array.from({ length: Math.floor(to / DAY_MS) - firstDay + 1 }, (_, i) => {
    const start = (firstDay + i) * DAY_MS;
    const day = { from: start, to: Math.min(start + DAY_MS, to) };
    const counted = uptimeOf(outages, silences, day);
    return { date: new Date(start).toISOString().slice(0, 10), ...counted, worst: worstOf(outages, counted.uptime, day) };
  });
}

/**
 * When the endpoint was not measured: the part of a gap between two probes beyond two intervals (and the time a probe
 * may take). A gap about as long as the one before it belongs to a longer interval that has since been changed. Gaps that
 * ended before the newest hours are in probe_silence (rollups/write-silences.ts); the others are computed from raw rows.
 */
export async function silencesOf(db: Db, endpoint: Measured, span: Span): Promise<Span[]> {
  const { seq } = endpoint;
  const patienceMs = 2 * endpoint.intervalMs + endpoint.timeoutMs;
  const rawFrom = (await rolledUpTo(db, seq)) ?? span.from - patienceMs;
  // A silence that a later probe ends reaches beyond a span that ends before the raw rows begin.
  const to = Math.max(span.to, rawFrom);
  const stored = await db.$queryRaw<{ at: Date; next: Date }[]>`
    select began_at as at, ended_at as next from probe_silence
    where endpoint_seq = ${seq} and ended_at > ${new Date(span.from)} and ended_at < ${new Date(rawFrom)} and began_at < ${new Date(span.to)}
    order by ended_at`;
  const live = await db.$queryRaw<{ at: Date; next: Date }[]>`
    with before as (
      select slot from probe where endpoint_seq = ${seq} and slot < ${new Date(rawFrom)} and verdict <> 4 order by slot desc limit 2
    ), points as (
      select slot from probe where endpoint_seq = ${seq} and slot >= ${new Date(rawFrom)} and slot < ${new Date(to)} and verdict <> 4
      union all select slot from before
      union all select max(last_at) from probe_day
        where endpoint_seq = ${seq} and day < (${new Date(rawFrom)}::timestamptz at time zone 'UTC')::date and not exists (select 1 from before) having max(last_at) is not null
    ), p as (
      select slot as at, lead(slot) over w as next, lag(slot) over w as former from points window w as (order by slot)
    )
    select at + make_interval(secs => ${patienceMs / 1000}::float8) as at, coalesce(next, ${new Date(to)}) as next from p
    where coalesce(next, ${new Date(to)}) >= ${new Date(rawFrom)}
      and coalesce(next, ${new Date(to)}) - at > make_interval(secs => ${patienceMs / 1000}::float8)
      and (next is null or former is null or next - at > 2 * (at - former) + make_interval(secs => ${endpoint.timeoutMs / 1000}::float8))
    order by at`;
  const [first] = await db.$queryRaw<{ at: Date | null }[]>`
    select least((select min(first_at) from probe_day where endpoint_seq = ${seq}),
      (select slot from probe where endpoint_seq = ${seq} and verdict <> 4 order by slot limit 1)) as at`;
  const begin = Math.min(first?.at?.getTime() ?? span.to, span.to);
  const before = begin > span.from ? [{ from: span.from, to: begin }] : [];
  const gaps = [...stored, ...live].map(({ at, next }) => ({
    from: Math.max(at.getTime(), span.from),
    to: Math.min(next.getTime(), span.to),
  }));
  return [...before, ...gaps.filter((gap) => gap.to > gap.from)];
}
