import type { STATS_WINDOWS, Stats } from '@rollcall/contracts';
import { AppError, type EndpointStatus } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';

export type StatsWindow = (typeof STATS_WINDOWS)[number];

const DAY_MS = 86_400_000;
const WINDOW_MS: Readonly<Record<StatsWindow, number>> = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS, '90d': 90 * DAY_MS };
/** Width of one point of the latency series. */
const BUCKET_SECONDS: Readonly<Record<StatsWindow, number>> = { '24h': 900, '7d': 3600 * 2, '30d': 3600 * 8, '90d': 86_400 };

interface Outage {
  readonly from: number;
  readonly to: number;
  readonly severity: string;
}

/** Seconds of the span that outages of this severity cover; incidents of one endpoint never overlap. */
export function coveredSeconds(outages: readonly Outage[], severity: string, from: number, to: number): number {
  const ms = outages
    .filter((outage) => outage.severity === severity)
    .reduce((sum, outage) => sum + Math.max(0, Math.min(outage.to, to) - Math.max(outage.from, from)), 0);
  return ms / 1000;
}

/** uptime = 1 − down seconds / monitored seconds of the span (docs/uptime.md); null where nothing was monitored. */
export function uptimeOf(
  outages: readonly Outage[],
  monitoredFrom: number,
  from: number,
  to: number,
): { uptime: number | null; downSeconds: number } {
  const start = Math.max(from, monitoredFrom);
  if (to <= start) return { uptime: null, downSeconds: 0 };
  const downSeconds = coveredSeconds(outages, 'down', start, to);
  return { uptime: Math.max(0, 1 - downSeconds / ((to - start) / 1000)), downSeconds };
}

function worstOf(outages: readonly Outage[], probed: boolean, from: number, to: number): EndpointStatus {
  if (coveredSeconds(outages, 'down', from, to) > 0) return 'down';
  if (coveredSeconds(outages, 'degraded', from, to) > 0) return 'degraded';
  return probed ? 'up' : 'no_data';
}

const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

/** Uptime from confirmed incidents, latency from the probes kept. @throws AppError not_found. */
export async function getStats(db: Db, actor: Actor, endpointId: string, window: StatsWindow, now: Date): Promise<Stats> {
  requireScope(actor, 'read');
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { seq: true, createdAt: true },
  });
  if (!endpoint) throw new AppError('not_found', 'There is no such endpoint.');
  const to = now.getTime();
  const from = to - WINDOW_MS[window];
  const since = new Date(from);
  const incidents = await db.incident.findMany({
    where: { endpointId, openedAt: { lt: now }, OR: [{ resolvedAt: null }, { resolvedAt: { gt: since } }] },
    select: { openedAt: true, resolvedAt: true, severity: true },
  });
  const outages = incidents.map((incident) => ({
    from: incident.openedAt.getTime(),
    to: incident.resolvedAt?.getTime() ?? to,
    severity: incident.severity,
  }));
  const latency = await db.$queryRaw<{ p50: number | null; p95: number | null; p99: number | null }[]>`
    with l as (select (coalesce(dns, 0) + coalesce(tcp, 0) + coalesce(tls, 0) + coalesce(handshake, 0) + coalesce(initialized, 0) + coalesce(list, 0)) / 10.0 as ms
      from probe where endpoint_seq = ${endpoint.seq} and slot >= ${since} and verdict in (0, 1))
    select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95, percentile_cont(0.99) within group (order by ms) as p99 from l`;
  const series = await db.$queryRaw<{ at: Date; p50: number | null; p95: number | null; failures: number; probes: number }[]>`
    select date_bin(make_interval(secs => ${BUCKET_SECONDS[window]}::int), slot, timestamptz '2020-01-01') as at,
      percentile_cont(0.5) within group (order by case when verdict in (0, 1) then (coalesce(dns, 0) + coalesce(tcp, 0) + coalesce(tls, 0) + coalesce(handshake, 0) + coalesce(initialized, 0) + coalesce(list, 0)) / 10.0 end) as p50,
      percentile_cont(0.95) within group (order by case when verdict in (0, 1) then (coalesce(dns, 0) + coalesce(tcp, 0) + coalesce(tls, 0) + coalesce(handshake, 0) + coalesce(initialized, 0) + coalesce(list, 0)) / 10.0 end) as p95,
      (count(*) filter (where verdict = 2))::int as failures, count(*)::int as probes
    from probe where endpoint_seq = ${endpoint.seq} and slot >= ${since} group by 1 order by 1`;
  const probedDays = new Set(series.map((point) => point.at.toISOString().slice(0, 10)));
  const monitoredFrom = endpoint.createdAt.getTime();
  const firstDay = Math.floor(from / DAY_MS) + 1;
  const days = Array.from({ length: Math.floor(to / DAY_MS) - firstDay + 1 }, (_, i) => {
    const start = (firstDay + i) * DAY_MS;
    const end = Math.min(start + DAY_MS, to);
    const date = new Date(start).toISOString().slice(0, 10);
    return { date, ...uptimeOf(outages, monitoredFrom, start, end), worst: worstOf(outages, probedDays.has(date), start, end) };
  });
  const found = latency[0];
  return {
    window,
    ...uptimeOf(outages, monitoredFrom, from, to),
    latencyMs: { p50: round(found?.p50 ?? null), p95: round(found?.p95 ?? null), p99: round(found?.p99 ?? null) },
    days,
    series: series.map((point) => ({
      at: point.at.toISOString(),
      p50: round(point.p50),
      p95: round(point.p95),
      failures: point.failures,
      probes: point.probes,
    })),
  };
}
