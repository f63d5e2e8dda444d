import type { ChannelType } from '@rollcall/core';
import type { Db } from '@rollcall/db';

/** Longer than the longest attempt: when it runs out the holder is dead, and the notice is sent again under the same id. */
export const LEASE_MS = 60_000;

export interface ClaimedNotice {
  readonly id: string;
  readonly organizationId: string;
  /** Attempts already recorded. */
  readonly attempts: number;
  /** An Event, not yet checked: one damaged row must not stop the others. */
  readonly payload: unknown;
  readonly channel: { readonly id: string; readonly type: ChannelType; readonly sealedConfig: string };
}

export interface ClaimOptions {
  readonly now: Date;
  /** How many the caller has room for. */
  readonly limit: number;
  /** How many notices of one channel may be in flight at once, over all alerters. */
  readonly perChannel: number;
}

interface Row {
  id: string;
  organization_id: string;
  attempts: number;
  payload: unknown;
  channel_id: string;
  channel_type: string;
  config: string;
}

/**
 * Leases due notices, in one statement and safe for any number of alerters. Healthy channels come first and every
 * channel gets its first notice before any gets its second, so a slow or failing one delays nobody. Notices of one
 * endpoint keep their order within a channel, those told with others included: "recovered" never overtakes "down". What still
 * waits for its group (form-groups.ts) is not due.
 */
export async function claimNotices(db: Db, { now, limit, perChannel }: ClaimOptions): Promise<ClaimedNotice[]> {
  if (limit < 1) return [];
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const rows = await db.$queryRaw<Row[]>`
    with in_flight as (
      select channel_id, count(*) as n from notice
      where status = 'pending' and lease_until > ${now} group by channel_id
    ), ranked as (
      select n.id, n.next_attempt_at, c.failing_since is not null as failing,
        coalesce(f.n, 0) + row_number() over (partition by n.channel_id order by n.next_attempt_at, n.id) as place
      from notice n
      join channel c on c.id = n.channel_id and c.enabled and (c.limited_until is null or c.limited_until <= ${now})
      left join in_flight f on f.channel_id = n.channel_id
      where n.status = 'pending' and not n.group_open and n.next_attempt_at <= ${now} and (n.lease_until is null or n.lease_until <= ${now})
        and not exists (
          select 1 from notice earlier
          where earlier.channel_id = n.channel_id and earlier.endpoint_id = n.endpoint_id
            and earlier.status = 'pending' and earlier.id < n.id
        )
        and not exists (
          select 1 from notice leader join notice member on member.leader_id = leader.id
          where leader.channel_id = n.channel_id and leader.status = 'pending' and leader.group_size > 1 and leader.id <> n.id
            and member.endpoint_id = n.endpoint_id and member.id < n.id
        )
    ), picked as (
      select n.id from notice n
      join (select id from ranked where place <= ${perChannel} order by failing, place, next_attempt_at, id limit ${limit}) r on r.id = n.id
      where n.status = 'pending' and not n.group_open and n.next_attempt_at <= ${now} and (n.lease_until is null or n.lease_until <= ${now})
      for update of n skip locked
    )
    update notice set lease_until = ${leaseUntil}
    from picked, channel
    where notice.id = picked.id and channel.id = notice.channel_id
    returning notice.id, notice.organization_id, notice.attempts, notice.payload,
      channel.id as channel_id, channel.type as channel_type, channel.config`;
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    attempts: row.attempts,
    payload: row.payload,
    channel: { id: row.channel_id, type: row.channel_type as ChannelType, sealedConfig: row.config },
  }));
}
