import type { Page, StatusSubscriber, SubscriberType } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';
import { findPage } from './page-row.ts';

function toSubscriber(row: Prisma.StatusSubscriberGetPayload<Record<string, never>>): StatusSubscriber {
  return {
    id: row.id,
    type: row.type as SubscriberType,
    target: row.target,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Newest first, also those who have not confirmed yet. @throws AppError not_found. */
export async function listSubscribers(
  db: Db,
  actor: Actor,
  pageId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<StatusSubscriber>> {
  requireScope(actor, 'read');
  await findPage(db, actor, pageId);
  const cursor = requireCursor('sub', query.cursor);
  const rows = await db.statusSubscriber.findMany({
    where: { pageId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toSubscriber);
}

/** With its channel, and so with everything that was to be sent and the record of what was. @throws AppError not_found. */
export async function deleteSubscriber(db: Db, actor: Actor, pageId: string, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await db.$transaction(async (tx) => {
    await findPage(tx, actor, pageId);
    const row = await tx.statusSubscriber.findFirst({ where: { id, pageId } });
    if (!row) throw new AppError('not_found', 'There is no such subscriber of this page.');
    await tx.channel.delete({ where: { id: row.channelId } });
    // Whoever leaves leaves: the log keeps that somebody was removed, not the address.
    await writeAudit(tx, actor, { action: 'status_subscriber.deleted', target: id, before: { type: row.type } }, now);
  });
}
