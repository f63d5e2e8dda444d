import type { Me } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';

/** Who is signed in, for which organization, on what kind of installation. */
export async function getMe(db: Db, actor: Actor, installation: { smtpConfigured: boolean; publicUrl: string }): Promise<Me> {
  const [user, organization, demo] = await Promise.all([
    actor.kind === 'member' ? db.user.findUnique({ where: { id: actor.id }, select: { id: true, name: true, email: true } }) : null,
    db.organization.findUnique({ where: { id: actor.organizationId }, select: { id: true, name: true, slug: true } }),
    db.endpoint.findFirst({ where: { organizationId: actor.organizationId, demo: true }, select: { id: true } }),
  ]);
  if (!organization) throw new AppError('not_found', 'This organization is gone.');
  return { user, organization, role: actor.role, installation: { demo: demo !== null, ...installation } };
}
