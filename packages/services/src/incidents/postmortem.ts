import type { IncidentDetail } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { getIncident } from './incidents.ts';

/** Puts the text in place of the one before, which the audit log keeps; null takes it away. @throws AppError not_found. */
export async function writePostmortem(
  db: Db,
  actor: Actor,
  command: { readonly incidentId: string; readonly text: string | null },
  publicUrl: string,
  now: Date,
): Promise<IncidentDetail> {
  requireScope(actor, 'write');
  const { incidentId, text } = command;
  await db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ postmortem: string | null }[]>`
      select postmortem from incident where id = ${incidentId} and organization_id = ${actor.organizationId} for update`;
    if (before === undefined) throw new AppError('not_found', 'There is no such incident.');
    if (before.postmortem === text) return;
    const written = text === null ? null : { at: now, by: actor.label };
    await tx.incident.update({
      where: { id: incidentId },
      data: { postmortem: text, postmortemAt: written?.at ?? null, postmortemBy: written?.by ?? null },
    });
    const entry = {
      action: 'incident.postmortem_written',
      target: incidentId,
      before: { postmortem: before.postmortem },
      after: { postmortem: text },
    };
    await writeAudit(tx, actor, entry, now);
  });
  return getIncident(db, actor, incidentId, publicUrl);
}
