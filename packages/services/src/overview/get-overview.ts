import { causeSchema, type Overview } from '@rollcall/contracts';
import { daysLeft, ENDPOINT_STATUSES, type EndpointStatus } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { toToolChange } from '../drift/change-row.ts';
import { listIncidents } from '../incidents/incidents.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const DRIFT_DAYS = 7;
const CHANGE_TYPES = ['opened', 'resolved', 'cause_changed', 'severity_changed'] as const;

/** What the first screen needs, in one answer of bounded size. */
export async function getOverview(db: Db, actor: Actor, publicUrl: string, now: Date): Promise<Overview> {
  requireScope(actor, 'read');
  const { organizationId } = actor;
  const [counts, open, slowest, events, certificates, toolChanges] = await Promise.all([
    db.$queryRaw<{ status: string; n: number }[]>`
      select s.status, count(*)::int as n from endpoint_state s join endpoint e on e.id = s.endpoint_id
      where e.organization_id = ${organizationId} group by s.status`,
    listIncidents(db, actor, { limit: 20, status: 'open' }, publicUrl),
    db.$queryRaw<{ id: string; name: string; url: string; status: string; latency_ms: number }[]>`
      select e.id, e.name, e.url, s.status, s.latency_ms from endpoint_state s join endpoint e on e.id = s.endpoint_id
      where e.organization_id = ${organizationId} and s.latency_ms is not null and s.status in ('up', 'degraded') order by s.latency_ms desc limit 5`,
    db.incidentEvent.findMany({
      where: { type: { in: [...CHANGE_TYPES] }, at: { gte: new Date(now.getTime() - DAY_MS) }, incident: { organizationId } },
      include: { incident: { include: { endpoint: { select: { id: true, name: true, url: true } } } } },
      orderBy: { id: 'desc' },
      take: 10,
    }),
    expiring(db, organizationId, now),
    unaccepted(db, organizationId, now),
  ]);
  const byStatus = new Map(counts.map((row) => [row.status, row.n]));
  return {
    counts: Object.fromEntries(ENDPOINT_STATUSES.map((status) => [status, byStatus.get(status) ?? 0])) as Record<EndpointStatus, number>,
    openIncidents: open.data,
    slowest: slowest.map((row) => ({
      endpoint: { id: row.id, name: row.name, url: row.url },
      status: row.status as EndpointStatus,
      latencyMs: row.latency_ms,
    })),
    certificates,
    toolChanges,
    recentChanges: events.map((event) => {
      const cause = causeSchema.safeParse(event.incident.cause);
      const code = event.incident.causeCode;
      return {
        at: event.at.toISOString(),
        endpoint: event.incident.endpoint,
        type: event.type as (typeof CHANGE_TYPES)[number],
        incidentId: event.incidentId,
        cause: { code, title: cause.success ? cause.data.title : code, severity: event.incident.severity },
      };
    }),
  };
}

/** Instants in RFC 3339 sort as texts. */
async function expiring(db: Db, organizationId: string, now: Date): Promise<Overview['certificates']> {
  const rows = await db.$queryRaw<{ id: string; name: string; url: string; not_after: string }[]>`
    select e.id, e.name, e.url, s.summary #>> '{certificate,notAfter}' as not_after from endpoint_state s join endpoint e on e.id = s.endpoint_id
    where e.organization_id = ${organizationId} and not e.paused and s.summary #>> '{certificate,notAfter}' < ${new Date(now.getTime() + SOON_DAYS * DAY_MS).toISOString()}
    order by 4 limit 5`;
  return rows.flatMap(({ not_after: notAfter, ...endpoint }) => {
    const at = Date.parse(notAfter);
    if (Number.isNaN(at)) return [];
    return [{ endpoint, notAfter: new Date(at).toISOString(), daysLeft: daysLeft(at, now.getTime()) }];
  });
}

async function unaccepted(db: Db, organizationId: string, now: Date): Promise<Overview['toolChanges']> {
  const rows = await db.toolChange.findMany({
    // An id begins with the time at which it was made.
    where: { organizationId, acknowledgedAt: null, id: { gt: newId('tc', now.getTime() - DRIFT_DAYS * DAY_MS) } },
    include: { endpoint: { select: { id: true, name: true, url: true } } },
    orderBy: { id: 'desc' },
    take: 5,
  });
  return rows.map((row) => {
    const change = toToolChange(row);
    return { id: change.id, at: change.at, endpoint: row.endpoint, class: change.class, summary: change.summary };
  });
}
