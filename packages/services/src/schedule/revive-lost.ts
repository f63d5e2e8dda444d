import type { Db } from '@rollcall/db';

/**
 * Claims whose lease ran out without a result (a scheduler or prober was killed, the queue was emptied) come due again at once, with the
 * same slot and so as the same job: an hourly endpoint does not wait for its next hour, a confirmation not for the next interval. Where
 * the next slot is due already that one is taken instead. Safe for any number of schedulers. Answers with how many there were.
 */
export async function reviveLost(db: Db, now: Date): Promise<number> {
  return await db.$executeRaw`
    update endpoint_schedule set
      next_due_at = lease_slot, lease_until = null, lease_slot = null,
      next_kind = case when ((extract(epoch from lease_slot) * 1000)::bigint - phase_ms) % interval_ms = 0 then 'scheduled' else 'recheck' end
    where active and lease_until <= ${now} and lease_slot is not null and next_due_at > ${now}`;
}
