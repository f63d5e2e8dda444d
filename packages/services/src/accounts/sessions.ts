import type { Account, AccountSession, Page } from '@rollcall/contracts';
import { AppError, MEMBER_ROLES } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import { requireCursor, toPage } from '../access/page.ts';
import { type AuditEntry, writeAudit } from '../access/write-audit.ts';
import { countMembers } from './count-members.ts';
import { passwordOf } from './prove-presence.ts';

/** Somebody with a session, whatever organization they act for. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly sessionId: string;
  readonly address: string;
  readonly userAgent: string | null;
}

/** What a person did to their own account, in the log of every organization they belong to, or of the one that it is about. */
export async function auditPerson(
  tx: Tx,
  { id, email, ...from }: Pick<Person, 'id' | 'email'> & Partial<Pick<Person, 'address' | 'userAgent'>>,
  entry: AuditEntry,
  now: Date,
  organizationId?: string,
): Promise<void> {
  const where = { userId: id, ...(organizationId === undefined ? {} : { organizationId }) };
  for (const member of await tx.member.findMany({ where, select: { organizationId: true }, orderBy: { organizationId: 'asc' } }))
    await writeAudit(tx, { organizationId: member.organizationId, kind: 'member', id, label: email, ...from }, entry, now);
}

/** @throws AppError not_found. */
export async function getAccount(db: Db, person: Person): Promise<Account> {
  const user = await db.user.findUnique({
    where: { id: person.id },
    include: { members: { include: { organization: { select: { name: true } } }, orderBy: { createdAt: 'asc' } } },
  });
  if (!user) throw new AppError('not_found', 'This account is gone.');
  const counts = await countMembers(
    db,
    user.members.map(({ organizationId }) => organizationId),
  );
  return {
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      emailVerified: user.emailVerified,
      twoFactorEnabled: user.twoFactorEnabled === true,
      hasPassword: (await passwordOf(db, user.id)) !== null,
    },
    organizations: user.members.flatMap((member) => {
      const role = MEMBER_ROLES.find((known) => known === member.role);
      const count = counts.get(member.organizationId) ?? { members: 0, owners: 0 };
      return role ? [{ id: member.organizationId, name: member.organization.name, memberId: member.id, role, ...count }] : [];
    }),
  };
}

/** Newest first; without those that have ended. */
export async function listSessions(
  db: Db,
  person: Person,
  query: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<Page<AccountSession>> {
  const cursor = requireCursor('ses', query.cursor);
  const rows = await db.session.findMany({
    where: { userId: person.id, expiresAt: { gt: now }, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => ({
    id: row.id,
    current: row.id === person.sessionId,
    ipAddress: row.ipAddress || null,
    userAgent: row.userAgent?.slice(0, 500) || null,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.updatedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Ends a session of one's own, also the one that asks. @throws AppError not_found. */
export async function revokeSession(db: Db, person: Person, id: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id, userId: person.id } });
    if (count === 0) throw new AppError('not_found', 'There is no such session.');
    await auditPerson(tx, person, { action: 'session.revoked', target: id }, now);
  });
}

/** Ends every session but the one that asks. */
export async function revokeOtherSessions(db: Db, person: Person, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: person.id, id: { not: person.sessionId } } });
    if (count > 0) await auditPerson(tx, person, { action: 'sessions.revoked', target: person.id }, now);
  });
}
