import { AppError } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { openIncidentsOfMatter } from './matter.ts';

/**
 * Nobody has it any more: reminders and the chain go on as if nobody had, and so for all that the same acknowledgement took. What
 * was to tell of that acknowledgement and has not gone out is withdrawn. Where there is none nothing changes. @throws AppError
 * not_found, or conflict when it is over.
 */
export async function unacknowledgeIncident(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await db.$transaction(async (tx) => {
    const known = await tx.incident.findFirst({ where: { id, organizationId: actor.organizationId } });
    if (!known) throw new AppError('not_found', 'There is no such incident.');
    if (known.resolvedAt !== null) throw new AppError('conflict', 'This incident is over.');
    const { acknowledgedAt, acknowledgedBy } = known;
    if (acknowledgedAt === null) return;
    const matter = await openIncidentsOfMatter(tx, actor.organizationId, id);
    const freed = await tx.$queryRaw<{ id: string }[]>`
      update incident set acknowledged_at = null, acknowledged_by = null
      where id = any(${matter}::text[]) and organization_id = ${actor.organizationId} and resolved_at is null
        and acknowledged_at = ${acknowledgedAt} and acknowledged_by is not distinct from ${acknowledgedBy} returning id`;
    if (freed.length === 0) return;
    const ids = freed.map((incident) => incident.id);
    await tx.incidentEvent.createMany({
      data: ids.map((incidentId) => ({
        id: newId('ie', now.getTime()),
        incidentId,
        at: now,
        type: 'unacknowledged',
        actor: actor.label,
      })),
    });
    await tx.$executeRaw`
      update notice set status = 'withdrawn', next_attempt_at = null, group_open = false
      where incident_id = any(${ids}::text[]) and type = 'incident.acknowledged' and status = 'pending' and attempts = 0
        and (lease_until is null or lease_until <= ${now})`;
    const before = { acknowledgedAt: acknowledgedAt.toISOString(), acknowledgedBy };
    const after = ids.length > 1 ? { after: { incidents: ids.length } } : {};
    await writeAudit(tx, actor, { action: 'incident.unacknowledged', target: id, before, ...after }, now);
  });
}
