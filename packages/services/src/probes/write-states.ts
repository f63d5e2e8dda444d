import type { Tx } from '@rollcall/db';
import type { LockedEndpoint } from './lock-endpoints.ts';
import { pgJson } from './pg-json.ts';
import type { ProbeRecord } from './record-probes.ts';

/** One statement for all endpoints of the batch. */
export async function writeStates(tx: Tx, endpoints: readonly LockedEndpoint[]): Promise<void> {
  if (endpoints.length === 0) return;
  const rows = endpoints.map((e) => ({
    id: e.id,
    status: e.status,
    since: e.since,
    cause: e.cause,
    memory: e.memory,
    summary: e.summary,
    latency_ms: e.latencyMs,
    last_probe_at: e.lastProbeAt,
  }));
  await tx.$executeRaw`
    update endpoint_state s set status = r.status, since = r.since, cause = r.cause, memory = r.memory, summary = r.summary,
      latency_ms = r.latency_ms, last_probe_at = r.last_probe_at
    from jsonb_to_recordset(${pgJson(rows)}::jsonb)
      as r(id text, status text, since timestamptz, cause text, memory jsonb, summary jsonb, latency_ms int, last_probe_at timestamptz)
    where s.endpoint_id = r.id`;
}

export interface ScheduleChange {
  readonly record: ProbeRecord;
  /** Epoch ms of the confirmation that is wanted; null: none. */
  readonly recheckAt: number | null;
  /** Epoch ms before which the target asked us not to come; null: no such wish. */
  readonly notBefore: number | null;
  /** Epoch ms at which the endpoint's other regions are to look as well; null: as they are due. */
  readonly elsewhereAt: number | null;
}

/**
 * Ends the leases of the slots recorded, asks for confirmations here and elsewhere, honours Retry-After. A manual probe holds no lease. A
 * slot that was given up for lost, came due again and is recorded after all moves on to the next of its grid.
 */
export async function writeSchedules(tx: Tx, changes: readonly ScheduleChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ record, recheckAt, notBefore }) => ({
    id: record.endpointId,
    region: record.region,
    slot: new Date(record.slot),
    recheck: recheckAt,
    not_before: notBefore,
  }));
  await tx.$executeRaw`
    with wish as (
      select distinct on (id, region) id, region, slot,
        to_timestamp(recheck / 1000) as recheck, to_timestamp(not_before / 1000) as not_before
      from jsonb_to_recordset(${pgJson(rows)}::jsonb)
        as r(id text, region text, slot timestamptz, recheck double precision, not_before double precision)
      order by id, region, slot desc
    )
    update endpoint_schedule s set
      lease_until = case when s.lease_slot = w.slot then null else s.lease_until end,
      lease_slot = case when s.lease_slot = w.slot then null else s.lease_slot end,
      next_kind = case
        when w.recheck < d.due and w.not_before is null then 'recheck'
        when d.due > s.next_due_at then 'scheduled'
        else s.next_kind end,
      next_due_at = greatest(w.not_before, least(d.due, w.recheck))
    from wish w
    join endpoint_schedule o on o.endpoint_id = w.id and o.region = w.region
    cross join lateral (
      select case when o.next_due_at <> w.slot then o.next_due_at
        else to_timestamp((o.phase_ms + (floor((extract(epoch from w.slot) * 1000 - o.phase_ms) / o.interval_ms) + 1) * o.interval_ms)::double precision / 1000) end as due
    ) d
    where s.endpoint_id = w.id and s.region = w.region`;
  await recheckElsewhere(tx, changes);
}

/** The other regions of an endpoint in which one region has just seen a failure come due at once. */
async function recheckElsewhere(tx: Tx, changes: readonly ScheduleChange[]): Promise<void> {
  const asked = changes.flatMap(({ record, elsewhereAt }) =>
    elsewhereAt === null ? [] : [{ id: record.endpointId, region: record.region, at: new Date(elsewhereAt) }],
  );
  if (asked.length === 0) return;
  await tx.$executeRaw`
    update endpoint_schedule s set next_due_at = least(s.next_due_at, a.at), next_kind = case when a.at < s.next_due_at then 'recheck' else s.next_kind end
    from jsonb_to_recordset(${pgJson(asked)}::jsonb) as a(id text, region text, at timestamptz)
    where s.endpoint_id = a.id and s.region <> a.region and s.active and s.lease_until is null`;
}
