import { type Event, routeSchema } from '@rollcall/contracts';
import { type ChannelType, channelsToTell, isUnhealthy, type NoticeRoute } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import type { SendOutcome } from '@rollcall/notify';
import { z } from 'zod';
import { pgJson } from '../probes/pg-json.ts';

/** A receiver's Retry-After holds back its whole channel, but never longer than the hourly retry would. */
const MAX_HOLD_MS = 3_600_000;

export interface SettledAttempt {
  readonly channelId: string;
  readonly outcome: SendOutcome;
  readonly startedAt: Date;
  readonly now: Date;
  /** The notice will not be tried again. */
  readonly gaveUp: boolean;
  /** A test by hand: whoever sends it sees the result. */
  readonly test: boolean;
}

/** What an attempt says about its channel: whether it works, how long it wants to be left alone, and who must know. */
export async function settleChannel(tx: Tx, attempt: SettledAttempt): Promise<void> {
  if (attempt.outcome.ok) await noteSuccess(tx, attempt);
  else await noteFailure(tx, attempt);
}

interface ChannelRow {
  id: string;
  organization_id: string;
  name: string;
  type: ChannelType;
  failures: number;
  failing_since: Date;
  unhealthy_at: Date | null;
  status_page_id: string | null;
}

async function noteFailure(tx: Tx, { channelId, outcome, startedAt, now, gaveUp, test }: SettledAttempt): Promise<void> {
  // A receiver that asks for patience works.
  const counts = !test && outcome.retryAfterMs === undefined;
  const until = outcome.retryAfterMs === undefined ? null : new Date(now.getTime() + Math.min(outcome.retryAfterMs, MAX_HOLD_MS));
  const [channel] = await tx.$queryRaw<ChannelRow[]>`
    update channel set failing_since = coalesce(failing_since, ${startedAt}), failures = failures + ${counts ? 1 : 0}::int,
      limited_until = greatest(limited_until, ${until}::timestamptz)
    where id = ${channelId}
    returning id, organization_id, name, type, failures, failing_since, unhealthy_at, status_page_id`;
  if (until !== null) {
    // Shown as it is; what comes meanwhile is held by limited_until.
    await tx.$executeRaw`
      update notice set next_attempt_at = ${until}
      where channel_id = ${channelId} and status = 'pending' and next_attempt_at < ${until} and (lease_until is null or lease_until <= ${now})`;
  }
  if (channel === undefined || channel.unhealthy_at !== null || channel.status_page_id !== null || test) return;
  if (!isUnhealthy({ failures: channel.failures, gaveUp })) return;
  await tx.$executeRaw`update channel set unhealthy_at = ${now} where id = ${channelId}`;
  const details = { ...detailsOf(channel), failures: channel.failures, error: outcome.error };
  await tell(tx, channel, await toTell(tx, channel), { type: 'channel.failing', details }, now);
}

async function noteSuccess(tx: Tx, { channelId, now }: SettledAttempt): Promise<void> {
  const [channel] = await tx.$queryRaw<ChannelRow[]>`
    update channel c set failing_since = null, failures = 0, unhealthy_at = null
    from (select * from channel where id = ${channelId} for update) was
    where c.id = was.id and (was.failing_since is not null or was.failures > 0 or was.unhealthy_at is not null)
    returning was.id, was.organization_id, was.name, was.type, was.failures, was.failing_since, was.unhealthy_at, was.status_page_id`;
  if (channel === undefined) return;
  // It works again: what waits for its hourly retry need not wait any longer; what is held for another reason does.
  await tx.$executeRaw`
    update notice set next_attempt_at = greatest(${now}::timestamptz, coalesce(held_until, ${now}::timestamptz))
    where channel_id = ${channelId} and status = 'pending' and next_attempt_at > ${now} and (lease_until is null or lease_until <= ${now})`;
  if (channel.unhealthy_at === null) return;
  const told = await tx.notice.findMany({
    where: {
      organizationId: channel.organization_id,
      type: 'channel.failing',
      dedupeKey: { startsWith: `${keyOf(channel, 'channel.failing')}/` },
    },
    select: { channelId: true },
  });
  await tell(
    tx,
    channel,
    told.map((notice) => notice.channelId),
    { type: 'channel.recovered', details: detailsOf(channel) },
    now,
  );
}

function keyOf(channel: ChannelRow, type: 'channel.failing' | 'channel.recovered'): string {
  return `${channel.id}/${type}/${channel.failing_since?.getTime() ?? 0}`;
}

function detailsOf(channel: ChannelRow): Record<string, unknown> {
  return { channel: { id: channel.id, name: channel.name, type: channel.type }, since: channel.failing_since?.toISOString() ?? null };
}

async function toTell(tx: Tx, channel: ChannelRow): Promise<string[]> {
  const rows = await tx.channel.findMany({ where: { organizationId: channel.organization_id, statusPageId: null } });
  const candidates = rows.map((row) => {
    const routes = z.array(routeSchema).safeParse(row.routes);
    const healthy = row.unhealthyAt === null;
    return {
      id: row.id,
      type: row.type as ChannelType,
      enabled: row.enabled,
      healthy,
      routes: (routes.success ? routes.data : []) as NoticeRoute[],
    };
  });
  return channelsToTell(channel.id, candidates);
}

async function tell(
  tx: Tx,
  channel: ChannelRow,
  targets: readonly string[],
  { type, details }: { type: 'channel.failing' | 'channel.recovered'; details: Record<string, unknown> },
  now: Date,
): Promise<void> {
  const event: Event = { type, timestamp: now.toISOString(), data: { endpoint: null, incident: null, from: null, to: null, details } };
  const payload = JSON.parse(pgJson(event)) as Prisma.InputJsonValue;
  const rows = targets.map((target) => ({
    id: newId('msg', now.getTime()),
    organizationId: channel.organization_id,
    channelId: target,
    type,
    dedupeKey: `${keyOf(channel, type)}/${target}`,
    payload,
    nextAttemptAt: now,
    createdAt: now,
  }));
  if (rows.length > 0) await tx.notice.createMany({ data: rows, skipDuplicates: true });
}
