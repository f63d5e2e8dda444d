import type { ChannelType } from '../terms.ts';
import type { NoticeRoute } from './plan-notices.ts';

/** So many attempts in a row that fail make a channel count as out of order. */
export const UNHEALTHY_AFTER = 5;

/** Whether the owner is to be told that a channel does not work. `gaveUp`: a notice of it will not be tried again. */
export function isUnhealthy(channel: { readonly failures: number; readonly gaveUp: boolean }): boolean {
  return channel.gaveUp || channel.failures >= UNHEALTHY_AFTER;
}

export interface ToldChannel {
  readonly id: string;
  readonly type: ChannelType;
  readonly enabled: boolean;
  readonly healthy: boolean;
  readonly routes: readonly NoticeRoute[];
}

/**
 * Who is told that another channel does not work: those whose routes name the event, else one of the working ones, by mail if
 * there is one, so that nobody hears it five times. Pure.
 */
export function channelsToTell(failing: string, channels: readonly ToldChannel[]): string[] {
  const able = channels.filter(({ id, enabled, healthy }) => id !== failing && enabled && healthy);
  const asked = able.filter(({ routes }) => routes.some(({ events }) => events?.includes('channel.failing')));
  if (asked.length > 0) return asked.map(({ id }) => id);
  const [one] = [...able].sort((a, b) => Number(b.type === 'email') - Number(a.type === 'email') || (a.id < b.id ? -1 : 1));
  return one === undefined ? [] : [one.id];
}
