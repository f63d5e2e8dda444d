import type { Delivery, Page } from '@rollcall/contracts';
import { AppError, type NoticeType } from '@rollcall/core';
import type { Db, Prisma } from '@rollcall/db';

const withNotice = { notice: { select: { status: true, attempts: true, nextAttemptAt: true } } } as const;
type Row = Prisma.DeliveryGetPayload<{ include: typeof withNotice }>;

export interface DeliveriesQuery {
  readonly organizationId: string;
  readonly limit: number;
  /** The id of the last one of the page before. */
  readonly cursor?: string | undefined;
  readonly channel?: string | undefined;
  readonly status?: 'delivered' | 'failed' | undefined;
}

/** The delivery log, newest first. */
export async function listDeliveries(db: Db, query: DeliveriesQuery): Promise<Page<Delivery>> {
  const rows = await db.delivery.findMany({
    where: {
      organizationId: query.organizationId,
      ...(query.channel === undefined ? {} : { channelId: query.channel }),
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    include: withNotice,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  return { data: page.map(toDelivery), nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null };
}

/** @throws AppError not_found. */
export async function getDelivery(db: Db, organizationId: string, deliveryId: string): Promise<Delivery> {
  const row = await db.delivery.findFirst({ where: { id: deliveryId, organizationId }, include: withNotice });
  if (row === null) throw new AppError('not_found', 'no such delivery');
  return toDelivery(row);
}

function toDelivery(row: Row): Delivery {
  const newest = row.attempt === row.notice.attempts;
  const next = newest && row.notice.status === 'pending' ? row.notice.nextAttemptAt : null;
  return {
    id: row.id,
    noticeId: row.noticeId,
    channelId: row.channelId,
    type: row.type as NoticeType,
    attempt: row.attempt,
    status: row.status === 'delivered' ? 'delivered' : 'failed',
    nextAttemptAt: next?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    request: row.request as Record<string, unknown>,
    response: row.response as Record<string, unknown>,
    error: row.error,
  };
}
