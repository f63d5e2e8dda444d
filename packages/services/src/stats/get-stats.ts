import type { STATS_WINDOWS, Stats } from '@rollcall/contracts';
import { AppError, coversEndpoint } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { loadWindows, mergedOccurrences } from '../maintenance/windows.ts';
import { daysOf, silencesOf } from './history.ts';
import { latencyIn } from './latency.ts';
import { union, uptimeOf } from './uptime.ts';

export type StatsWindow = (typeof STATS_WINDOWS)[number];

const DAY_MS = 86_400_000;
const WINDOW_MS: Readonly<Record<StatsWindow, number>> = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS, '90d': 90 * DAY_MS };
/** Width of one point of the latency series. */
const BUCKET_SECONDS: Readonly<Record<StatsWindow, number>> = { '24h': 900, '7d': 3600 * 2, '30d': 3600 * 8, '90d': 86_400 };

/** Uptime from confirmed incidents and what was measured, latency from raw rows and rollups. @throws AppError not_found. */
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
  const { latencyMs, series } = await latencyIn(db, endpoint.seq, { from, to }, BUCKET_SECONDS[window]);
  const probed = { seq: endpoint.seq, intervalMs: endpoint.intervalSeconds * 1000, timeoutMs: endpoint.timeoutMs };
  const windows = (await loadWindows(db, [actor.organizationId], since, now)).get(actor.organizationId) ?? [];
  const maintenance = mergedOccurrences(
    windows.filter((window) => coversEndpoint(window, endpoint)),
    from,
    to,
  );
  const silences = union(await silencesOf(db, probed, { from, to }), maintenance);
  return {
    window,
    ...uptimeOf(outages, silences, { from, to }),
    latencyMs,
    days: daysOf(outages, silences, { from, to }),
    series,
  };
}
