import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { writeAudit } from '../access/write-audit.ts';

/** Who signed up, or signs in. */
export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly address?: string;
}

/** The organization that the user belongs to, made with them as its owner when there is none; safe to call twice at once. */
export async function ensureOwnOrganization(db: Db, user: NewUser, now: Date): Promise<string> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from "user" where id = ${user.id} for no key update`;
    const member = await tx.member.findFirst({ where: { userId: user.id }, orderBy: { createdAt: 'asc' } });
    if (member) return member.organizationId;
    const organizationId = newId('org', now.getTime());
    const name = `${user.name.trim().slice(0, 100) || user.email}'s organization`;
    await tx.organization.create({ data: { id: organizationId, name, slug: organizationId.replace('_', '-'), createdAt: now } });
    await tx.member.create({
      data: { id: newId('mem', now.getTime()), organizationId, userId: user.id, role: 'owner', createdAt: now },
    });
    const actor = {
      organizationId,
      kind: 'member' as const,
      id: user.id,
      label: user.email,
      ...(user.address ? { address: user.address } : {}),
    };
    await writeAudit(tx, actor, { action: 'organization.created', target: organizationId, after: { name, owner: user.email } }, now);
    return organizationId;
  });
}

/**
 * Why this address may have no account of its own accord, or null. An invitation is accepted by its link; besides that
 * only a provider that vouches for the address may bring in somebody who was invited.
 */
export async function requireSignUp(
  db: Db,
  signup: 'open' | 'invite' | 'off',
  user: { email: string; emailVerified?: boolean | undefined },
  now: Date,
): Promise<string | null> {
  if (signup === 'open') return null;
  if (signup === 'off') return 'This installation takes no new accounts.';
  const where = { email: user.email.toLowerCase(), status: 'pending', expiresAt: { gt: now } };
  const invited = user.emailVerified === true && (await db.invitation.count({ where })) > 0;
  return invited ? null : 'This installation takes only who was invited: follow the link in the invitation.';
}
