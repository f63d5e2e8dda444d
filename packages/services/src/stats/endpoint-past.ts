import { AppError, coversEndpoint, type TimeSpan } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { loadWindows, mergedOccurrences } from '../maintenance/windows.ts';
import { silencesOf } from './silences.ts';
import { coveredMs, type Outage, type Span, union, uptimeOf } from './uptime.ts';

/** What a span of an endpoint's past was, latencies aside. */
export interface EndpointPast {
  readonly seq: number;
  /** In order of their beginnings. */
  readonly incidents: readonly PastIncident[];
  readonly outages: readonly Outage[];
  /** As planned: the first may begin before the span, the last end after it. */
  readonly maintenance: readonly TimeSpan[];
  /** Not measured, or in maintenance. */
  readonly silences: readonly Span[];
}

export interface PastIncident {
  readonly id: string;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly severity: string;
  readonly causeCode: string;
  readonly cause: unknown;
}

/** @throws AppError not_found. */
export async function loadPast(db: Db, actor: Actor, endpointId: string, span: Span): Promise<EndpointPast> {
  requireScope(actor, 'read');
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { id: true, tags: true, seq: true, intervalSeconds: true, timeoutMs: true },
  });
  if (!endpoint) throw new AppError('not_found', 'There is no such endpoint.');
  const [since, until] = [new Date(span.from), new Date(span.to)];
  const incidents = await db.incident.findMany({
    where: { endpointId, openedAt: { lt: until }, OR: [{ resolvedAt: null }, { resolvedAt: { gt: since } }] },
    select: { id: true, openedAt: true, resolvedAt: true, severity: true, causeCode: true, cause: true },
    orderBy: { openedAt: 'asc' },
  });
  const outages = incidents.map(({ openedAt, resolvedAt, severity }) => ({
    from: openedAt.getTime(),
    to: resolvedAt?.getTime() ?? span.to,
    severity,
  }));
  const windows = (await loadWindows(db, [actor.organizationId], since, until)).get(actor.organizationId) ?? [];
  const maintenance = mergedOccurrences(
    windows.filter((window) => coversEndpoint(window, endpoint)),
    span.from,
    span.to,
  );
  const measured = { seq: endpoint.seq, intervalMs: endpoint.intervalSeconds * 1000, timeoutMs: endpoint.timeoutMs };
  return { seq: endpoint.seq, incidents, outages, maintenance, silences: union(await silencesOf(db, measured, span), maintenance) };
}

/** The uptime of a part of that past, and how much of it was measured at all. Pure. */
export function countPast({ outages, maintenance, silences }: EndpointPast, span: Span) {
  return {
    ...uptimeOf(outages, silences, span),
    measuredSeconds: Math.round(Math.max(0, span.to - span.from - coveredMs(silences, span))) / 1000,
    maintenanceSeconds: Math.round(coveredMs(maintenance, span)) / 1000,
  };
}
