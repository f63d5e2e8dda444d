import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../schedule/maintenance.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

const night: QuietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin', through: ['endpoint.down'] };
const at = (text: string) => Date.parse(text);
const until = (text: string, hours = night, type: Parameters<typeof quietUntil>[1] = 'endpoint.degraded') => {
  const end = quietUntil(hours, type, at(text));
  return end === null ? null : new Date(end).toISOString();
};

describe('quietUntil', () => {
  it('ends at the local time of the next morning, over midnight', () => {
    expect(until('2026-11-20T20:59:59Z')).toBeNull();
    expect(until('2026-11-20T21:00:00Z')).toBe('2026-11-21T06:00:00.000Z');
    expect(until('2026-11-21T05:59:59Z')).toBe('2026-11-21T06:00:00.000Z');
    expect(until('2026-11-21T06:00:00Z')).toBeNull();
  });

  it('follows daylight saving: the night of the change ends at seven o’clock all the same', () => {
    // On 2026-03-29 at 02:00 the clock goes to 03:00, on 2026-10-25 at 03:00 back to 02:00.
    expect(until('2026-03-28T21:30:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(until('2026-10-24T20:30:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('lets through what the owner says', () => {
    expect(until('2026-11-20T23:00:00Z', night, 'endpoint.down')).toBeNull();
    expect(until('2026-11-20T23:00:00Z', { ...night, through: [] }, 'endpoint.down')).not.toBeNull();
    expect(quietUntil(null, 'endpoint.degraded', at('2026-11-20T23:00:00Z'))).toBeNull();
  });

  it('counts the weekday on which they begin', () => {
    const weekend: QuietHours = { ...night, weekdays: [6, 7] };
    // The 21st of November 2026 is a Saturday.
    expect(until('2026-11-20T23:00:00Z', weekend)).toBeNull();
    expect(until('2026-11-21T23:00:00Z', weekend)).toBe('2026-11-22T06:00:00.000Z');
    expect(until('2026-11-23T02:00:00Z', weekend)).toBe('2026-11-23T06:00:00.000Z');
    expect(until('2026-11-23T23:00:00Z', weekend)).toBeNull();
  });

  const clockTime = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
  const anyHours = fc
    .record({
      from: clockTime,
      to: clockTime,
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe'),
      weekdays: fc.option(fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }), { nil: undefined }),
      through: fc.constant([]),
    })
    .filter(({ from, to }) => from !== to) as fc.Arbitrary<QuietHours>;
  const anyTime = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') });

  it('ends within about a day, at the wall-clock time that was named, and is over then', () => {
    fc.assert(
      fc.property(anyHours, anyTime, (hours, now) => {
        const end = quietUntil(hours, 'endpoint.degraded', now);
        if (end === null) return;
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThan(26 * 3_600_000);
        expect(quietUntil(hours, 'endpoint.degraded', end)).toBeNull();
        const wall = new Date(zoneOf(hours.timeZone).wallTime(end)).toISOString().slice(11, 16);
        // In a gap of daylight saving there is no such time.
        if (zoneOf(hours.timeZone).wallTime(end + 7_200_000) - zoneOf(hours.timeZone).wallTime(end - 7_200_000) === 14_400_000)
          expect(wall).toBe(hours.to);
        expect(quietUntil(hours, 'endpoint.degraded', end - 1)).toBe(end);
      }),
      { numRuns: 500 },
    );
  });

  it('with its hours swapped is quiet exactly when it was not, every day alike', () => {
    fc.assert(
      fc.property(anyHours, anyTime, (hours, now) => {
        const daily = { ...hours, weekdays: undefined, timeZone: 'UTC' };
        const swapped = { ...daily, from: daily.to, to: daily.from };
        expect(quietUntil(daily, 'endpoint.degraded', now) === null).toBe(quietUntil(swapped, 'endpoint.degraded', now) !== null);
      }),
    );
  });
});
