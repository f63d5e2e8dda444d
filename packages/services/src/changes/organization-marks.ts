import type { Db } from '@rollcall/db';

/**
 * For each organization a word that changes with what its pages show: probes, incidents, deliveries, whatever people do. One statement
 * over indexes; its cost grows with the number of their endpoints (some 10 ms for 10,000).
 */
export async function organizationMarks(db: Db, organizationIds: readonly string[]): Promise<Map<string, string>> {
  if (organizationIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; mark: string }[]>`
    select o.id, concat_ws(' ', a.newest, d.newest, s.probed, s.since, s.n) as mark
    from unnest(${[...organizationIds]}::text[]) as o(id)
    cross join lateral (select max(id) as newest from audit_log where organization_id = o.id) a
    cross join lateral (select max(id) as newest from delivery where organization_id = o.id) d
    cross join lateral (
      select max(st.last_probe_at) as probed, max(st.since) as since, count(*) as n
      from endpoint e join endpoint_state st on st.endpoint_id = e.id where e.organization_id = o.id
    ) s`;
  return new Map(rows.map(({ id, mark }) => [id, mark]));
}
