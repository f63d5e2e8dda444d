import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FollowedIncident, type FollowUpPolicy, planFollowUps } from './follow-ups.ts';

const MIN = 60_000;
const incident = (more: Partial<FollowedIncident> = {}): FollowedIncident => ({
  id: 'inc_1',
  open: true,
  acknowledged: false,
  snoozedUntil: null,
  silencedUntil: null,
  ...more,
});
const policy: FollowUpPolicy = {
  remindMinutes: 30,
  escalation: [
    { afterMinutes: 15, channel: 'ch_2' },
    { afterMinutes: 60, channel: 'ch_3' },
  ],
};
const plan = (minutes: number, incidents = [incident()], of = policy) => planFollowUps(incidents, 0, of, minutes * MIN);
const due = (minutes: number, incidents?: FollowedIncident[]) => {
  const { reminder, steps } = plan(minutes, incidents);
  return [reminder, steps.map(({ index }) => index)];
};

describe('planFollowUps', () => {
  it('reminds every N minutes and goes down the chain', () => {
    expect(due(14.9)).toEqual([null, []]);
    expect(due(15)).toEqual([null, [0]]);
    expect(due(30)).toEqual([1, [0]]);
    expect(due(59.9)).toEqual([1, [0]]);
    expect(due(60)).toEqual([2, [0, 1]]);
    expect(plan(600, [incident()], { remindMinutes: null, escalation: [] })).toEqual({ incidents: ['inc_1'], reminder: null, steps: [] });
  });

  it.each([
    ['acknowledged', { acknowledged: true }],
    ['over', { open: false }],
    ['snoozed', { snoozedUntil: 61 * MIN }],
    ['silenced', { silencedUntil: 61 * MIN }],
  ])('leaves alone what is %s', (_, more) => {
    expect(plan(60, [incident(more)])).toEqual({ incidents: [], reminder: null, steps: [] });
    expect(plan(60, [incident(more), incident({ id: 'inc_2' })]).incidents).toEqual(['inc_2']);
  });

  it('goes on when the snooze is over, with one reminder for all that were missed', () => {
    expect(due(100, [incident({ snoozedUntil: 95 * MIN })])).toEqual([3, [0, 1]]);
  });

  it('with any clock: reminders are numbered without a gap and each once, steps only ever grow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 50 }),
        (every, ticks) => {
          const seen = new Set<number>();
          let steps = 0;
          for (const minutes of [...ticks].sort((a, b) => a - b)) {
            const planned = plan(minutes, [incident()], { ...policy, remindMinutes: every });
            if (planned.reminder !== null) {
              expect(planned.reminder * every).toBeLessThanOrEqual(minutes);
              expect((planned.reminder + 1) * every).toBeGreaterThan(minutes);
              expect(planned.reminder).toBeGreaterThanOrEqual(Math.max(0, ...seen));
              seen.add(planned.reminder);
            }
            expect(planned.steps.length).toBeGreaterThanOrEqual(steps);
            steps = planned.steps.length;
          }
        },
      ),
    );
  });
});
