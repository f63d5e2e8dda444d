import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plannedEvent } from '../alerts/plan-notices.ts';
import { confirmationStepMs, nextSlot } from '../schedule/slots.ts';
import type { ProbeVerdict } from '../terms.ts';
import { type EndpointMemory, initialMemory, parseMemory } from './memory.ts';
import type { StatePolicy } from './policy.ts';
import { judgeSilence, type ProbeResult, pause, resume, type StateEvent, statusOf, step } from './step.ts';

const START = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const policy: StatePolicy = { intervalMs: MINUTE, confirmations: 2, recoveryConfirmations: 2 };
const c = confirmationStepMs(policy.intervalMs);

interface Timeline {
  memory: EndpointMemory;
  readonly events: StateEvent[];
  readonly alerts: { at: number; type: string }[];
}

/** Walks a schedule as scheduler and recorder do: the grid, and confirmations where `step` asks for them. */
function simulate(
  verdictAt: (at: number) => { verdict: ProbeVerdict; cause: string | null },
  until: number,
  given: StatePolicy = policy,
  phase = 0,
): Timeline {
  const timeline: Timeline = { memory: initialMemory(new Date(START)), events: [], alerts: [] };
  let due = START + phase;
  while (due < until) {
    const { verdict, cause } = verdictAt(due);
    const outcome = step(timeline.memory, { slot: due, startedAt: due, verdict, cause }, given);
    timeline.memory = outcome.memory;
    timeline.events.push(...outcome.events);
    const planned = plannedEvent(outcome.events);
    if (planned) timeline.alerts.push({ at: due, type: planned.type });
    const next = nextSlot(START + phase, given.intervalMs, new Date(due)).getTime();
    due = outcome.recheckAt === null ? next : Math.min(next, Math.max(outcome.recheckAt, due + 1));
  }
  return timeline;
}

const outage = (from: number, to: number) => (at: number) =>
  at >= from && at < to ? { verdict: 'down' as const, cause: 'tcp.refused' } : { verdict: 'up' as const, cause: null };

const intervals = fc.integer({ min: 10, max: 3600 }).map((seconds) => seconds * 1000);
const policyFor = (intervalMs: number): StatePolicy => ({ intervalMs, confirmations: 2, recoveryConfirmations: 2 });

describe('step: what is promised', () => {
  it('alerts every outage longer than I + 2c, exactly once, dated to the first failing probe', () => {
    fc.assert(
      fc.property(intervals, fc.nat(10_000_000), fc.nat(5_000_000), fc.nat(3_600_000), (intervalMs, startOffset, extra, phase) => {
        const step2 = confirmationStepMs(intervalMs);
        const from = START + intervalMs + startOffset;
        const to = from + intervalMs + 2 * step2 + 1 + extra;
        const { events, alerts } = simulate(outage(from, to), to + 6 * intervalMs, policyFor(intervalMs), phase % intervalMs);
        const opened = events.filter((event) => event.type === 'incident.opened');
        expect(opened).toHaveLength(1);
        expect(alerts.map(({ type }) => type)).toEqual(['endpoint.down', 'endpoint.recovered']);
        expect(opened[0]?.at).toBeGreaterThanOrEqual(from);
        expect(opened[0]?.at).toBeLessThanOrEqual(from + intervalMs);
        expect(alerts[0]?.at).toBeLessThanOrEqual(from + intervalMs + 2 * step2);
      }),
    );
  });

  it('never alerts an outage shorter than 2c', () => {
    fc.assert(
      fc.property(
        intervals,
        fc.nat(10_000_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(3_600_000),
        (intervalMs, startOffset, part, phase) => {
          const from = START + startOffset;
          const to = from + Math.floor(2 * confirmationStepMs(intervalMs) * part);
          const { alerts } = simulate(outage(from, to), to + 6 * intervalMs, policyFor(intervalMs), phase % intervalMs);
          expect(alerts).toEqual([]);
        },
      ),
    );
  });

  it('opens and resolves in turn whatever comes, and every down has exactly one up', () => {
    const verdicts = fc.array(fc.constantFrom<ProbeVerdict>('up', 'down', 'degraded', 'gated', 'unknown'), { maxLength: 300 });
    fc.assert(
      fc.property(verdicts, (sequence) => {
        const at = (time: number) => {
          const verdict = sequence[Math.floor((time - START) / c) % Math.max(1, sequence.length)] ?? 'up';
          return { verdict, cause: verdict === 'up' ? null : `cause.${verdict}` };
        };
        const { events, memory } = simulate(at, START + sequence.length * c);
        let open = false;
        for (const event of events) {
          if (event.type === 'incident.opened') {
            expect(open).toBe(false);
            open = true;
          } else if (event.type === 'incident.resolved') {
            expect(open).toBe(true);
            open = false;
          } else if (event.type !== 'status.changed') expect(open).toBe(true);
        }
        expect(memory.incidentOpen).toBe(open);
      }),
    );
  });

  it('changes nothing for a slot seen before, so a repeated job counts once', () => {
    const results = fc.array(fc.constantFrom<ProbeVerdict>('up', 'down', 'degraded', 'gated', 'unknown'), { maxLength: 60 });
    fc.assert(
      fc.property(results, (sequence) => {
        let memory = initialMemory(new Date(START));
        sequence.forEach((verdict, index) => {
          const at = START + index * c;
          const result: ProbeResult = { slot: at, startedAt: at, verdict, cause: null };
          memory = step(memory, result, policy).memory;
          const again = step(memory, { ...result, verdict: 'down' }, policy);
          expect(again).toEqual({ memory, events: [], recheckAt: null, recheckElsewhere: false });
          const older = step(memory, { ...result, slot: at - 1 }, policy);
          expect(older.memory).toEqual(memory);
        });
      }),
    );
  });

  it('keeps its memory over a round through JSON', () => {
    const { memory } = simulate(outage(START + MINUTE, START + 10 * MINUTE), START + 2 * MINUTE + c);
    expect(parseMemory(JSON.parse(JSON.stringify(memory)), new Date(0))).toEqual(memory);
  });
});

/** Told step by step: seconds after the start, verdict, and what is expected to be seen. */
function walk(lines: readonly (readonly [number, ProbeVerdict, string | null])[], given: StatePolicy = policy) {
  let memory = initialMemory(new Date(START));
  const seen: { status: string; events: string[] }[] = [];
  for (const [second, verdict, cause] of lines) {
    const at = START + second * 1000;
    const outcome = step(memory, { slot: at, startedAt: at, verdict, cause }, given);
    memory = outcome.memory;
    seen.push({ status: statusOf(memory), events: outcome.events.map((event) => event.type) });
  }
  return { memory, seen };
}

describe('step: state walks', () => {
  it('shows a new endpoint up at its first good probe, and down only after its proof', () => {
    expect(walk([[0, 'up', null]]).seen[0]).toEqual({ status: 'up', events: ['status.changed'] });
    const { seen } = walk([
      [0, 'down', 'a'],
      [15, 'down', 'a'],
      [30, 'down', 'a'],
    ]);
    expect(seen.map(({ status }) => status)).toEqual(['pending', 'pending', 'down']);
  });

  it('does not count results that come closer than c', () => {
    const { seen } = walk([
      [0, 'up', null],
      [60, 'down', 'a'],
      [61, 'down', 'a'],
      [62, 'down', 'a'],
      [75, 'down', 'a'],
      [90, 'down', 'a'],
    ]);
    expect(seen.map(({ status }) => status)).toEqual(['up', 'up', 'up', 'up', 'up', 'down']);
  });

  it('proves no more than every result supports: down and degraded in turn are degraded', () => {
    const { seen, memory } = walk([
      [0, 'up', null],
      [60, 'down', 'a'],
      [75, 'degraded', 'b'],
      [90, 'down', 'a'],
    ]);
    expect(seen.at(-1)).toEqual({ status: 'degraded', events: ['status.changed', 'incident.opened'] });
    expect(memory.cause).toBe('b');
  });

  it('lets unknown neither prove nor refute', () => {
    const { seen } = walk([
      [0, 'up', null],
      [60, 'down', 'a'],
      [75, 'unknown', 'http.rate_limited'],
      [90, 'down', 'a'],
      [105, 'unknown', null],
      [120, 'down', 'a'],
    ]);
    expect(seen.map(({ status }) => status)).toEqual(['up', 'up', 'up', 'up', 'up', 'down']);
  });

  it('goes from degraded to down within one incident, and pages again for that', () => {
    const { seen } = walk([
      [0, 'up', null],
      [60, 'degraded', 'slow'],
      [75, 'degraded', 'slow'],
      [90, 'degraded', 'slow'],
      [120, 'down', 'a'],
      [135, 'down', 'a'],
      [150, 'down', 'a'],
    ]);
    expect(seen[3]?.events).toEqual(['status.changed', 'incident.opened']);
    expect(seen[6]?.events).toEqual(['status.changed', 'incident.severity_changed']);
  });

  it('records a new cause within an incident once it is seen twice, and changes no status for it', () => {
    const { seen, memory } = walk([
      [0, 'up', null],
      [60, 'down', 'a'],
      [75, 'down', 'a'],
      [90, 'down', 'a'],
      [120, 'down', 'b'],
      [180, 'down', 'a'],
      [240, 'down', 'b'],
      [300, 'down', 'b'],
    ]);
    expect(seen.slice(4).map(({ events }) => events)).toEqual([[], [], [], ['incident.cause_changed']]);
    expect(memory.cause).toBe('b');
  });

  it('needs as much proof for recovery and dates it to the first good probe', () => {
    let memory = walk([
      [0, 'up', null],
      [60, 'down', 'a'],
      [75, 'down', 'a'],
      [90, 'down', 'a'],
    ]).memory;
    const events: StateEvent[] = [];
    for (const second of [120, 135, 150]) {
      const at = START + second * 1000;
      const outcome = step(memory, { slot: at, startedAt: at, verdict: 'up', cause: null }, policy);
      memory = outcome.memory;
      events.push(...outcome.events);
    }
    expect(events).toContainEqual({ type: 'incident.resolved', at: START + 120_000, reason: 'recovered' });
  });

  it('asks for a confirmation one step after the start of the probe that needs it', () => {
    const first = step(initialMemory(new Date(START)), { slot: START, startedAt: START + 250, verdict: 'down', cause: 'a' }, policy);
    expect(first.recheckAt).toBe(START + 250 + c);
    expect(confirmationStepMs(10_000)).toBe(2500);
    expect(confirmationStepMs(86_400_000)).toBe(60_000);
  });
});

describe('silence and pauses', () => {
  const up = walk([[0, 'up', null]]).memory;

  it('is no_data after two intervals and the time of a probe, and not before', () => {
    expect(judgeSilence(up, START, MINUTE, 30_000, START + 2 * MINUTE + 30_000).events).toEqual([]);
    const silent = judgeSilence(up, START, MINUTE, 30_000, START + 2 * MINUTE + 30_001);
    expect(statusOf(silent.memory)).toBe('no_data');
    expect(plannedEvent(silent.events)?.type).toBe('endpoint.no_data');
    expect(judgeSilence(silent.memory, START, MINUTE, 30_000, START + 9 * MINUTE).events).toEqual([]);
  });

  it('is not told of an endpoint with a short interval because one probe died with its process', () => {
    const lost = 10_000 + 30_000 + 15_000;
    expect(judgeSilence(up, START, 10_000, 30_000, START + lost + 10_000).events).toEqual([]);
    expect(judgeSilence(up, START, 10_000, 30_000, START + lost + 15_001).events).toHaveLength(1);
  });

  it('is never green while something else waits for its proof', () => {
    let { memory } = judgeSilence(up, START, MINUTE, 0, START + 3 * MINUTE);
    for (const [second, verdict, status] of [
      [240, 'down', 'no_data'],
      [255, 'down', 'no_data'],
      [270, 'down', 'down'],
    ] as const) {
      const at = START + second * 1000;
      memory = step(memory, { slot: at, startedAt: at, verdict, cause: 'a' }, policy).memory;
      expect(statusOf(memory)).toBe(status);
    }
  });

  it('ends with the first result that says what was settled before', () => {
    const { memory } = judgeSilence(up, START, MINUTE, 0, START + 3 * MINUTE);
    const at = START + 4 * MINUTE;
    expect(statusOf(step(memory, { slot: at, startedAt: at, verdict: 'up', cause: null }, policy).memory)).toBe('up');
  });

  it('a pause resolves the open incident without a notice and forgets what was settled', () => {
    const down = walk([
      [0, 'down', 'a'],
      [15, 'down', 'a'],
      [30, 'down', 'a'],
    ]).memory;
    const paused = pause(down, new Date(START + MINUTE));
    expect(paused.events.map(({ type }) => type)).toEqual(['status.changed', 'incident.resolved']);
    expect(plannedEvent(paused.events.filter(({ type }) => type === 'status.changed'))).toBeNull();
    const at = START + 2 * MINUTE;
    expect(step(paused.memory, { slot: at, startedAt: at, verdict: 'up', cause: null }, policy).events).toEqual([]);
    expect(statusOf(resume(paused.memory, new Date(at)).memory)).toBe('pending');
  });
});
