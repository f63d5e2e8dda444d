import { AppError } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit, writeAudits } from '../access/write-audit.ts';
import { toEndpoint, withState } from './to-endpoint.ts';

/** Deletes the endpoint with its state, incidents and schedule; its raw probe rows follow by the janitor (eraseProbes). @throws AppError */
export async function deleteEndpoint(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await db.$transaction(async (tx) => {
    const gone = await removeEndpoints(tx, actor, [id], now);
    if (gone.length === 0) throw new AppError('not_found', 'There is no such endpoint.');
  });
}

/** Within a transaction. Answers with the ids that were there and were the organization's own. */
export async function removeEndpoints(tx: Tx, actor: Actor, ids: readonly string[], now: Date): Promise<string[]> {
  const where = { id: { in: [...ids] }, organizationId: actor.organizationId };
  // In the order of the ids: two such deletions, or one and a batch being recorded, never wait for each other.
  await tx.$queryRaw`
    select 1 from endpoint_state s join endpoint e on e.id = s.endpoint_id
    where e.organization_id = ${actor.organizationId} and e.id = any(${[...ids]}) order by s.endpoint_id for update of s`;
  const rows = await tx.endpoint.findMany({ where, include: withState });
  if (rows.length === 0) return [];
  await tx.endpoint.deleteMany({ where });
  const entries = rows.map((row) => ({ action: 'endpoint.deleted', target: row.id, before: { ...toEndpoint(row), state: undefined } }));
  await writeAudits(tx, actor, entries, now);
  return rows.map(({ id }) => id);
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
