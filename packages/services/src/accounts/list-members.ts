import type { Member } from '@rollcall/contracts';
import { AppError, type MemberRole } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { toPage } from '../access/page.ts';

export async function listMembers(db: Db, actor: Actor, query: { limit: number; cursor?: string | undefined }) {
  requireScope(actor, 'read');
  const rows = await db.member.findMany({
    where: { organizationId: actor.organizationId, ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }) },
    include: { user: { select: { id: true, name: true, email: true } } },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => ({
    id: row.id,
    user: row.user,
    role: row.role as MemberRole,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** @throws AppError not_found. */
export async function getMember(db: Db, actor: Actor, id: string): Promise<Member> {
  requireScope(actor, 'read');
  const row = await db.member.findFirst({
    where: { id, organizationId: actor.organizationId },
    include: { user: { select: { id: true, name: true, email: true } } },
  });
  if (!row) throw new AppError('not_found', 'There is no such member.');
  return { id: row.id, user: row.user, role: row.role as MemberRole, createdAt: row.createdAt.toISOString() };
}
