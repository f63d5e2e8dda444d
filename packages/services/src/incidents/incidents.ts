import { type Cause, causeSchema, type Incident, type IncidentDetail, incidentEventSchema, type Page } from '@rollcall/contracts';
import { AppError, type EndpointStatus } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';
import { writeNotices } from '../probes/insert-notices.ts';
import { openIncidentsOfMatter } from './matter.ts';

const withEndpoint = { endpoint: { select: { id: true, name: true, url: true } } } satisfies Prisma.IncidentInclude;
export const withTimeline = { ...withEndpoint, events: { orderBy: { id: 'asc' } } } satisfies Prisma.IncidentInclude;
type Row = Prisma.IncidentGetPayload<{ include: typeof withEndpoint }>;

function causeOf(row: { cause: unknown; causeCode: string }): Cause {
  const parsed = causeSchema.safeParse(row.cause);
  if (parsed.success) return parsed.data;
  const code = row.causeCode;
  return {
    code,
    layer: 'prober',
    severity: 'down',
    confidence: 'certain',
    title: code,
    explanation: '',
    evidence: {},
    fixes: [],
    references: [],
    docs: `/docs/causes/${code}`,
  };
}

export function toIncident(row: Row, publicUrl: string): Incident {
  return {
    id: row.id,
    endpoint: row.endpoint,
    status: row.resolvedAt ? 'resolved' : 'open',
    severity: row.severity,
    openedAt: row.openedAt.toISOString(),
    confirmedAt: row.confirmedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    cause: causeOf(row),
    affectedClients: row.affectedClients as { id: string; name: string }[],
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    url: `${publicUrl}/incidents/${row.id}`,
  };
}

export interface ListIncidentsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: 'open' | 'resolved' | undefined;
  readonly endpoint?: string | undefined;
}

/** Newest first. */
export async function listIncidents(db: Db, actor: Actor, query: ListIncidentsQuery, publicUrl: string): Promise<Page<Incident>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('inc', query.cursor);
  const rows = await db.incident.findMany({
    where: {
      organizationId: actor.organizationId,
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      ...(query.status === undefined ? {} : { resolvedAt: query.status === 'open' ? null : { not: null } }),
      ...(query.endpoint === undefined ? {} : { endpointId: query.endpoint }),
    },
    include: withEndpoint,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => toIncident(row, publicUrl));
}

/** With its timeline, oldest first. @throws AppError not_found. */
export async function getIncident(db: Db, actor: Actor, id: string, publicUrl: string): Promise<IncidentDetail> {
  requireScope(actor, 'read');
  const row = await db.incident.findFirst({ where: { id, organizationId: actor.organizationId }, include: withTimeline });
  if (!row) throw new AppError('not_found', 'There is no such incident.');
  return toIncidentDetail(row, publicUrl);
}

export function toIncidentDetail(row: Prisma.IncidentGetPayload<{ include: typeof withTimeline }>, publicUrl: string): IncidentDetail {
  const timeline = row.events.map((event) =>
    incidentEventSchema.parse({ id: event.id, at: event.at.toISOString(), type: event.type, actor: event.actor, data: event.data }),
  );
  const postmortem =
    row.postmortem === null ? null : { text: row.postmortem, at: (row.postmortemAt ?? row.openedAt).toISOString(), by: row.postmortemBy };
  return { ...toIncident(row, publicUrl), timeline, postmortem };
}

/** The others on call learn that somebody has it, while it still matters; once, however many incidents it is. */
async function tellOthers(tx: Tx, incidentIds: readonly string[], publicUrl: string, now: Date): Promise<void> {
  const rows = await tx.incident.findMany({
    where: { id: { in: [...incidentIds] }, resolvedAt: null },
    include: { endpoint: { include: { state: true } } },
    orderBy: { id: 'asc' },
  });
  const groupKeys = rows.length > 1 ? [`acknowledged/${rows[0]?.id}/${now.getTime()}`] : [];
  const subjects = rows.map(({ id, endpoint }) => {
    const status = (endpoint.state?.status ?? 'down') as EndpointStatus;
    return {
      endpoint,
      incidentId: id,
      planned: { type: 'incident.acknowledged' as const, from: status, to: status, at: now.getTime() },
      ...(groupKeys.length > 0 ? { groupKeys } : {}),
    };
  });
  await writeNotices(tx, subjects, { publicUrl, now });
}

/**
 * Somebody has it, and with it all that was told in one message. The first acknowledgement stands; saying it again changes
 * nothing. @throws AppError
 */
export async function acknowledgeIncident(db: Db, actor: Actor, id: string, publicUrl: string, now: Date): Promise<IncidentDetail> {
  requireScope(actor, 'write');
  await db.$transaction(async (tx) => {
    const wanted = [...new Set([id, ...(await openIncidentsOfMatter(tx, actor.organizationId, id))])];
    const taken = await tx.$queryRaw<{ id: string }[]>`
      update incident set acknowledged_at = ${now}, acknowledged_by = ${actor.label}
      where id = any(${wanted}::text[]) and organization_id = ${actor.organizationId} and acknowledged_at is null returning id`;
    if (taken.length === 0) return;
    await tx.incidentEvent.createMany({
      data: taken.map((incident) => ({
        id: newId('ie', now.getTime()),
        incidentId: incident.id,
        at: now,
        type: 'acknowledged',
        actor: actor.label,
      })),
    });
    await writeAudit(
      tx,
      actor,
      { action: 'incident.acknowledged', target: id, ...(taken.length > 1 ? { after: { incidents: taken.length } } : {}) },
      now,
    );
    await tellOthers(
      tx,
      taken.map((incident) => incident.id),
      publicUrl,
      now,
    );
  });
  return getIncident(db, actor, id, publicUrl);
}

/** Adds a note to the timeline. @throws AppError */
export async function addIncidentNote(
  db: Db,
  actor: Actor,
  id: string,
  text: string,
  publicUrl: string,
  now: Date,
): Promise<IncidentDetail> {
  requireScope(actor, 'write');
  await db.$transaction(async (tx) => {
    const known = await tx.incident.findFirst({ where: { id, organizationId: actor.organizationId }, select: { id: true } });
    if (!known) throw new AppError('not_found', 'There is no such incident.');
    await tx.incidentEvent.create({
      data: { id: newId('ie', now.getTime()), incidentId: id, at: now, type: 'note', actor: actor.label, data: { text } },
    });
    await writeAudit(tx, actor, { action: 'incident.noted', target: id, after: { text } }, now);
  });
  return getIncident(db, actor, id, publicUrl);
}
