import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlot, phaseMs } from './slots.ts';

describe('the grid', () => {
  it('gives the next slot strictly later, at most one interval away and always on the grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 86_400_000 }), fc.string(), fc.integer({ min: 0, max: 4e12 }), (interval, id, now) => {
        const phase = phaseMs(id, 'default', interval);
        const next = nextSlot(phase, interval, new Date(now)).getTime();
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(interval);
        expect((next - phase) % interval).toBe(0);
      }),
    );
  });

  it('spreads ten thousand endpoints evenly over their interval', () => {
    const interval = 60_000;
    const buckets = new Array<number>(60).fill(0);
    for (let i = 0; i < 10_000; i += 1) {
      const second = Math.floor(phaseMs(`ep_${i.toString().padStart(26, '0')}`, 'default', interval) / 1000);
      buckets[second] = (buckets[second] ?? 0) + 1;
    }
    // 167 on average; a Poisson spread stays far inside these bounds.
    expect(Math.min(...buckets)).toBeGreaterThan(110);
    expect(Math.max(...buckets)).toBeLessThan(230);
  });
});
