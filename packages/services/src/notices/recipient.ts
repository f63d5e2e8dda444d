import type { Event } from '@rollcall/contracts';
import type { Sealer } from '@rollcall/crypto';
import { openChannelConfig } from './channel-config.ts';

/** What a subscriber of a status page may do by a link; stored sealed, and elsewhere only as hashes. */
export interface SubscriberTokens {
  readonly confirm: string;
  readonly unsubscribe: string;
}

/** The sealed column of a subscriber's channel: the configuration and the tokens. That of any other channel is the configuration alone. */
export function sealRecipient(sealer: Sealer, channelId: string, config: unknown, tokens: SubscriberTokens): string {
  return sealer.seal(JSON.stringify({ subscriber: tokens, config }), `channel/${channelId}`);
}

/** @throws SealError */
export function openRecipient(sealer: Sealer, channelId: string, sealed: string): { config: unknown; tokens: SubscriberTokens | null } {
  const opened = openChannelConfig(sealer, channelId, sealed);
  if (typeof opened !== 'object' || opened === null || !('subscriber' in opened) || !('config' in opened))
    return { config: opened, tokens: null };
  return { config: opened.config, tokens: opened.subscriber as SubscriberTokens };
}

/** The event with the subscriber's own links in it. Pure. */
export function withLinks(event: Event, tokens: SubscriberTokens | null): Event {
  const { page } = event.data;
  if (tokens === null || page === undefined) return event;
  const link = (verb: string, token: string) => `${page.url}/${verb}?token=${encodeURIComponent(token)}`;
  const subscription = {
    confirmUrl: event.type === 'status.confirm' ? link('confirm', tokens.confirm) : null,
    unsubscribeUrl: link('unsubscribe', tokens.unsubscribe),
  };
  return { ...event, data: { ...event.data, subscription } };
}
