import { AppError } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';
import { type EndpointSummary, parseSummary } from '../probes/summary.ts';

/** @throws AppError not_found, also for another organization's. */
export async function summaryOfEndpoint(db: Db | Tx, actor: Actor, endpointId: string): Promise<EndpointSummary> {
  const found = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { state: { select: { summary: true } } },
  });
  if (!found) throw new AppError('not_found', 'There is no such endpoint.');
  return parseSummary(found.state?.summary);
}
