import { type EventType, type QuietHours, quietUntil } from '@rollcall/core';
import type { Tx } from '@rollcall/db';
import { pgJson } from '../probes/pg-json.ts';

/** Notices of one endpoint to one channel. */
export interface HeldKey {
  readonly channelId: string;
  readonly endpointId: string;
}

/** Until when a new notice is held back, and by what; null: it goes at once. What ends an outage that was told is not silenced. */
export function holdOf(
  of: { readonly quietHours: QuietHours | null; readonly silencedUntil: Date | null },
  type: EventType,
  now: Date,
): { until: Date; by: 'quiet' | 'silence' } | null {
  const quiet = quietUntil(of.quietHours, type, now.getTime());
  const silencedUntil = type === 'endpoint.recovered' || type === 'incident.acknowledged' ? null : of.silencedUntil;
  if (silencedUntil !== null) return { until: new Date(Math.max(silencedUntil.getTime(), quiet ?? 0)), by: 'silence' };
  return quiet === null ? null : { until: new Date(quiet), by: 'quiet' };
}

/**
 * An outage that began and ended within a silence is told to nobody: its held notice is withdrawn, and the channels that had
 * it need no recovery. Answers with those channels.
 */
export async function withdrawUntold(
  tx: Tx,
  subject: {
    readonly endpoint: { readonly id: string };
    readonly incidentId: string | null;
    readonly planned: { readonly type: EventType };
  },
): Promise<Set<string>> {
  const { endpoint, incidentId, planned } = subject;
  if (planned.type === 'incident.acknowledged') {
    const rows = await tx.$queryRaw<{ channel_id: string }[]>`
      select channel_id from notice where endpoint_id = ${endpoint.id} and incident_id = ${incidentId} and status = 'pending' and held_by = 'silence'`;
    return new Set(rows.map((row) => row.channel_id));
  }
  if (planned.type !== 'endpoint.recovered') return new Set();
  const rows = await tx.$queryRaw<{ channel_id: string }[]>`
    update notice set status = 'withdrawn', next_attempt_at = null, group_open = false
    where endpoint_id = ${endpoint.id} and incident_id is not distinct from ${incidentId} and status = 'pending' and held_by = 'silence' and attempts = 0
    returning channel_id`;
  // The one that was told "degraded" before the silence and not "down" within it is told that it is over.
  const told = await tx.$queryRaw<{ channel_id: string }[]>`
    select distinct channel_id from notice where incident_id = ${incidentId} and type in ('endpoint.down', 'endpoint.degraded')
      and status in ('pending', 'delivered', 'dead', 'grouped') and held_by is distinct from 'silence'`;
  const known = new Set(told.map((row) => row.channel_id));
  return new Set(rows.map((row) => row.channel_id).filter((id) => !known.has(id)));
}

/** What quiet hours held back of an endpoint goes before what they let through, so that the last message says how it is. */
export async function releaseHeld(tx: Tx, keys: readonly HeldKey[], now: Date): Promise<void> {
  if (keys.length === 0) return;
  await tx.$executeRaw`
    update notice n set held_until = ${now}, next_attempt_at = ${now}
    from jsonb_to_recordset(${pgJson(keys)}::jsonb) as k("channelId" text, "endpointId" text)
    where n.channel_id = k."channelId" and n.endpoint_id = k."endpointId" and n.status = 'pending' and n.held_by = 'quiet' and n.held_until > ${now}`;
}

/** A silence is over, or lasts until another time: what it holds waits until then. */
export async function moveSilence(tx: Tx, endpointId: string, until: Date): Promise<void> {
  await tx.$executeRaw`
    update notice set held_until = ${until}, next_attempt_at = ${until}
    where endpoint_id = ${endpointId} and status = 'pending' and held_by = 'silence' and attempts = 0`;
}

/** Silences that are over: what has ended without a message, or whose endpoint is gone, is not told any more. Answers how many. */
export async function withdrawOutdated(tx: Pick<Tx, '$executeRaw'>, now: Date): Promise<number> {
  return await tx.$executeRaw`
    update notice n set status = 'withdrawn', next_attempt_at = null, group_open = false
    where n.status = 'pending' and n.held_by = 'silence' and n.held_until <= ${now} and n.attempts = 0 and n.incident_id is not null
      and not exists (select 1 from incident i where i.id = n.incident_id and i.resolved_at is null)`;
}
