import { describe, expect, it } from 'vitest';
import { absencesOf, overlapMs } from './absence.ts';

const there = (from: number, to: number | null) => ({ role: 'prober', region: 'r', from, to });

describe('absences', () => {
  it('are the times in which nobody was there', () => {
    expect(absencesOf([there(0, 10), there(5, 12), there(20, null)], { from: 2, to: 30 })).toEqual([{ from: 12, to: 20 }]);
    expect(absencesOf([there(4, 6)], { from: 2, to: 9 })).toEqual([
      { from: 2, to: 4 },
      { from: 6, to: 9 },
    ]);
    expect(absencesOf([], { from: 2, to: 9 })).toEqual([{ from: 2, to: 9 }]);
    expect(absencesOf([there(0, null)], { from: 2, to: 9 })).toEqual([]);
  });

  it('count once where several overlap', () => {
    expect(
      overlapMs(
        [
          { from: 0, to: 10 },
          { from: 5, to: 12 },
          { from: 6, to: 8 },
          { from: 20, to: 40 },
        ],
        { from: 8, to: 25 },
      ),
    ).toBe(9);
  });
});
