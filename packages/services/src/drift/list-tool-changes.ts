import type { Page, ToolChange } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { toToolChange } from './change-row.ts';
import { summaryOfEndpoint } from './find-endpoint.ts';

/** What changed in what the server offers, newest first. @throws AppError not_found, invalid_request. */
export async function listToolChanges(
  db: Db,
  actor: Actor,
  endpointId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<ToolChange>> {
  requireScope(actor, 'read');
  await summaryOfEndpoint(db, actor, endpointId);
  const cursor = requireCursor('tc', query.cursor);
  const rows = await db.toolChange.findMany({
    where: { organizationId: actor.organizationId, endpointId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toToolChange);
}
