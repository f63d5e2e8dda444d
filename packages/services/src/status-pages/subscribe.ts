import { createHash, randomBytes } from 'node:crypto';
import type { Event, Subscribe } from '@rollcall/contracts';
import { AppError, type Language } from '@rollcall/core';
import { newId, type Sealer } from '@rollcall/crypto';
import { type Db, Prisma, type Tx } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import { openChannelConfig, prepareChannelConfig } from '../notices/channel-config.ts';
import { sealRecipient } from '../notices/recipient.ts';
import { pgJson } from '../probes/pg-json.ts';

/** A stranger's address gets no more than one unasked message an hour from one page. */
const INVITE_EVERY_MS = 3_600_000;
/** Who has not confirmed by then is forgotten. */
export const UNCONFIRMED_KEPT_MS = 7 * 86_400_000;
const MAX_SUBSCRIBERS = 50_000;

export interface SubscribeDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly policy: AddressPolicy;
}

export interface SubscribedPage {
  readonly id: string;
  readonly organizationId: string;
  readonly title: string;
  readonly url: string;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const newToken = () => randomBytes(24).toString('base64url');

/** What the channel of that type takes, and what makes two subscriptions the same. */
function recipientOf(input: Subscribe): { config: Record<string, unknown>; same: string; target: string } {
  if (input.type === 'email') return { config: { to: input.email }, same: `email ${input.email.toLowerCase()}`, target: input.email };
  const url = new URL(input.url);
  const config = input.type === 'webhook' && input.secret !== undefined ? { url: input.url, secret: input.secret } : { url: input.url };
  return { config, same: `${input.type} ${url.href}`, target: input.type === 'slack' ? url.origin : `${url.origin}${url.pathname}` };
}

/** Culprits of a channel's configuration as members of the subscription. */
async function prepare(deps: SubscribeDeps, id: string, type: Subscribe['type'], config: unknown) {
  try {
    return await prepareChannelConfig(deps, { id, type, config });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const culprits = error.culprits.map(({ pointer, message }) => ({ pointer: pointer.replace(/^\/config\//, '/'), message }));
    throw new AppError('invalid_request', 'This address cannot be subscribed.', { culprits, cause: error });
  }
}

async function invite(
  tx: Tx,
  page: SubscribedPage,
  { channelId, language }: { channelId: string; language: string },
  now: Date,
): Promise<void> {
  const event: Event = {
    type: 'status.confirm',
    timestamp: now.toISOString(),
    data: { endpoint: null, incident: null, from: null, to: null, page: { title: page.title, url: page.url, language } },
  };
  await tx.notice.create({
    data: {
      id: newId('msg', now.getTime()),
      organizationId: page.organizationId,
      channelId,
      type: event.type,
      dedupeKey: `status/confirm/${now.getTime()}/${channelId}`,
      payload: JSON.parse(pgJson(event)) as Prisma.InputJsonValue,
      nextAttemptAt: now,
      createdAt: now,
    },
  });
}

/**
 * Asks the address itself whether it wants to hear from the page; nothing else is sent before it says so. The answer is the
 * same for an address that is known, so that nobody learns who has subscribed. @throws AppError invalid_request, quota_exceeded
 */
export async function subscribe(
  deps: SubscribeDeps,
  page: SubscribedPage,
  { language = 'en', ...input }: Subscribe & { readonly language?: Language },
  now: Date,
): Promise<void> {
  const channelId = newId('ch', now.getTime());
  const { config, same, target } = recipientOf(input);
  const prepared = await prepare(deps, channelId, input.type, config);
  const targetHash = hashOf(same);
  const tokens = { confirm: newToken(), unsubscribe: newToken() };
  const sealed = sealRecipient(deps.sealer, channelId, openChannelConfig(deps.sealer, channelId, prepared.sealed), tokens);
  try {
    await deps.db.$transaction(async (tx) => {
      const known = await tx.statusSubscriber.findUnique({ where: { pageId_targetHash: { pageId: page.id, targetHash } } });
      if (known !== null) return inviteAgain(tx, page, known, now);
      if ((await tx.statusSubscriber.count({ where: { pageId: page.id } })) >= MAX_SUBSCRIBERS)
        throw new AppError('quota_exceeded', 'This page takes no more subscribers.');
      await tx.channel.create({
        data: {
          id: channelId,
          organizationId: page.organizationId,
          type: input.type,
          name: `Subscriber of ${page.title}`.slice(0, 200),
          config: sealed,
          configInfo: prepared.info as Prisma.InputJsonObject,
          statusPageId: page.id,
          createdAt: now,
        },
      });
      const hashes = { confirmTokenHash: hashOf(tokens.confirm), unsubscribeTokenHash: hashOf(tokens.unsubscribe) };
      await tx.statusSubscriber.create({
        data: {
          id: newId('sub', now.getTime()),
          pageId: page.id,
          channelId,
          type: input.type,
          target,
          targetHash,
          language,
          invitedAt: now,
          createdAt: now,
          ...hashes,
        },
      });
      await invite(tx, page, { channelId, language }, now);
    });
  } catch (error) {
    // Asked twice at once: the other one is sent.
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error;
  }
}

async function inviteAgain(
  tx: Tx,
  page: SubscribedPage,
  known: { id: string; channelId: string; language: string; confirmedAt: Date | null; invitedAt: Date },
  now: Date,
): Promise<void> {
  if (known.confirmedAt !== null) return;
  const { count } = await tx.statusSubscriber.updateMany({
    where: { id: known.id, confirmedAt: null, invitedAt: { lte: new Date(now.getTime() - INVITE_EVERY_MS) } },
    data: { invitedAt: now },
  });
  if (count > 0) await invite(tx, page, known, now);
}

/** Following the link, as often as one likes. False: the link is not, or no longer, of a subscriber. */
export async function confirmSubscription(db: Db, token: string, now: Date): Promise<boolean> {
  const row = await db.statusSubscriber.findUnique({ where: { confirmTokenHash: hashOf(token) }, select: { id: true } });
  if (row === null) return false;
  await db.statusSubscriber.updateMany({ where: { id: row.id, confirmedAt: null }, data: { confirmedAt: now } });
  return true;
}

/** Forgets the subscriber with everything that was to be sent. Again: nothing to do, which is as well. */
export async function unsubscribe(db: Db, token: string): Promise<void> {
  await db.channel.deleteMany({ where: { subscriber: { unsubscribeTokenHash: hashOf(token) } } });
}

/** Forgets who never confirmed. Answers how many. */
export async function forgetUnconfirmed(db: Db, now: Date): Promise<number> {
  const since = new Date(now.getTime() - UNCONFIRMED_KEPT_MS);
  const { count } = await db.channel.deleteMany({ where: { subscriber: { confirmedAt: null, invitedAt: { lt: since } } } });
  return count;
}
