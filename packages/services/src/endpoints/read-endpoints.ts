import type { Endpoint } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { toEndpoint, withState } from './to-endpoint.ts';

/** @throws AppError not_found, also for another organization's. */
export async function getEndpoint(db: Db, actor: Actor, id: string): Promise<Endpoint> {
  requireScope(actor, 'read');
  const row = await db.endpoint.findFirst({ where: { id, organizationId: actor.organizationId }, include: withState });
  if (!row) throw new AppError('not_found', 'There is no such endpoint.');
  return toEndpoint(row);
}
