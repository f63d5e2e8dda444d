import type { EndpointStatus } from '@rollcall/core';
import type { Db } from '@rollcall/db';
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
 * may take). A gap about as long as the one before it belongs to a longer interval that has since been changed.
 */
export async function silencesOf(db: Db, endpoint: Measured, span: Span): Promise<Span[]> {
  const patienceMs = 2 * endpoint.intervalMs + endpoint.timeoutMs;
  const rows = await db.$queryRaw<{ at: Date; next: Date }[]>`
    with p as (
      select slot as at, lead(slot) over w as next, lag(slot) over w as former
      from probe where endpoint_seq = ${endpoint.seq} and slot >= ${new Date(span.from - patienceMs)} and slot < ${new Date(span.to)}
        and verdict <> 4 window w as (order by slot)
    )
    select at, coalesce(next, ${new Date(span.to)}) as next from p
    where coalesce(next, ${new Date(span.to)}) - at > make_interval(secs => ${patienceMs / 1000}::float8)
      and (next is null or former is null or next - at > 2 * (at - former) + make_interval(secs => ${endpoint.timeoutMs / 1000}::float8))
    order by at`;
  const first = await db.$queryRaw<{ at: Date | null }[]>`
    select min(slot) as at from probe where endpoint_seq = ${endpoint.seq} and slot >= ${new Date(span.from - patienceMs)} and verdict <> 4`;
  const begin = Math.min(first[0]?.at?.getTime() ?? span.to, span.to);
  const before = begin > span.from ? [{ from: span.from, to: begin }] : [];
  return [...before, ...rows.map(({ at, next }) => ({ from: at.getTime() + patienceMs, to: next.getTime() }))];
}
