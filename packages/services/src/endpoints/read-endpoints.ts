import type { Endpoint, Page } from '@rollcall/contracts';
import { AppError, type EndpointStatus } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { toEndpoint, withState } from './to-endpoint.ts';

export interface ListEndpointsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: EndpointStatus | undefined;
  readonly tag?: string | undefined;
  readonly q?: string | undefined;
}

/** Prisma hands the text to LIKE as it is: a percent sign in it is meant as one. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Newest first; `q` looks into name and URL. */
export async function listEndpoints(db: Db, actor: Actor, query: ListEndpointsQuery): Promise<Page<Endpoint>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('ep', query.cursor);
  const rows = await db.endpoint.findMany({
    where: {
      organizationId: actor.organizationId,
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      ...(query.status === undefined ? {} : { state: { status: query.status } }),
      ...(query.tag === undefined ? {} : { tags: { has: query.tag } }),
      ...(query.q === undefined || query.q === ''
        ? {}
        : {
            OR: [
              { name: { contains: literal(query.q), mode: 'insensitive' } },
              { url: { contains: literal(query.q), mode: 'insensitive' } },
            ],
          }),
    },
    include: withState,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toEndpoint);
}

/** @throws AppError not_found, also for another organization's. */
export async function getEndpoint(db: Db, actor: Actor, id: string): Promise<Endpoint> {
  requireScope(actor, 'read');
  const row = await db.endpoint.findFirst({ where: { id, organizationId: actor.organizationId }, include: withState });
  if (!row) throw new AppError('not_found', 'There is no such endpoint.');
  return toEndpoint(row);
}
