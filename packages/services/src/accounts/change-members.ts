import type { Member } from '@rollcall/contracts';
import { AppError, type MemberRole } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit, writeAudits } from '../access/write-audit.ts';
import { requireRoleChange } from './roles.ts';

const withUser = { user: { select: { id: true, name: true, email: true } } } as const;

/** Changes of the members of one organization happen one after the other: the last owner is counted, not guessed. */
export async function lockMembers(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`select 1 from organization where id = ${organizationId} for no key update`;
}

async function find(tx: Tx, actor: Actor, id: string) {
  const row = await tx.member.findFirst({ where: { id, organizationId: actor.organizationId }, include: withUser });
  if (!row) throw new AppError('not_found', 'There is no such member.');
  return row;
}

type Row = Awaited<ReturnType<typeof find>>;

function toMember(row: Row): Member {
  return { id: row.id, user: row.user, role: row.role as MemberRole, createdAt: row.createdAt.toISOString() };
}

async function changeOf(tx: Tx, actor: Actor, row: Row, to: MemberRole | null) {
  const owners = await tx.member.count({ where: { organizationId: actor.organizationId, role: 'owner' } });
  return { from: row.role as MemberRole, to, owners, self: actor.kind === 'member' && actor.id === row.userId };
}

/** @throws AppError forbidden, not_found, conflict. */
export async function updateMember(db: Db, actor: Actor, id: string, change: { role: MemberRole }, now: Date): Promise<Member> {
  requireScope(actor, 'admin');
  return db.$transaction(async (tx) => {
    await lockMembers(tx, actor.organizationId);
    const before = await find(tx, actor, id);
    requireRoleChange(actor, await changeOf(tx, actor, before, change.role));
    await tx.member.update({ where: { id }, data: { role: change.role } });
    const after = { ...toMember(before), role: change.role };
    await writeAudit(tx, actor, { action: 'member.updated', target: id, before: toMember(before), after }, now);
    return after;
  });
}

/** Removes a member, or oneself: leaving. Sessions stay, without this organization. @throws AppError forbidden, not_found, conflict. */
export async function removeMember(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'read');
  await db.$transaction(async (tx) => {
    await lockMembers(tx, actor.organizationId);
    const row = await find(tx, actor, id);
    const change = await changeOf(tx, actor, row, null);
    requireRoleChange(actor, change);
    await tx.member.delete({ where: { id } });
    await tx.session.updateMany({
      where: { userId: row.userId, activeOrganizationId: actor.organizationId },
      data: { activeOrganizationId: null },
    });
    await writeAudit(tx, actor, { action: change.self ? 'member.left' : 'member.removed', target: id, before: toMember(row) }, now);
  });
}

/** The member becomes an owner, and the owner who gave it an admin. @throws AppError forbidden, not_found, conflict. */
export async function transferOwnership(db: Db, actor: Actor, id: string, now: Date): Promise<Member> {
  requireScope(actor, 'admin');
  return db.$transaction(async (tx) => {
    await lockMembers(tx, actor.organizationId);
    const target = await find(tx, actor, id);
    if (actor.role !== 'owner') throw new AppError('forbidden', 'Only an owner can give the ownership away.');
    if (target.userId === actor.id) throw new AppError('conflict', 'You are this member.');
    const giver = await tx.member.findFirst({
      where: { organizationId: actor.organizationId, userId: actor.id, role: 'owner' },
      include: withUser,
    });
    if (!giver) throw new AppError('forbidden', 'Only an owner can give the ownership away.');
    await tx.member.update({ where: { id }, data: { role: 'owner' } });
    await tx.member.update({ where: { id: giver.id }, data: { role: 'admin' } });
    const after = { ...toMember(target), role: 'owner' as const };
    const entries = [
      { action: 'member.updated', target: id, before: toMember(target), after },
      { action: 'member.updated', target: giver.id, before: toMember(giver), after: { ...toMember(giver), role: 'admin' } },
    ];
    await writeAudits(tx, actor, entries, now);
    return after;
  });
}
