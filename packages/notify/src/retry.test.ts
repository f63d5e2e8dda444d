import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAttemptAt, parseRetryAfter, RETRY_WINDOW_MS } from './retry.ts';

const start = new Date('2026-11-20T12:00:00.000Z');

/** Every attempt fails at once; answers the offsets of the attempts in ms. */
function walk(retryAfterMs: (attempt: number) => number = () => 0, attemptMs = 0): number[] {
  const offsets = [0];
  for (let attempts = 1; ; attempts += 1) {
    const ended = new Date(start.getTime() + (offsets.at(-1) ?? 0) + attemptMs);
    const next = nextAttemptAt(start, attempts, ended, retryAfterMs(attempts));
    if (next === null) return offsets;
    offsets.push(next.getTime() - start.getTime());
    if (offsets.length > 1000) throw new Error('never dies');
  }
}

describe('nextAttemptAt', () => {
  it('waits 5 s, 30 s, 2 min, 10 min, 30 min, then hourly, and gives up after 24 h', () => {
    const offsets = walk();
    const waits = offsets.slice(1).map((offset, i) => (offset - (offsets[i] ?? 0)) / 1000);
    expect(waits.slice(0, 5)).toEqual([5, 30, 120, 600, 1800]);
    expect(new Set(waits.slice(5))).toEqual(new Set([3600]));
    expect(offsets.at(-1)).toBeLessThanOrEqual(RETRY_WINDOW_MS);
    expect((offsets.at(-1) ?? 0) + 3_600_000).toBeGreaterThan(RETRY_WINDOW_MS);
  });

  it('always ends, never goes back, never leaves the window, whatever receivers ask and however long attempts take', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 * RETRY_WINDOW_MS), { maxLength: 50 }), fc.nat(45_000), (asked, attemptMs) => {
        const offsets = walk((attempt) => asked[attempt - 1] ?? 0, attemptMs);
        for (const [i, offset] of offsets.entries()) {
          if (i > 0) expect(offset).toBeGreaterThan(offsets[i - 1] ?? 0);
          expect(offset).toBeLessThanOrEqual(RETRY_WINDOW_MS);
        }
        expect(offsets.length).toBeLessThan(60);
      }),
    );
  });

  it('is not earlier than Retry-After, unless the window ends before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(RETRY_WINDOW_MS), fc.nat(2 * RETRY_WINDOW_MS), (attempts, elapsed, asked) => {
        const now = new Date(start.getTime() + elapsed);
        const next = nextAttemptAt(start, attempts, now, asked);
        if (next === null) return;
        const end = start.getTime() + RETRY_WINDOW_MS;
        expect(next.getTime()).toBeGreaterThanOrEqual(Math.min(end, now.getTime() + asked));
      }),
    );
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1500],
    ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2020 12:00:30 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j ms', (value, expected) => {
    const parsed = parseRetryAfter(value, start);
    if (value === '-5') expect(parsed === undefined || parsed === 0).toBe(true);
    else expect(parsed).toBe(expected);
  });
});
