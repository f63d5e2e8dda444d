import type { Tx } from '@rollcall/db';

/**
 * The open incidents that were told in one message with this one, itself included when it is open: who takes the message takes
 * them all. Another organization's is nobody's.
 */
export async function openIncidentsOfMatter(tx: Tx, organizationId: string, incidentId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select i.id from incident i
    where i.organization_id = ${organizationId} and i.resolved_at is null and (i.id = ${incidentId} or i.id in (
      select member.incident_id from notice mine
      join notice member on member.id = coalesce(mine.leader_id, mine.id) or member.leader_id = coalesce(mine.leader_id, mine.id)
      where mine.organization_id = ${organizationId} and mine.incident_id = ${incidentId} and mine.type in ('endpoint.down', 'endpoint.degraded')
        and mine.follow_up is null and mine.status <> 'withdrawn' and member.incident_id is not null))
    order by i.id`;
  return rows.map((row) => row.id);
}
