import type { Db } from '@rollcall/db';

const KEPT_MS = 24 * 3600_000;
/** Changes kept of one endpoint: years of a quiet one, a bound for one that never rests. */
const MAX_CHANGES = 500;

/**
 * Removes what nothing refers to any more: changes beyond the newest of an endpoint, then snapshots, then lists. Whoever begins to
 * refer to one marks it as seen in the same transaction, so it is never taken away under them.
 */
export async function pruneSnapshots(db: Db, now: Date): Promise<number> {
  const cutoff = new Date(now.getTime() - KEPT_MS);
  await db.$executeRaw`
    delete from tool_change c using (
      select id, row_number() over (partition by endpoint_id order by id desc) as n from tool_change
    ) ranked
    where ranked.id = c.id and ranked.n > ${MAX_CHANGES}`;
  const snapshots = await db.$executeRaw`
    with used as (
      select organization_id, from_hash as hash from tool_change
      union select organization_id, to_hash from tool_change
      union select e.organization_id, s.summary -> 'drift' ->> 'settled' from endpoint_state s join endpoint e on e.id = s.endpoint_id
        where s.summary -> 'drift' ->> 'settled' is not null
      union select e.organization_id, s.summary -> 'drift' ->> 'baseline' from endpoint_state s join endpoint e on e.id = s.endpoint_id
        where s.summary -> 'drift' ->> 'baseline' is not null
    )
    delete from tool_snapshot t where t.seen_at < ${cutoff}
      and not exists (select 1 from used u where u.organization_id = t.organization_id and u.hash = t.hash)`;
  const lists = await db.$executeRaw`
    delete from tool_list l where l.seen_at < ${cutoff}
      and not exists (select 1 from tool_snapshot s where s.organization_id = l.organization_id and s.list_hash = l.hash)`;
  return snapshots + lists;
}
