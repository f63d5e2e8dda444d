import type { DeleteOrganization } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';
import type { AuditActor } from '../access/write-audit.ts';
import { lockMembers } from './change-members.ts';
import { writeInstallationLog } from './installation-log.ts';
import { provePresence } from './prove-presence.ts';
import type { Person } from './sessions.ts';

/** Cascades over everything an organization has, in one transaction. */
export const ERASURE_TIMEOUT_MS = 150_000;

/**
 * Ends an organization: all its rows go at once, and with them its schedule, its keys and its log; raw probe rows, which
 * nothing leads to any more, follow by the janitor. The installation's own log keeps who and when.
 * @throws AppError forbidden, invalid_request, not_found.
 */
export async function deleteOrganization(db: Db, actor: Actor, person: Person | null, input: DeleteOrganization, now: Date): Promise<void> {
  if (person === null || actor.role !== 'owner')
    throw new AppError('forbidden', 'Only an owner who is signed in can delete the organization.');
  const organization = await db.organization.findUnique({ where: { id: actor.organizationId }, select: { name: true, slug: true } });
  if (!organization) throw new AppError('not_found', 'This organization is gone.');
  if (input.confirm !== organization.name && input.confirm !== organization.slug)
    throw new AppError('invalid_request', 'Confirm with the name or the slug of the organization.', {
      culprits: [{ pointer: '/confirm', message: 'is neither the name nor the slug of the organization' }],
    });
  await provePresence(db, person, input.password, now);
  await db.$transaction(
    async (tx) => {
      await lockMembers(tx, actor.organizationId);
      const where = { organizationId: actor.organizationId, userId: actor.id, role: 'owner' };
      if ((await tx.member.count({ where })) === 0) throw new AppError('forbidden', 'You are no longer an owner.');
      await eraseOrganization(tx, actor.organizationId, actor, now);
    },
    { timeout: ERASURE_TIMEOUT_MS },
  );
}

/** Within a transaction that has locked the organization. */
export async function eraseOrganization(
  tx: Tx,
  organizationId: string,
  actor: Omit<AuditActor, 'organizationId'>,
  now: Date,
): Promise<void> {
  // In the order in which results are recorded: a batch that is being written ends first, and none begins after.
  await tx.$queryRaw`
    select 1 from endpoint_state s join endpoint e on e.id = s.endpoint_id
    where e.organization_id = ${organizationId} order by s.endpoint_id for update of s`;
  const { name, slug, createdAt, _count } = await tx.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { name: true, slug: true, createdAt: true, _count: { select: { members: true, endpoints: true } } },
  });
  await tx.organization.delete({ where: { id: organizationId } });
  // What names it without a foreign key. The log may go now that the organization is gone, and not before.
  await tx.idempotencyKey.deleteMany({ where: { organizationId } });
  await tx.session.updateMany({ where: { activeOrganizationId: organizationId }, data: { activeOrganizationId: null } });
  await tx.auditLog.deleteMany({ where: { organizationId } });
  const before = { name, slug, createdAt: createdAt.toISOString(), members: _count.members, endpoints: _count.endpoints };
  await writeInstallationLog(tx, actor, { action: 'organization.deleted', target: organizationId, before }, now);
}
