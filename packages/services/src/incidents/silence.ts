import type { IncidentDetail, Silence } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { moveSilence } from '../notices/held-notices.ts';
import { getIncident } from './incidents.ts';
import { openIncidentsOfMatter } from './matter.ts';

const MINUTE_MS = 60_000;

/**
 * For so many minutes from now nobody is told anything new of the endpoint; probes go on. What is still wrong when it ends is told
 * then. `minutes` null ends it. @throws AppError
 */
export async function silenceEndpoint(
  db: Db,
  actor: Actor,
  command: { readonly endpointId: string; readonly minutes: number | null },
  now: Date,
): Promise<Silence> {
  requireScope(actor, 'write');
  const { endpointId, minutes } = command;
  const until = minutes === null ? null : new Date(now.getTime() + minutes * MINUTE_MS);
  await db.$transaction(async (tx) => {
    // Behind the batch that is being recorded, so that what it writes is moved as well.
    await tx.$queryRaw`select 1 from endpoint_state where endpoint_id = ${endpointId} for update`;
    const { count } = await tx.endpoint.updateMany({
      where: { id: endpointId, organizationId: actor.organizationId },
      data: { silencedUntil: until, silencedBy: until === null ? null : actor.label },
    });
    if (count === 0) throw new AppError('not_found', 'There is no such endpoint.');
    await moveSilence(tx, endpointId, until ?? now);
    const entry = { action: until === null ? 'endpoint.unsilenced' : 'endpoint.silenced', target: endpointId };
    await writeAudit(tx, actor, until === null ? entry : { ...entry, after: { until: until.toISOString() } }, now);
  });
  return { until: until?.toISOString() ?? null, by: until === null ? null : actor.label };
}

/** @throws AppError not_found. */
export async function getSilence(db: Db, actor: Actor, endpointId: string, now: Date): Promise<Silence> {
  requireScope(actor, 'read');
  const row = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { silencedUntil: true, silencedBy: true },
  });
  if (!row) throw new AppError('not_found', 'There is no such endpoint.');
  const on = row.silencedUntil !== null && row.silencedUntil > now;
  return { until: on ? (row.silencedUntil?.toISOString() ?? null) : null, by: on ? row.silencedBy : null };
}

/**
 * For so many minutes nobody is reminded of the incident and it is not escalated; nor are those told in one message with it.
 * `minutes` null ends it. @throws AppError not_found, or conflict when it is over.
 */
export async function snoozeIncident(
  db: Db,
  actor: Actor,
  command: { readonly incidentId: string; readonly minutes: number | null },
  publicUrl: string,
  now: Date,
): Promise<IncidentDetail> {
  requireScope(actor, 'write');
  const { incidentId, minutes } = command;
  const until = minutes === null ? null : new Date(now.getTime() + minutes * MINUTE_MS);
  await db.$transaction(async (tx) => {
    const known = await tx.incident.findFirst({ where: { id: incidentId, organizationId: actor.organizationId } });
    if (!known) throw new AppError('not_found', 'There is no such incident.');
    if (known.resolvedAt !== null) throw new AppError('conflict', 'This incident is over.');
    const ids = await openIncidentsOfMatter(tx, actor.organizationId, incidentId);
    await tx.incident.updateMany({ where: { id: { in: ids } }, data: { snoozedUntil: until } });
    await tx.incidentEvent.createMany({
      data: ids.map((id) => ({
        id: newId('ie', now.getTime()),
        incidentId: id,
        at: now,
        type: 'snoozed',
        actor: actor.label,
        data: { until: until?.toISOString() ?? null },
      })),
    });
    const after = { until: until?.toISOString() ?? null, incidents: ids.length };
    await writeAudit(tx, actor, { action: until === null ? 'incident.unsnoozed' : 'incident.snoozed', target: incidentId, after }, now);
  });
  return getIncident(db, actor, incidentId, publicUrl);
}
