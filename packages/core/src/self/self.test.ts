import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostReach, isCutOff, REACH_WINDOW_MS } from './cut-off.ts';
import { NO_PROBLEMS, type SelfFacts, selfProblems, stepSelf, TELL_AFTER_MS } from './self-check.ts';

const NOW = 1_000_000_000;
const host = (reached: boolean, more: Partial<HostReach> = {}): HostReach => ({ at: NOW, reached, reachedBefore: true, ...more });
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe('cut off', () => {
  it('is never said while the canary answers: the targets are down then', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (reached) => {
        expect(
          isCutOff(
            reached.map((one) => host(one)),
            true,
            NOW,
          ),
        ).toBe(false);
      }),
    );
  });

  it('needs the canary and most of the hosts to fail together', () => {
    expect(isCutOff([host(false)], false, NOW)).toBe(true);
    expect(isCutOff([host(false), host(true)], false, NOW)).toBe(false);
    expect(isCutOff([...times(3, host(false)), ...times(2, host(true))], false, NOW)).toBe(true);
  });

  it('is never said without a canary: hosts that fail together may be one platform, and somebody must be told', () => {
    expect(isCutOff(times(500, host(false)), null, NOW)).toBe(false);
  });

  it('hosts that never answered, and old results, tell nothing', () => {
    expect(isCutOff(times(20, host(false, { reachedBefore: false })), false, NOW)).toBe(false);
    expect(isCutOff(times(20, host(false, { at: NOW - REACH_WINDOW_MS - 1 })), false, NOW)).toBe(false);
  });
});

const calm: SelfFacts = { lagMs: 0, waiting: {}, offlineRegions: [], silentEndpoints: 0, noticeLagMs: 0 };

describe('the watch over ourselves', () => {
  it('names what is wrong and nothing else', () => {
    expect(selfProblems(calm)).toEqual([]);
    const all = selfProblems({ lagMs: 31_000, waiting: { fra: 6000 }, offlineRegions: ['fra'], silentEndpoints: 3, noticeLagMs: 121_000 });
    expect(all.map(({ code }) => code)).toEqual(['scheduler.lag', 'queue.depth', 'prober.offline', 'endpoints.no_data', 'notices.late']);
  });

  it('tells what lasts once, and its end once; what passes by itself is not told', () => {
    const lag = selfProblems({ ...calm, lagMs: 60_000 });
    let state = stepSelf(NO_PROBLEMS, lag, NOW);
    expect(state).toMatchObject({ tell: [], over: [] });
    state = stepSelf(state.memory, lag, NOW + TELL_AFTER_MS);
    expect(state.tell.map(({ code }) => code)).toEqual(['scheduler.lag']);
    state = stepSelf(state.memory, lag, NOW + 2 * TELL_AFTER_MS);
    expect(state).toMatchObject({ tell: [], over: [] });
    state = stepSelf(state.memory, [], NOW + 3 * TELL_AFTER_MS);
    expect(state).toMatchObject({ tell: [], over: ['scheduler.lag'] });
    state = stepSelf(stepSelf(NO_PROBLEMS, lag, NOW).memory, [], NOW + 1000);
    expect(state).toMatchObject({ tell: [], over: [] });
  });
});
