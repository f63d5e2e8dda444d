import type { Db } from '@rollcall/db';
import { DAY_MS, dayName, dayStart, RETENTION_DAYS } from './retention.ts';

/** Deletes rollups beyond their retention, endpoint by endpoint through their keys. Answers with how many rows went. */
export async function dropRollups(db: Db, now: Date): Promise<number> {
  const before = (table: 'probe_hour' | 'probe_day' | 'probe_silence') =>
    new Date(dayStart(now.getTime()) - RETENTION_DAYS[table] * DAY_MS);
  const hours = await db.$executeRaw`
    delete from probe_hour h using endpoint e where h.endpoint_seq = e.seq and h.day < ${dayName(before('probe_hour').getTime())}::date`;
  const days = await db.$executeRaw`
    delete from probe_day d using endpoint e where d.endpoint_seq = e.seq and d.day < ${dayName(before('probe_day').getTime())}::date`;
  const silences = await db.$executeRaw`
    delete from probe_silence s using endpoint e where s.endpoint_seq = e.seq and s.ended_at < ${before('probe_silence')}`;
  return hours + days + silences;
}
