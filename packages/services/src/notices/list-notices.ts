import type { Notice, Page } from '@rollcall/contracts';
import type { NoticeType } from '@rollcall/core';
import type { Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';

const withLastDelivery = {
  deliveries: { select: { error: true }, orderBy: { attempt: 'desc' }, take: 1 },
} satisfies Prisma.NoticeInclude;
type Row = Prisma.NoticeGetPayload<{ include: typeof withLastDelivery }>;

export interface NoticesQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly channel?: string | undefined;
  readonly status?: Notice['status'] | undefined;
}

/** What was, is and was not to be sent to the organization's channels, newest first. Those to subscribers of its pages are not its business. */
export async function listNotices(db: Db, actor: Actor, query: NoticesQuery): Promise<Page<Notice>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('msg', query.cursor);
  const rows = await db.notice.findMany({
    where: {
      organizationId: actor.organizationId,
      channel: { statusPageId: null },
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      ...(query.channel === undefined ? {} : { channelId: query.channel }),
      ...(query.status === undefined ? {} : { status: query.status }),
    },
    include: withLastDelivery,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toNotice);
}

function toNotice(row: Row): Notice {
  return {
    id: row.id,
    channelId: row.channelId,
    endpointId: row.endpointId,
    incidentId: row.incidentId,
    type: row.type as NoticeType,
    status: row.status as Notice['status'],
    attempts: row.attempts,
    nextAttemptAt: row.status === 'pending' ? (row.nextAttemptAt?.toISOString() ?? null) : null,
    heldBy: row.status === 'pending' ? (row.heldBy as Notice['heldBy']) : null,
    followUp: row.followUp as Notice['followUp'],
    leaderId: row.leaderId,
    groupSize: row.groupSize,
    lastError: row.status === 'delivered' ? null : (row.deliveries[0]?.error ?? null),
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
