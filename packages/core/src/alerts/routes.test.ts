import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, type EventType, SEVERITIES } from '../terms.ts';
import { type ChannelRoutes, matchChannels, type NoticeRoute, type Routed, severityOf } from './plan-notices.ts';

const channel = (routes: NoticeRoute[], more: Partial<ChannelRoutes> = {}): ChannelRoutes => ({
  id: 'ch_1',
  enabled: true,
  routes,
  ...more,
});
const down: Routed = { type: 'endpoint.down', severity: 'down', endpoint: { id: 'ep_1', tags: ['prod', 'eu'] } };
const takes = (routes: NoticeRoute[], routed: Routed = down, more: Partial<ChannelRoutes> = {}) =>
  matchChannels([channel(routes, more)], routed).length === 1;

describe('matchChannels', () => {
  it('takes everything without routes; members are ANDed, routes ORed', () => {
    expect(takes([])).toBe(true);
    expect(takes([{}])).toBe(true);
    expect(takes([{ tags: ['prod'], severities: ['down'] }])).toBe(true);
    expect(takes([{ tags: ['prod'], severities: ['degraded'] }])).toBe(false);
    expect(takes([{ tags: ['prod'], severities: ['degraded'] }, { endpoints: ['ep_1'] }])).toBe(true);
    expect(takes([{ events: ['endpoint.recovered'] }])).toBe(false);
    expect(takes([{}], down, { enabled: false })).toBe(false);
  });

  it('tells the end to who was told the beginning, whatever the severity is by then', () => {
    const recovered: Routed = { ...down, type: 'endpoint.recovered', severity: 'degraded' };
    expect(takes([{ severities: ['down'] }], recovered)).toBe(false);
    expect(takes([{ severities: ['down'] }], { ...recovered, told: new Map([['ch_1', 'route']]) })).toBe(true);
    // But not to who does not want to hear of recoveries.
    expect(takes([{ events: ['endpoint.down'] }], { ...recovered, told: new Map([['ch_1', 'route']]) })).toBe(false);
  });

  it('leaves a standby channel alone until something is escalated to it, then tells it the rest', () => {
    expect(takes([], down, { standby: true })).toBe(false);
    expect(takes([], { ...down, told: new Map([['ch_1', 'route']]) }, { standby: true })).toBe(false);
    const escalated: Routed = { ...down, type: 'endpoint.recovered', told: new Map([['ch_1', 'escalation']]) };
    expect(takes([{ tags: ['other'] }], escalated, { standby: true })).toBe(true);
    expect(takes([], escalated, { standby: true, enabled: false })).toBe(false);
  });

  const routes = fc.array(
    fc.record(
      {
        tags: fc.subarray(['prod', 'eu', 'us']),
        endpoints: fc.subarray(['ep_1', 'ep_2']),
        events: fc.subarray([...EVENT_TYPES]),
        severities: fc.subarray([...SEVERITIES]),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 4 },
  );
  const event = fc.record({
    type: fc.constantFrom<EventType>(...EVENT_TYPES),
    severity: fc.constantFrom(...SEVERITIES),
    endpoint: fc.record({ id: fc.constantFrom('ep_1', 'ep_2', 'ep_3'), tags: fc.subarray(['prod', 'eu', 'us', 'x']) }),
  });

  it('one more route never takes a notice away, one more condition never adds one, and order does not matter', () => {
    fc.assert(
      fc.property(routes, fc.record({ tags: fc.subarray(['prod', 'us']) }), event, (list, extra, routed) => {
        if (list.length > 0 && takes(list, routed)) expect(takes([...list, extra], routed)).toBe(true);
        if (!takes(list, routed) && list.length > 0)
          expect(
            takes(
              list.map((route) => ({ ...route, severities: ['down'] as const, ...route })),
              routed,
            ),
          ).toBe(false);
        expect(takes([...list].reverse(), routed)).toBe(takes(list, routed));
        expect(takes(list, routed)).toBe(list.length === 0 || list.some((route) => takes([route], routed)));
      }),
    );
  });

  it('knows a severity for every event', () => {
    for (const type of EVENT_TYPES) expect(SEVERITIES).toContain(severityOf(type, null));
    expect(severityOf('endpoint.recovered', 'down')).toBe('down');
  });
});
