import type { Db, Tx } from '@rollcall/db';

export interface MemberCount {
  readonly members: number;
  readonly owners: number;
}

/** Of each of the organizations. */
export async function countMembers(db: Db | Tx, organizationIds: readonly string[]): Promise<ReadonlyMap<string, MemberCount>> {
  const rows = await db.member.groupBy({
    by: ['organizationId', 'role'],
    where: { organizationId: { in: [...organizationIds] } },
    _count: { _all: true },
  });
  const counts = new Map<string, MemberCount>();
  for (const { organizationId, role, _count } of rows) {
    const { members, owners } = counts.get(organizationId) ?? { members: 0, owners: 0 };
    counts.set(organizationId, { members: members + _count._all, owners: owners + (role === 'owner' ? _count._all : 0) });
  }
  return counts;
}
