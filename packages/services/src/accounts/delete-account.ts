import type { DeleteAccount } from '@rollcall/contracts';
import { AppError, type Culprit } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import { lockMembers } from './change-members.ts';
import { countMembers } from './count-members.ts';
import { ERASURE_TIMEOUT_MS, eraseOrganization } from './delete-organization.ts';
import { writeInstallationLog } from './installation-log.ts';
import { provePresence } from './prove-presence.ts';
import { auditPerson, type Person } from './sessions.ts';

/**
 * Ends an account with its sessions, second factor, memberships and the organizations that nobody else is in. Logs of the
 * others keep what the person did there. Answers with the organizations that went.
 * @throws AppError invalid_request, forbidden, conflict.
 */
export async function deleteAccount(db: Db, person: Person, input: DeleteAccount, now: Date): Promise<string[]> {
  if (input.confirm.toLowerCase() !== person.email.toLowerCase())
    throw new AppError('invalid_request', 'Confirm with the email address of the account.', {
      culprits: [{ pointer: '/confirm', message: 'is not the address of this account' }],
    });
  await provePresence(db, person, input.password, now);
  return db.$transaction(
    async (tx) => {
      const alone = await organizationsToGo(tx, person, input.organizations);
      // The installation's log names the account by its id alone: the address goes with it.
      const actor = { kind: 'member' as const, id: person.id, label: person.id, address: person.address, userAgent: person.userAgent };
      for (const organizationId of alone) await eraseOrganization(tx, organizationId, actor, now);
      await auditPerson(tx, person, { action: 'account.deleted', target: person.id }, now);
      await writeInstallationLog(tx, actor, { action: 'account.deleted', target: person.id }, now);
      await tx.verification.deleteMany({ where: { OR: [{ value: person.id }, { identifier: person.email }] } });
      await tx.idempotencyKey.deleteMany({ where: { organizationId: person.id } });
      await tx.user.deleteMany({ where: { id: person.id } });
      return alone;
    },
    { timeout: ERASURE_TIMEOUT_MS },
  );
}

/** The organizations of which the person is the only member, each of them confirmed. @throws AppError conflict. */
async function organizationsToGo(tx: Tx, person: Person, confirmed: readonly string[]): Promise<string[]> {
  const ids = await tx.member.findMany({
    where: { userId: person.id },
    orderBy: { organizationId: 'asc' },
    select: { organizationId: true },
  });
  for (const { organizationId } of ids) await lockMembers(tx, organizationId);
  const memberships = await tx.member.findMany({
    where: { userId: person.id },
    orderBy: { organizationId: 'asc' },
    include: { organization: { select: { name: true } } },
  });
  const counts = await countMembers(
    tx,
    memberships.map(({ organizationId }) => organizationId),
  );
  const alone: string[] = [];
  const culprits: Culprit[] = [];
  for (const { organizationId, role, organization } of memberships) {
    const { members, owners } = counts.get(organizationId) ?? { members: 1, owners: 1 };
    if (members === 1) alone.push(organizationId);
    else if (role === 'owner' && owners === 1)
      culprits.push({
        pointer: '',
        message: `you are the last owner of ${organization.name} (${organizationId}), which has other members: make one of them an owner, or delete it`,
      });
    if (members === 1 && !confirmed.includes(organizationId))
      culprits.push({
        pointer: '/organizations',
        message: `does not name ${organization.name} (${organizationId}), of which you are the only member and which would go with the account`,
      });
  }
  for (const [index, id] of confirmed.entries())
    if (!alone.includes(id))
      culprits.push({ pointer: `/organizations/${index}`, message: 'is no organization of which you are the only member' });
  if (culprits.length > 0) throw new AppError('conflict', 'The account cannot be deleted as things are.', { culprits });
  return alone;
}
