import { describe, expect, it } from 'vitest';
import { channelsToTell, isUnhealthy, type ToldChannel } from './channel-health.ts';

const channel = (id: string, more: Partial<ToldChannel> = {}): ToldChannel => ({
  id,
  type: 'slack',
  enabled: true,
  healthy: true,
  routes: [],
  ...more,
});

describe('channel health', () => {
  it('is lost after five failures in a row or a notice given up', () => {
    expect([0, 4, 5].map((failures) => isUnhealthy({ failures, gaveUp: false }))).toEqual([false, false, true]);
    expect(isUnhealthy({ failures: 1, gaveUp: true })).toBe(true);
  });

  it('is told by one working channel, by mail if there is one', () => {
    expect(channelsToTell('a', [channel('a'), channel('b'), channel('c')])).toEqual(['b']);
    expect(channelsToTell('a', [channel('a'), channel('b'), channel('c', { type: 'email' })])).toEqual(['c']);
    expect(
      channelsToTell('a', [channel('a', { type: 'email' }), channel('b', { healthy: false }), channel('c', { enabled: false })]),
    ).toEqual([]);
  });

  it('is told to all that ask for it, and then to no other', () => {
    const asks = { routes: [{ events: ['channel.failing' as const] }] };
    expect(channelsToTell('a', [channel('a', asks), channel('b'), channel('c', asks), channel('d', asks)])).toEqual(['c', 'd']);
  });
});
