import type { ProbeJob, ProbeKind } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';

/** Beyond the probe's own timeout: queueing and recording. When it is over the job counts as lost and the endpoint comes due again. */
export const LEASE_SLACK_MS = 15_000;

export interface ClaimDueOptions {
  readonly now: Date;
  readonly limit: number;
}

interface Row {
  endpoint_id: string;
  region: string;
  kind: string;
  slot: Date;
  due_at: Date;
}

export interface ClaimedSlot extends ProbeJob {
  /** When it should have been claimed: lag is now − dueAt. */
  readonly dueAt: Date;
}

/**
 * Claims what is due, in one statement and safe for any number of schedulers: the row is leased (one probe in flight per
 * endpoint and region), its slot fixed, and its next due moved to the next instant of its grid. A schedule that is
 * behind by more than one interval takes the newest slot only: gaps are shown as gaps, not made up in a burst.
 *
 * What was locked is found again by its place in the table: by its key the planner would rather read the whole table, below some tens of
 * thousands of endpoints. A row that another transaction moved in the same instant is not found there, and claimed by the next round.
 */
export async function claimDue(db: Db, { now, limit }: ClaimDueOptions): Promise<ClaimedSlot[]> {
  const nowMs = now.getTime();
  const rows = await db.$queryRaw<Row[]>`
    with due as materialized (
      select ctid as place, endpoint_id, region, next_due_at, next_kind,
        to_timestamp((phase_ms + floor((${nowMs}::bigint - phase_ms)::numeric / interval_ms) * interval_ms)::double precision / 1000) as newest
      from endpoint_schedule
      where active and next_due_at <= ${now} and (lease_until is null or lease_until <= ${now})
      order by next_due_at
      limit ${limit}
      for update skip locked
    )
    update endpoint_schedule s set
      lease_slot = case when d.next_kind = 'scheduled' then greatest(d.next_due_at, d.newest) else d.next_due_at end,
      lease_until = ${now}::timestamptz + make_interval(secs => (s.timeout_ms + ${LEASE_SLACK_MS}::int) / 1000.0),
      next_due_at = d.newest + make_interval(secs => s.interval_ms / 1000.0),
      next_kind = 'scheduled'
    from due d
    where s.ctid = any(array(select place from due)) and s.endpoint_id = d.endpoint_id and s.region = d.region
    returning s.endpoint_id, s.region, d.next_kind as kind, s.lease_slot as slot, d.next_due_at as due_at`;
  return rows.map((row) => ({
    endpointId: row.endpoint_id,
    region: row.region,
    kind: row.kind as ProbeKind,
    slot: row.slot.getTime(),
    dueAt: row.due_at,
  }));
}

/** The claim could not be enqueued: the slots come due again at once, with what they were to ask. */
export async function releaseClaims(db: Db, claims: readonly ClaimedSlot[]): Promise<void> {
  if (claims.length === 0) return;
  const ids = claims.map((claim) => claim.endpointId);
  const regions = claims.map((claim) => claim.region);
  const kinds = claims.map((claim) => claim.kind);
  const slots = claims.map((claim) => claim.slot);
  await db.$executeRaw`
    update endpoint_schedule s set lease_until = null, lease_slot = null, next_due_at = to_timestamp(c.slot::double precision / 1000), next_kind = c.kind
    from unnest(${ids}::text[], ${regions}::text[], ${kinds}::text[], ${slots}::bigint[]) as c(endpoint_id, region, kind, slot)
    where s.endpoint_id = c.endpoint_id and s.region = c.region and s.lease_slot = to_timestamp(c.slot::double precision / 1000)`;
}
