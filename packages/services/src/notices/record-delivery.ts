import { newId } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { nextAttemptAt, type SendOutcome } from '@rollcall/notify';
import { tellChanges } from '../changes/tell-changes.ts';
import { pgJson } from '../probes/pg-json.ts';
import { settleChannel } from './channel-health.ts';

export interface DeliveryInput {
  readonly noticeId: string;
  readonly startedAt: Date;
  readonly outcome: SendOutcome;
  /** When the attempt ended. */
  readonly now: Date;
}

export interface RecordedDelivery {
  readonly deliveryId: string;
  readonly attempt: number;
  /** Of the notice, after this attempt. */
  readonly noticeStatus: 'pending' | 'delivered' | 'dead';
  readonly nextAttemptAt: Date | null;
}

interface LockedNotice {
  organization_id: string;
  channel_id: string;
  type: string;
  status: 'pending' | 'delivered' | 'dead';
  attempts: number;
  round_started_at: Date | null;
}

/**
 * One transaction: the attempt's row, the notice's new state, the channel's health. The attempt's number is taken
 * under the notice's lock, so two alerters that both sent (a lease ran out) leave two rows and no conflict.
 * Null when the notice has been deleted meanwhile.
 */
export async function recordDelivery(db: Db, input: DeliveryInput): Promise<RecordedDelivery | null> {
  return await db.$transaction(async (tx) => {
    const [notice] = await tx.$queryRaw<LockedNotice[]>`
      select organization_id, channel_id, type, status, attempts, round_started_at from notice where id = ${input.noticeId} for update`;
    if (notice === undefined) return null;
    const { outcome, startedAt } = input;
    const attempt = notice.attempts + 1;
    const deliveryId = newId('dl', input.now.getTime());
    await tx.delivery.create({
      data: {
        id: deliveryId,
        organizationId: notice.organization_id,
        noticeId: input.noticeId,
        channelId: notice.channel_id,
        type: notice.type,
        attempt,
        status: outcome.ok ? 'delivered' : 'failed',
        startedAt,
        durationMs: Math.max(0, Math.round(outcome.durationMs)),
        // A record that the database refuses would be sent again for ever.
        request: storable(outcome.request),
        response: storable(outcome.response),
        error: outcome.error?.replaceAll('\u0000', '\ufffd') ?? null,
      },
    });
    const after = await settleNotice(tx, input, notice, attempt);
    await settleChannel(tx, {
      channelId: notice.channel_id,
      outcome,
      startedAt,
      now: input.now,
      gaveUp: after.noticeStatus === 'dead',
      test: notice.type === 'test',
    });
    await tellChanges(tx, [
      { organizationId: notice.organization_id, type: 'delivery', id: deliveryId },
      { organizationId: notice.organization_id, type: 'channel', id: notice.channel_id },
    ]);
    return { deliveryId, attempt, ...after };
  });
}

function storable(record: Record<string, unknown>): Prisma.InputJsonObject {
  return JSON.parse(pgJson(record)) as Prisma.InputJsonObject;
}

async function settleNotice(tx: Tx, input: DeliveryInput, notice: LockedNotice, attempt: number) {
  const { outcome, now, startedAt, noticeId } = input;
  if (outcome.ok || notice.status === 'delivered') {
    await tx.notice.update({
      where: { id: noticeId },
      data: {
        attempts: attempt,
        status: 'delivered',
        nextAttemptAt: null,
        leaseUntil: null,
        ...(notice.status === 'delivered' ? {} : { deliveredAt: now }),
      },
    });
    return { noticeStatus: 'delivered' as const, nextAttemptAt: null };
  }
  const roundStartedAt = notice.round_started_at ?? startedAt;
  const attemptsInRound = await tx.delivery.count({ where: { noticeId, startedAt: { gte: roundStartedAt } } });
  const open = notice.status === 'pending' && outcome.retry;
  const next = open ? nextAttemptAt(roundStartedAt, attemptsInRound, now, outcome.retryAfterMs) : null;
  const noticeStatus = next === null ? ('dead' as const) : ('pending' as const);
  await tx.notice.update({
    where: { id: noticeId },
    data: { attempts: attempt, status: noticeStatus, nextAttemptAt: next, leaseUntil: null, roundStartedAt },
  });
  return { noticeStatus, nextAttemptAt: next };
}
