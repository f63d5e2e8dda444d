import type { Db } from '@rollcall/db';
import { RETRY_WINDOW_MS } from '@rollcall/notify';

/**
 * Gives up what waits for a channel that has been switched off for the whole retry window: switching it on again
 * must not pour out last month's alerts. Answers how many.
 */
export async function expireNotices(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - RETRY_WINDOW_MS);
  return await db.$executeRaw`
    update notice set status = 'dead', next_attempt_at = null, lease_until = null
    from channel
    where channel.id = notice.channel_id and not channel.enabled and notice.status = 'pending' and notice.created_at < ${before}
      and coalesce(notice.round_started_at, notice.created_at) < ${before} and (notice.lease_until is null or notice.lease_until <= ${now})`;
}
