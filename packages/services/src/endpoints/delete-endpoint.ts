import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { toEndpoint, withState } from './to-endpoint.ts';

/** Deletes the endpoint with its state, incidents and schedule; its probe rows fall out of the range by retention. @throws AppError */
export async function deleteEndpoint(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from endpoint_state where endpoint_id = ${id} for update`;
    const row = await tx.endpoint.findFirst({ where: { id, organizationId: actor.organizationId }, include: withState });
    if (!row) throw new AppError('not_found', 'There is no such endpoint.');
    await tx.endpoint.delete({ where: { id } });
    await writeAudit(tx, actor, { action: 'endpoint.deleted', target: id, before: { ...toEndpoint(row), state: undefined } }, now);
  });
}

/** The demonstration goes with one click and stays away. Answers with how many endpoints went. */
export async function deleteDemo(db: Db, actor: Actor, now: Date): Promise<number> {
  requireScope(actor, 'write');
  return db.$transaction(async (tx) => {
    const { count } = await tx.endpoint.deleteMany({ where: { organizationId: actor.organizationId, demo: true } });
    await writeAudit(tx, actor, { action: 'demo.deleted', target: actor.organizationId, before: { endpoints: count } }, now);
    return count;
  });
}
