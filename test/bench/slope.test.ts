import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Sample, slopeOf, trendOf } from './slope.ts';

/** A heap that fills and is collected every seven seconds, on ground that rises by `mbPerHour`. */
function saw(mbPerHour: number, noise: (n: number) => number): Sample[] {
  return Array.from({ length: 600 }, (_, at) => ({ at, mb: 300 + (at % 7) * 12 + noise(at) + (mbPerHour / 3600) * at }));
}

test('a saw on level ground is flat, whatever its teeth', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 50, maxLength: 50 }), (teeth) => {
      // The same teeth in every block of fifty samples: no trend whatever.
      expect(slopeOf(saw(0, (n) => teeth[n % 50] ?? 0).map((s) => ({ ...s, mb: s.mb - (s.at % 7) * 12 }))).flat).toBe(true);
    }),
  );
});

test('ground that rises by 60 MB an hour below the same saw is seen', () => {
  const { flat, mbPerHour, noiseMbPerHour } = slopeOf(saw(60, (n) => Math.sin(n * 12.9898) * 2));
  expect(flat).toBe(false);
  expect(mbPerHour).toBeGreaterThan(40);
  expect(mbPerHour).toBeLessThan(80);
  expect(noiseMbPerHour).toBeLessThan(mbPerHour);
});

test('what every probe leaves behind is told from a cache that fills', () => {
  const after = (of: (at: number) => number) =>
    Array.from({ length: 120 }, (_, n) => ({ at: n * 5, mb: 60 + of(n * 5) + Math.sin(n * 12.9898) * 0.05 }));
  const leak = (bytes: number) => (at: number) => (at * 300 * bytes) / 1024 / 1024;
  expect(
    trendOf(
      after(() => 0),
      300,
    ),
  ).toBe('flat');
  expect(
    trendOf(
      after((at) => 10 * (1 - Math.exp(-at / 60))),
      300,
    ),
  ).toBe('settles');
  expect(trendOf(after(leak(4)), 300)).toBe('settles');
  for (const bytes of [24, 100, 5000]) expect(trendOf(after(leak(bytes)), 300)).toBe('grows');
});

test('memory that shrinks is no leak; too few samples are no measurement', () => {
  expect(slopeOf(saw(-60, () => 0)).flat).toBe(true);
  expect(() => slopeOf(saw(0, () => 0).slice(0, 20))).toThrow('too few');
});
