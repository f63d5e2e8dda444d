import type { OrganizationSettings, UpdateOrganization } from '@rollcall/contracts';
import { AppError, planOf } from '@rollcall/core';
import { type Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';

type Signup = OrganizationSettings['signup'];

/** @throws AppError not_found. */
export async function getOrganizationSettings(db: Db, actor: Actor, signup: Signup): Promise<OrganizationSettings> {
  requireScope(actor, 'read');
  const { organizationId } = actor;
  const [row, endpoints, channels, members] = await Promise.all([
    db.organization.findUnique({ where: { id: organizationId } }),
    db.endpoint.count({ where: { organizationId } }),
    // A subscriber of a status page has a channel of their own, which is none of the organization's.
    db.channel.count({ where: { organizationId, statusPageId: null } }),
    db.member.count({ where: { organizationId } }),
  ]);
  if (!row) throw new AppError('not_found', 'This organization is gone.');
  const quotas = planOf(row.plan);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    createdAt: row.createdAt.toISOString(),
    signup,
    plan: row.plan,
    quotas: { endpoints: quotas.endpoints, channels: quotas.channels, minIntervalSeconds: quotas.minIntervalSeconds },
    usage: { endpoints, channels, members },
  };
}

/** @throws AppError forbidden, conflict when another organization has the slug. */
export async function updateOrganization(
  db: Db,
  actor: Actor,
  change: UpdateOrganization,
  signup: Signup,
  now: Date,
): Promise<OrganizationSettings> {
  requireScope(actor, 'admin');
  const id = actor.organizationId;
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from organization where id = ${id} for no key update`;
    const before = await tx.organization.findUniqueOrThrow({ where: { id }, select: { name: true, slug: true } });
    const after = { name: change.name ?? before.name, slug: change.slug ?? before.slug };
    if (after.name === before.name && after.slug === before.slug) return;
    await tx.organization.update({ where: { id }, data: after }).catch(refuseTakenSlug);
    await writeAudit(tx, actor, { action: 'organization.updated', target: id, before, after }, now);
  });
  return getOrganizationSettings(db, actor, signup);
}

function refuseTakenSlug(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error;
  throw new AppError('conflict', 'Another organization has this slug.', {
    cause: error,
    culprits: [{ pointer: '/slug', message: 'is taken by another organization' }],
  });
}
