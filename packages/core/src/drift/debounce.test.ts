import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptBaseline, type DriftMemory, seeSnapshot } from './debounce.ts';
import { driftPolicyOf, isTold } from './drift-policy.ts';

const STALE_MS = 180_000;

/** Walks observations `region:hash`, a minute apart (or at `@seconds`), and answers with the hashes that it settled on. */
function walk(text: string): string[] {
  let memory: DriftMemory | null = null;
  const settled: string[] = [];
  for (const [i, item] of text.split(' ').entries()) {
    const [, region = '', hash = '', seconds] = /^(\w):(\w)(?:@(\d+))?$/.exec(item) ?? [];
    const step = seeSnapshot(memory, { hash, count: 1, region, at: seconds === undefined ? i * 60_000 : Number(seconds) * 1000 }, STALE_MS);
    memory = step.memory;
    if (step.outcome !== null) settled.push(step.outcome.type === 'first' ? hash : `${step.outcome.from}>${step.outcome.to}`);
  }
  return settled;
}

describe('a change counts', () => {
  it.each([
    ['once two equal observations in a row have shown it', 'x:a x:b x:b x:b', ['a', 'a>b']],
    ['not when it was seen once', 'x:a x:b x:a x:b x:a', ['a']],
    ['not while every observation differs', 'x:a x:b x:c x:d x:e', ['a']],
    ['again when it goes back', 'x:a x:b x:b x:a x:a', ['a', 'a>b', 'b>a']],
    ['when two regions have seen it', 'x:a y:a x:b y:b', ['a', 'a>b']],
    ['not when regions see different lists, however often', 'x:a x:a y:b y:b x:a x:a y:b y:b', ['a']],
    ['when the region that saw otherwise has been silent', 'y:a@0 x:a@10 x:b@200 x:b@260', ['a', 'a>b']],
    ['not before it has been silent for long', 'y:a@0 x:a@10 x:b@100 x:b@160', ['a']],
  ])('%s', (_name, text, expected) => {
    expect(walk(text)).toEqual(expected);
  });

  it('always after two equal ones in one region, and never with no two equal in a row', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 40 }), (hashes) => {
        let memory: DriftMemory | null = null;
        for (const [i, hash] of hashes.entries()) {
          const before: DriftMemory | null = memory;
          const step = seeSnapshot(before, { hash, count: 1, region: 'x', at: i * 60_000 }, STALE_MS);
          const twice = i > 0 && hashes[i - 1] === hash;
          expect(step.outcome?.type === 'changed').toBe(before !== null && twice && before.settled !== hash);
          if (twice) expect(step.memory.settled).toBe(hash);
          memory = step.memory;
        }
      }),
    );
  });

  it('and moves the baseline only when somebody accepts it', () => {
    const first = seeSnapshot(null, { hash: 'a', count: 3, region: 'x', at: 0 }, STALE_MS).memory;
    const second = seeSnapshot(first, { hash: 'b', count: 0, region: 'x', at: 1 }, STALE_MS).memory;
    const third = seeSnapshot(second, { hash: 'b', count: 0, region: 'x', at: 2 }, STALE_MS).memory;
    expect(third).toMatchObject({ settled: 'b', baseline: 'a', baselineCount: 3 });
    expect(acceptBaseline(third, 'b', 0)).toMatchObject({ settled: 'b', baseline: 'b', baselineCount: 0 });
  });
});

describe('who is told', () => {
  it('of breaking changes and texts unless the owner says otherwise', () => {
    const policy = driftPolicyOf(undefined);
    expect([isTold(['breaking'], policy), isTold(['text'], policy), isTold(['additive'], policy), isTold([], policy)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isTold(['text', 'additive'], driftPolicyOf({ text: 'record', additive: 'alert' }))).toBe(true);
    expect(isTold(['breaking', 'additive'], driftPolicyOf({ breaking: 'record' }))).toBe(false);
  });
});
