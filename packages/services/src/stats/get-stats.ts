import type { STATS_WINDOWS, Stats } from '@rollcall/contracts';
import { AppError, coversEndpoint } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { loadWindows, mergedOccurrences } from '../maintenance/windows.ts';
import { daysOf, silencesOf } from './history.ts';
import { union, uptimeOf } from './uptime.ts';

export type StatsWindow = (typeof STATS_WINDOWS)[number];

const DAY_MS = 86_400_000;
const WINDOW_MS: Readonly<Record<StatsWindow, number>> = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS, '90d': 90 * DAY_MS };
/** Width of one point of the latency series. */
const BUCKET_SECONDS: Readonly<Record<StatsWindow, number>> = { '24h': 900, '7d': 3600 * 2, '30d': 3600 * 8, '90d': 86_400 };

const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

/** Uptime from confirmed incidents, latency from the probes kept. @throws AppError not_found. */
export async function getStats(db: Db, actor: Actor, endpointId: string, window: StatsWindow, now: Date): Promise<Stats> {
  requireScope(actor, 'read');
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { id: true, tags: true, seq: true, intervalSeconds: true, timeoutMs: true },
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
  const probed = { seq: endpoint.seq, intervalMs: endpoint.intervalSeconds * 1000, timeoutMs: endpoint.timeoutMs };
  const windows = (await loadWindows(db, [actor.organizationId], since, now)).get(actor.organizationId) ?? [];
  const maintenance = mergedOccurrences(
    windows.filter((window) => coversEndpoint(window, endpoint)),
    from,
    to,
  );
  const silences = union(await silencesOf(db, probed, { from, to }), maintenance);
  const found = latency[0];
  return {
    window,
    ...uptimeOf(outages, silences, { from, to }),
    latencyMs: { p50: round(found?.p50 ?? null), p95: round(found?.p95 ?? null), p99: round(found?.p99 ?? null) },
    days: daysOf(outages, silences, { from, to }),
    series: series.map((point) => ({
      at: point.at.toISOString(),
      p50: round(point.p50),
      p95: round(point.p95),
      failures: point.failures,
      probes: point.probes,
    })),
  };
}
