import { describe, expect, it } from 'vitest';
import { Cutoff, offEnd, onEnd, signalOf } from './cutoff.ts';

describe('a cutoff', () => {
  it('calls who waits for it once, and not who no longer does', () => {
    const cutoff = new Cutoff();
    const called: string[] = [];
    const gone = () => called.push('gone');
    onEnd(cutoff, () => called.push('waits'));
    onEnd(cutoff, gone);
    offEnd(cutoff, gone);
    cutoff.abort('first');
    cutoff.abort('second');
    expect(called).toEqual(['waits']);
    expect(cutoff).toMatchObject({ aborted: true, reason: 'first' });
  });

  it('is an AbortSignal to whom only that will do, asked for before or after the end', () => {
    const cutoff = new Cutoff();
    const before = signalOf(cutoff);
    expect(before.aborted).toBe(false);
    cutoff.abort('over');
    expect([before.aborted, before.reason]).toEqual([true, 'over']);
    const late = new Cutoff();
    late.abort('over');
    expect([late.signal.aborted, late.signal.reason]).toEqual([true, 'over']);
  });
});
