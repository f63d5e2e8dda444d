import type { ToolChange } from '@rollcall/contracts';
import { AppError, acceptBaseline } from '@rollcall/core';
import type { Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { pgJson } from '../probes/pg-json.ts';
import { toToolChange } from './change-row.ts';
import { summaryOfEndpoint } from './find-endpoint.ts';
import { loadSnapshots } from './store-snapshots.ts';

/**
 * What the change led to is the new baseline, and the changes before it are accepted with it. Saying it again changes nothing.
 * @throws AppError forbidden, not_found.
 */
export async function acknowledgeToolChange(db: Db, actor: Actor, endpointId: string, changeId: string, now: Date): Promise<ToolChange> {
  requireScope(actor, 'write');
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from endpoint_state where endpoint_id = ${endpointId} for update`;
    const summary = await summaryOfEndpoint(tx, actor, endpointId);
    const where = { id: changeId, endpointId, organizationId: actor.organizationId };
    const change = await tx.toolChange.findFirst({ where });
    if (!change) throw new AppError('not_found', 'There is no such change of tools.');
    if (change.acknowledgedAt !== null) return toToolChange(change);
    await tx.toolChange.updateMany({
      where: { endpointId, organizationId: actor.organizationId, id: { lte: changeId }, acknowledgedAt: null },
      data: { acknowledgedAt: now, acknowledgedBy: actor.label },
    });
    const accepted = (await loadSnapshots(tx, actor.organizationId, [change.toHash])).get(change.toHash);
    const { drift } = summary;
    // A change from before the endpoint became another server says nothing about this one.
    if (drift !== null && accepted !== undefined && change.at.getTime() >= drift.since) {
      const next = { ...summary, drift: acceptBaseline(drift, change.toHash, accepted.count) };
      const stored = JSON.parse(pgJson(next)) as Prisma.InputJsonObject;
      await tx.endpointState.update({ where: { endpointId }, data: { summary: stored } });
    }
    const shown = toToolChange(await tx.toolChange.findUniqueOrThrow({ where: { id: changeId } }));
    const after = { endpoint: endpointId, class: shown.class, summary: shown.summary };
    await writeAudit(tx, actor, { action: 'tool_change.acknowledged', target: changeId, after }, now);
    return shown;
  });
}
