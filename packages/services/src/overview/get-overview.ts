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
  const [states, open, events, toolChanges] = await Promise.all([
    lookAtStates(db, organizationId, now),
    listIncidents(db, actor, { limit: 20, status: 'open' }, publicUrl),
    db.incidentEvent.findMany({
      where: {
        type: { in: [...CHANGE_TYPES] },
        at: { gte: new Date(now.getTime() - DAY_MS) },
        // An id begins with the time at which it was made, which is after what it tells of.
        id: { gt: newId('ie', now.getTime() - DAY_MS) },
        incident: { organizationId },
      },
      include: { incident: { include: { endpoint: { select: { id: true, name: true, url: true } } } } },
      orderBy: { id: 'desc' },
      take: 10,
    }),
    unaccepted(db, organizationId, now),
  ]);
  return {
    ...states,
    openIncidents: open.data,
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

interface States {
  readonly counts: Record<string, number> | null;
  readonly slowest: { id: string; status: EndpointStatus; latency_ms: number }[];
  readonly expiring: { id: string; not_after: string }[];
}

/** How many there are of each status, the slowest, and certificates that end soon: one walk over the states of the organization. */
async function lookAtStates(db: Db, organizationId: string, now: Date): Promise<Pick<Overview, 'counts' | 'slowest' | 'certificates'>> {
  const soon = new Date(now.getTime() + SOON_DAYS * DAY_MS).toISOString();
  // Instants in RFC 3339 sort as texts.
  const [found] = await db.$queryRaw<States[]>`
    with mine as materialized (
      select e.id, s.status, s.latency_ms, case when not e.paused then s.summary #>> '{certificate,notAfter}' end as not_after
      from endpoint e join endpoint_state s on s.endpoint_id = e.id where e.organization_id = ${organizationId}
    )
    select (select jsonb_object_agg(status, n) from (select status, count(*) as n from mine group by status) c) as counts,
      (select coalesce(jsonb_agg(t), '[]') from (
        select id, status, latency_ms from mine where latency_ms is not null and status in ('up', 'degraded') order by latency_ms desc limit 5
      ) t) as slowest,
      (select coalesce(jsonb_agg(t), '[]') from (select id, not_after from mine where not_after < ${soon} order by not_after limit 5) t) as expiring`;
  const { counts, slowest, expiring } = found ?? { counts: null, slowest: [], expiring: [] };
  const endpoints = await db.endpoint.findMany({
    where: { organizationId, id: { in: [...slowest, ...expiring].map(({ id }) => id) } },
    select: { id: true, name: true, url: true },
  });
  // Who was deleted between the two questions is on no list.
  const named = (id: string) => endpoints.find((endpoint) => endpoint.id === id);
  return {
    counts: Object.fromEntries(ENDPOINT_STATUSES.map((status) => [status, counts?.[status] ?? 0])) as Record<EndpointStatus, number>,
    slowest: slowest.flatMap(({ id, status, latency_ms: latencyMs }) => {
      const endpoint = named(id);
      return endpoint === undefined ? [] : [{ endpoint, status, latencyMs }];
    }),
    certificates: expiring.flatMap(({ id, not_after: notAfter }) => {
      const endpoint = named(id);
      const at = Date.parse(notAfter);
      if (endpoint === undefined || Number.isNaN(at)) return [];
      return [{ endpoint, notAfter: new Date(at).toISOString(), daysLeft: daysLeft(at, now.getTime()) }];
    }),
  };
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
