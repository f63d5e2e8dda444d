import type { Delivery, Event } from '@rollcall/contracts';
import { AppError, type ChannelType } from '@rollcall/core';
import { newId, type Sealer } from '@rollcall/crypto';
import type { Db, Prisma } from '@rollcall/db';
import type { SendDeps } from '@rollcall/notify';
import { attemptNotice } from './attempt-notice.ts';
import { LEASE_MS } from './claim-notices.ts';
import { getDelivery } from './list-deliveries.ts';
import { recordDelivery } from './record-delivery.ts';
import type { NoticeCommand } from './resend-notice.ts';

export interface SendTestDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly notify: SendDeps;
  /** Hears of faults of our own while sending; they are recorded as a failed delivery too. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Sends a test message now and waits for its result; one attempt, shown in the delivery log like every other.
 * @throws AppError not_found.
 */
export async function sendTest(
  deps: SendTestDeps,
  command: NoticeCommand & { readonly channelId: string },
): Promise<{ delivered: boolean; delivery: Delivery }> {
  const { organizationId, channelId, actor, now } = command;
  const channel = await deps.db.channel.findFirst({ where: { id: channelId, organizationId, statusPageId: null } });
  if (channel === null) throw new AppError('not_found', 'no such channel');
  const noticeId = newId('msg', now.getTime());
  const event: Event = {
    type: 'test',
    timestamp: now.toISOString(),
    data: {
      endpoint: null,
      incident: null,
      from: null,
      to: null,
      details: { message: `Sent to the channel "${channel.name}" to see whether it works.` },
    },
  };
  await deps.db.$transaction([
    deps.db.notice.create({
      data: {
        id: noticeId,
        organizationId,
        channelId,
        type: 'test',
        dedupeKey: `test/${noticeId}`,
        payload: event as unknown as Prisma.InputJsonObject,
        // Ours until the lease ends; if this process dies, an alerter sends it.
        nextAttemptAt: now,
        leaseUntil: new Date(now.getTime() + LEASE_MS),
      },
    }),
    deps.db.auditLog.create({
      data: { id: newId('al', now.getTime()), organizationId, at: now, actor, action: 'channel.tested', target: channelId },
    }),
  ]);
  const startedAt = new Date();
  const type = channel.type as ChannelType;
  const attempt = { noticeId, attempt: 1, payload: event, channel: { id: channelId, type, sealedConfig: channel.config }, now: startedAt };
  const outcome = await attemptNotice(deps.sealer, deps.notify, attempt, deps.onFault);
  const recorded = await recordDelivery(deps.db, { noticeId, startedAt, outcome: { ...outcome, retry: false }, now: new Date() });
  if (recorded === null) throw new AppError('not_found', 'the channel was deleted while the test was sent');
  return { delivered: outcome.ok, delivery: await getDelivery(deps.db, organizationId, recorded.deliveryId) };
}
