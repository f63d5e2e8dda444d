import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Sample, slopeOf } from './slope.ts';

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

test('memory that shrinks is no leak; too few samples are no measurement', () => {
  expect(slopeOf(saw(-60, () => 0)).flat).toBe(true);
  expect(() => slopeOf(saw(0, () => 0).slice(0, 20))).toThrow('too few');
});
