import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';

/** A confirmed subscriber of a page, as following the link leaves it; nothing can be sent to it. Answers with its id. */
export async function subscriber(db: Db, { organizationId, pageId }: { organizationId: string; pageId: string }): Promise<string> {
  const hash = () => createHash('sha256').update(randomBytes(16)).digest('hex');
  const channelId = newId('ch');
  await db.channel.create({
    data: { id: channelId, organizationId, type: 'email', name: 'subscriber', config: 'sealed', statusPageId: pageId },
  });
  const id = newId('sub');
  const now = new Date();
  await db.statusSubscriber.create({
    data: {
      id,
      pageId,
      channelId,
      type: 'email',
      target: 'reader@example.com',
      targetHash: hash(),
      confirmedAt: now,
      confirmTokenHash: hash(),
      unsubscribeTokenHash: hash(),
      invitedAt: now,
    },
  });
  return id;
}
