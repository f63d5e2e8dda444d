import type { AuditLogEntry, ListAuditQuery, Page } from '@rollcall/contracts';
import type { Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { toPage } from '../access/page.ts';

function filterOf({ action, target, actor, from, to }: Omit<ListAuditQuery, 'limit' | 'cursor'>): Prisma.AuditLogWhereInput[] {
  return [
    ...(action === undefined ? [] : [{ action: action.endsWith('.*') ? { startsWith: action.slice(0, -1) } : action }]),
    ...(target === undefined ? [] : [{ target }]),
    ...(actor === undefined ? [] : [{ OR: [{ actorId: actor }, { actor }] }]),
    ...(from === undefined ? [] : [{ at: { gte: new Date(from) } }]),
    ...(to === undefined ? [] : [{ at: { lt: new Date(to) } }]),
  ];
}

/** Who did what, newest first. Needs the scope admin: it tells of everybody. */
export async function listAuditLog(db: Db, actor: Actor, query: ListAuditQuery): Promise<Page<AuditLogEntry>> {
  requireScope(actor, 'admin');
  const { limit, cursor, ...filter } = query;
  const rows = await db.auditLog.findMany({
    where: {
      organizationId: actor.organizationId,
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      AND: filterOf(filter),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    actorKind: row.actorKind,
    actorId: row.actorId,
    address: row.address,
    userAgent: row.userAgent,
    action: row.action,
    target: row.target,
    before: row.before,
    after: row.after,
  }));
}
