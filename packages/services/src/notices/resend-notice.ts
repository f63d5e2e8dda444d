import { AppError } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';

export interface NoticeCommand {
  readonly organizationId: string;
  /** Who asks, for the audit log. */
  readonly actor: string;
  readonly now: Date;
}

/**
 * Makes a dead or waiting notice due now, with a fresh 24 h of retries. It keeps its id, so a receiver that did get
 * it recognises the repetition.
 * @throws AppError not_found, or conflict when it is delivered.
 */
export async function resendNotice(db: Db, command: NoticeCommand & { readonly noticeId: string }): Promise<void> {
  const { noticeId, organizationId, actor, now } = command;
  await db.$transaction(async (tx) => {
    const { count } = await tx.notice.updateMany({
      where: { id: noticeId, organizationId, status: { in: ['dead', 'pending'] } },
      data: { status: 'pending', nextAttemptAt: now, roundStartedAt: now, groupOpen: false, heldUntil: null, heldBy: null },
    });
    if (count === 0) {
      const known = await tx.notice.count({ where: { id: noticeId, organizationId } });
      throw known === 0 ? new AppError('not_found', 'no such notice') : new AppError('conflict', 'this notice has been delivered');
    }
    await tx.auditLog.create({
      data: { id: newId('al', now.getTime()), organizationId, at: now, actor, action: 'notice.resent', target: noticeId },
    });
  });
}
