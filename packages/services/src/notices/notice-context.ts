import { type Event, routeSchema } from '@rollcall/contracts';
import { type ChannelRoutes, type NoticeRoute, type QuietHours, SEVERITIES, type Severity } from '@rollcall/core';
import type { Tx } from '@rollcall/db';
import { z } from 'zod';
import { quietHoursOf } from '../channels/channel-settings.ts';

export interface NoticeChannel extends ChannelRoutes {
  readonly quietHours: QuietHours | null;
}

interface IncidentFacts {
  readonly id: string;
  readonly severity: Severity;
  readonly causeCode: string;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly cause: unknown;
  readonly affectedClients: unknown;
}

/** What decides who is told what, read once for a whole batch. */
export interface NoticeContext {
  /** By organization. */
  readonly channels: ReadonlyMap<string, readonly NoticeChannel[]>;
  readonly incidents: ReadonlyMap<string, IncidentFacts>;
  /** Incident → channel → how it came to hear of it. */
  readonly told: ReadonlyMap<string, ReadonlyMap<string, 'route' | 'escalation'>>;
  /** Endpoint → until when. */
  readonly silenced: ReadonlyMap<string, Date>;
  /** Endpoints of which a silence holds notices back. */
  readonly holding: ReadonlySet<string>;
}

type EventIncident = NonNullable<Event['data']['incident']>;

export function toEventIncident(incident: IncidentFacts, publicUrl: string): EventIncident {
  return {
    id: incident.id,
    openedAt: incident.openedAt.toISOString(),
    resolvedAt: incident.resolvedAt?.toISOString() ?? null,
    cause: incident.cause as EventIncident['cause'],
    affectedClients: incident.affectedClients as { id: string; name: string }[],
    url: `${publicUrl}/incidents/${incident.id}`,
  };
}

export async function loadNoticeContext(
  tx: Tx,
  subjects: readonly { readonly endpoint: { readonly id: string; readonly organizationId: string }; readonly incidentId: string | null }[],
  now: Date,
): Promise<NoticeContext> {
  const endpointIds = [...new Set(subjects.map(({ endpoint }) => endpoint.id))];
  const incidentIds = [...new Set(subjects.flatMap(({ incidentId }) => incidentId ?? []))];
  return {
    channels: await channelsOf(tx, [...new Set(subjects.map(({ endpoint }) => endpoint.organizationId))]),
    incidents: await incidentsOf(tx, incidentIds),
    told: await toldOf(tx, incidentIds),
    silenced: await silencedOf(tx, endpointIds, now),
    holding: await holdingOf(tx, endpointIds),
  };
}

async function channelsOf(tx: Tx, organizationIds: readonly string[]): Promise<Map<string, NoticeChannel[]>> {
  const rows = await tx.$queryRaw<{ id: string; organization_id: string; routes: unknown; quiet_hours: unknown; standby: boolean }[]>`
    select id, organization_id, routes, quiet_hours, standby from channel
    where enabled and status_page_id is null and organization_id = any(${organizationIds}::text[])`;
  const routes = z.array(routeSchema);
  const channels = new Map<string, NoticeChannel[]>();
  for (const row of rows) {
    const parsed = routes.safeParse(row.routes);
    const channel: NoticeChannel = {
      id: row.id,
      enabled: true,
      routes: (parsed.success ? parsed.data : []) as NoticeRoute[],
      standby: row.standby,
      quietHours: quietHoursOf(row.quiet_hours),
    };
    channels.set(row.organization_id, [...(channels.get(row.organization_id) ?? []), channel]);
  }
  return channels;
}

async function incidentsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, IncidentFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.incident.findMany({ where: { id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, { ...row, severity: SEVERITIES.find((severity) => severity === row.severity) ?? 'down' }]));
}

async function toldOf(tx: Tx, incidentIds: readonly string[]): Promise<Map<string, Map<string, 'route' | 'escalation'>>> {
  const told = new Map<string, Map<string, 'route' | 'escalation'>>();
  if (incidentIds.length === 0) return told;
  const rows = await tx.$queryRaw<{ incident_id: string; channel_id: string; escalated: boolean }[]>`
    select incident_id, channel_id, bool_and(follow_up = 'escalation' and follow_up is not null) as escalated from notice
    where incident_id = any(${incidentIds}::text[]) and type in ('endpoint.down', 'endpoint.degraded')
      and follow_up is distinct from 'reminder' and status <> 'withdrawn'
    group by incident_id, channel_id`;
  for (const { incident_id, channel_id, escalated } of rows) {
    const channels = told.get(incident_id) ?? new Map<string, 'route' | 'escalation'>();
    told.set(incident_id, channels.set(channel_id, escalated ? 'escalation' : 'route'));
  }
  return told;
}

async function silencedOf(tx: Tx, endpointIds: readonly string[], now: Date): Promise<Map<string, Date>> {
  const rows = await tx.$queryRaw<{ id: string; silenced_until: Date }[]>`
    select id, silenced_until from endpoint where id = any(${endpointIds}::text[]) and silenced_until > ${now}`;
  return new Map(rows.map((row) => [row.id, row.silenced_until]));
}

async function holdingOf(tx: Tx, endpointIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ endpoint_id: string }[]>`
    select distinct endpoint_id from notice where endpoint_id = any(${endpointIds}::text[]) and status = 'pending' and held_by = 'silence'`;
  return new Set(rows.map((row) => row.endpoint_id));
}
