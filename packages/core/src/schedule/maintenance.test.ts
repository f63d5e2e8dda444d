import { describe, expect, it } from 'vitest';
import { coversEndpoint, isActiveAt, type MaintenanceWindow, occurrences, zoneOf } from './maintenance.ts';

const at = (text: string) => Date.parse(text);
const window = (more: Partial<MaintenanceWindow>): MaintenanceWindow => ({
  startsAt: at('2026-03-02T02:00:00+01:00'),
  endsAt: at('2026-03-02T04:00:00+01:00'),
  recurrence: null,
  endpoints: [],
  tags: [],
  ...more,
});
const starts = (given: MaintenanceWindow, from: string, to: string) =>
  occurrences(given, at(from), at(to)).map((span) => new Date(span.from).toISOString());

describe('maintenance windows', () => {
  it('one-off: its end is not part of it', () => {
    const once = window({});
    expect(isActiveAt(once, once.startsAt)).toBe(true);
    expect(isActiveAt(once, once.endsAt - 1)).toBe(true);
    expect(isActiveAt(once, once.endsAt)).toBe(false);
    expect(isActiveAt(once, once.startsAt - 1)).toBe(false);
  });

  it('daily: keeps the wall-clock time over the change to summer time', () => {
    const daily = window({
      recurrence: { every: 'day', timeZone: 'Europe/Berlin', until: null },
      startsAt: at('2026-03-02T04:00:00+01:00'),
      endsAt: at('2026-03-02T05:00:00+01:00'),
    });
    expect(starts(daily, '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
      '2026-03-28T03:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
      '2026-03-30T02:00:00.000Z',
    ]);
  });

  it('in the hour that does not exist it begins when the clock goes on, and comes once', () => {
    const daily = window({
      recurrence: { every: 'day', timeZone: 'Europe/Berlin', until: null },
      startsAt: at('2026-03-02T02:30:00+01:00'),
      endsAt: at('2026-03-02T02:45:00+01:00'),
    });
    expect(starts(daily, '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z')).toEqual(['2026-03-29T01:30:00.000Z']);
  });

  it('weekly: on its weekdays only, from its first occurrence on, until its end', () => {
    const weekly = window({
      recurrence: { every: 'week', weekdays: [2, 6], timeZone: 'UTC', until: at('2026-03-15T00:00:00Z') },
      startsAt: at('2026-03-03T22:00:00Z'),
      endsAt: at('2026-03-04T02:00:00Z'),
    });
    expect(starts(weekly, '2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z')).toEqual([
      '2026-03-03T22:00:00.000Z',
      '2026-03-07T22:00:00.000Z',
      '2026-03-10T22:00:00.000Z',
      '2026-03-14T22:00:00.000Z',
    ]);
    // It runs over midnight.
    expect(isActiveAt(weekly, at('2026-03-11T01:59:00Z'))).toBe(true);
    expect(isActiveAt(weekly, at('2026-03-11T02:00:00Z'))).toBe(false);
  });

  it('weekly without weekdays: the weekday of the first one', () => {
    const weekly = window({
      recurrence: { every: 'week', timeZone: 'Asia/Tokyo', until: null },
      startsAt: at('2026-03-02T01:00:00+09:00'),
      endsAt: at('2026-03-02T02:00:00+09:00'),
    });
    expect(starts(weekly, '2026-03-01T00:00:00Z', '2026-03-17T00:00:00Z')).toEqual([
      '2026-03-01T16:00:00.000Z',
      '2026-03-08T16:00:00.000Z',
      '2026-03-15T16:00:00.000Z',
    ]);
  });

  it('is about the endpoints and tags it names, or about all', () => {
    const endpoint = { id: 'ep_1', tags: ['prod'] };
    expect(coversEndpoint(window({}), endpoint)).toBe(true);
    expect(coversEndpoint(window({ tags: ['prod'] }), endpoint)).toBe(true);
    expect(coversEndpoint(window({ endpoints: ['ep_2'], tags: ['dev'] }), endpoint)).toBe(false);
    expect(coversEndpoint(window({ endpoints: ['ep_1'], tags: ['dev'] }), endpoint)).toBe(true);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => zoneOf('Europe/Atlantis')).toThrow(RangeError);
  });
});
