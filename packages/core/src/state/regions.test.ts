import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plannedEvent } from '../alerts/plan-notices.ts';
import { confirmationStepMs } from '../schedule/slots.ts';
import type { ProbeVerdict } from '../terms.ts';
import { FLAP_LIMIT, FLAP_WINDOW_MS } from './flapping.ts';
import { type EndpointMemory, initialMemory, parseMemory } from './memory.ts';
import type { Quorum, StatePolicy } from './policy.ts';
import { type StateEvent, statusOf, step } from './step.ts';

const START = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const c = confirmationStepMs(MINUTE);
const REGIONS = ['fra', 'iad', 'sin'];

interface World {
  readonly verdictAt: (region: string, at: number) => ProbeVerdict;
  readonly maintenanceAt?: (at: number) => boolean;
  /** No prober of the region is there. */
  readonly silentAt?: (region: string, at: number) => boolean;
  readonly policy?: Partial<StatePolicy>;
  readonly until: number;
}

/** Several regions on their own grids, with the rechecks that the state machine asks for, here and elsewhere. */
function simulate({ verdictAt, maintenanceAt, silentAt, policy: given, until }: World) {
  const policy: StatePolicy = { intervalMs: MINUTE, confirmations: 2, recoveryConfirmations: 2, regions: REGIONS, timeoutMs: 0, ...given };
  const regions = policy.regions ?? REGIONS;
  let memory: EndpointMemory = initialMemory(new Date(START));
  const due = new Map(regions.map((region, index) => [region, START + index * 7000]));
  const events: (StateEvent & { foundAt: number })[] = [];
  const alerts: { at: number; type: string; flapping: string | null }[] = [];
  for (;;) {
    const [region, at] = [...due].reduce((a, b) => (b[1] < a[1] ? b : a));
    if (at >= until) return { memory, events, alerts };
    const grid = START + regions.indexOf(region) * 7000;
    const next = grid + (Math.floor((at - grid) / policy.intervalMs) + 1) * policy.intervalMs;
    if (silentAt?.(region, at) === true) {
      due.set(region, next);
      continue;
    }
    const verdict = verdictAt(region, at);
    const cause = verdict === 'up' ? null : `cause.${verdict}`;
    const outcome = step(memory, { region, slot: at, startedAt: at, verdict, cause, maintenance: maintenanceAt?.(at) ?? false }, policy);
    memory = outcome.memory;
    events.push(...outcome.events.map((event) => ({ ...event, foundAt: at })));
    const planned = plannedEvent(outcome.events);
    if (planned) alerts.push({ at, type: planned.type, flapping: planned.flapping?.phase ?? null });
    due.set(region, outcome.recheckAt === null ? next : Math.min(next, Math.max(outcome.recheckAt, at + 1)));
    if (outcome.recheckElsewhere) for (const other of regions) if (other !== region) due.set(other, Math.min(due.get(other) ?? at, at + 1));
  }
}

const span = (from: number, to: number) => (at: number) => at >= from && at < to;

describe('several regions', () => {
  it('a cut-off region alone pages nobody under a majority, however long it lasts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REGIONS),
        fc.nat(60 * MINUTE),
        fc.integer({ min: MINUTE, max: 60 * MINUTE }),
        (cut, offset, length) => {
          const out = span(START + offset, START + offset + length);
          const { alerts, events } = simulate({
            verdictAt: (region, at) => (region === cut && out(at) ? 'down' : 'up'),
            until: START + 3 * 60 * MINUTE,
          });
          expect(alerts).toEqual([]);
          expect(events.filter(({ type }) => type === 'incident.opened')).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each<[Quorum, number]>([
    ['any', 1],
    ['majority', 2],
    [2, 2],
    ['all', 3],
    [3, 3],
  ])('quorum %s pages from %i failing regions on, once, within I + 2c, and not before', (quorum, needed) => {
    fc.assert(
      fc.property(
        fc.nat(30 * MINUTE),
        fc.integer({ min: 1, max: 3 }),
        fc.shuffledSubarray(REGIONS, { minLength: 3 }),
        (offset, count, order) => {
          const from = START + 3 * MINUTE + offset;
          const to = from + 20 * MINUTE;
          const failing = new Set(order.slice(0, count));
          const { alerts, events } = simulate({
            verdictAt: (region, at) => (failing.has(region) && at >= from && at < to ? 'down' : 'up'),
            policy: { quorum },
            until: to + 6 * MINUTE,
          });
          expect(alerts.map(({ type }) => type)).toEqual(count >= needed ? ['endpoint.down', 'endpoint.recovered'] : []);
          if (count < needed) return;
          expect(alerts[0]?.at).toBeLessThanOrEqual(from + MINUTE + 2 * c);
          const opened = events.find(({ type }) => type === 'incident.opened');
          expect(opened?.at).toBeGreaterThanOrEqual(from);
          expect(opened?.at).toBeLessThanOrEqual(from + MINUTE);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a region that fell silent has no vote: the others decide', () => {
    const from = START + 30 * MINUTE;
    const { alerts } = simulate({
      verdictAt: (region, at) => (region === 'sin' ? 'unknown' : at >= from ? 'down' : 'up'),
      policy: { quorum: 'all', regions: ['fra', 'iad'] },
      until: from + 5 * MINUTE,
    });
    expect(alerts.map(({ type }) => type)).toEqual(['endpoint.down']);
    let memory = simulate({ verdictAt: () => 'up', until: START + 5 * MINUTE }).memory;
    const policy: StatePolicy = {
      intervalMs: MINUTE,
      confirmations: 2,
      recoveryConfirmations: 2,
      regions: REGIONS,
      timeoutMs: 0,
      quorum: 'all',
    };
    for (let at = START + 5 * MINUTE; at < START + 12 * MINUTE; at += c) {
      for (const region of ['fra', 'iad'])
        memory = step(memory, { region, slot: at, startedAt: at, verdict: 'down', cause: 'x' }, policy).memory;
    }
    expect(statusOf(memory)).toBe('down');
  });

  it('a region that comes back from silence proves anew what it says, and its old word does not count', () => {
    const silences = fc.array(
      fc.record({ region: fc.constantFrom('fra', 'iad'), from: fc.nat(40 * MINUTE), length: fc.integer({ min: 1, max: 20 * MINUTE }) }),
      { maxLength: 4 },
    );
    const quorum = fc.constantFrom<Quorum>('any', 'majority', 'all');
    fc.assert(
      fc.property(silences, quorum, fc.nat(30 * MINUTE), fc.integer({ min: 1, max: 30 * MINUTE }), (gaps, needed, offset, length) => {
        const from = START + MINUTE + offset;
        const to = from + length;
        const { events } = simulate({
          verdictAt: (_region, at) => (at >= from && at < to ? 'down' : 'up'),
          silentAt: (region, at) =>
            gaps.some((gap) => gap.region === region && at >= START + MINUTE + gap.from && at < START + MINUTE + gap.from + gap.length),
          policy: { regions: ['fra', 'iad'], quorum: needed },
          until: to + 60 * MINUTE,
        });
        const told = events.filter(({ type }) => type === 'incident.opened' || type === 'incident.resolved');
        expect(told.map(({ type }) => type)).toEqual(['incident.opened', 'incident.resolved'].slice(0, told.length));
        for (const { type, at, foundAt } of told) {
          if (type === 'incident.opened') expect(at >= from && at < to).toBe(true);
          else expect(at).toBeGreaterThanOrEqual(to);
          // As many looks apart as the policy asks for.
          expect(foundAt - at).toBeGreaterThanOrEqual(2 * c);
        }
        expect(told.length).not.toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it('a region that can say nothing falls silent like any other: it neither keeps the others quiet nor holds an incident open', () => {
    const fails = span(START + 10 * MINUTE, START + 30 * MINUTE);
    for (const quorum of ['any', 'majority', 'all'] as const) {
      for (const gone of [span(0, 0), span(START + 5 * MINUTE, START + 15 * MINUTE)]) {
        const { alerts } = simulate({
          verdictAt: (region, at) => (region === 'iad' && at >= START + 5 * MINUTE ? 'unknown' : fails(at) ? 'down' : 'up'),
          silentAt: (region, at) => region === 'iad' && gone(at),
          policy: { regions: ['fra', 'iad'], quorum },
          until: START + 60 * MINUTE,
        });
        expect(alerts.map(({ type }) => type)).toEqual(['endpoint.down', 'endpoint.recovered']);
      }
    }
  });

  it('dates of incidents never overlap and never run backwards, whichever regions fail, fall silent and come back', () => {
    const spans = fc.array(
      fc.record({ region: fc.constantFrom(...REGIONS), from: fc.nat(60 * MINUTE), length: fc.integer({ min: 1, max: 30 * MINUTE }) }),
      { maxLength: 6 },
    );
    const within = (list: readonly { region: string; from: number; length: number }[], region: string, at: number) =>
      list.some((one) => one.region === region && at >= START + one.from && at < START + one.from + one.length);
    fc.assert(
      fc.property(spans, spans, fc.constantFrom<Quorum>('any', 'majority', 'all', 2), (faults, silences, quorum) => {
        const { events } = simulate({
          verdictAt: (region, at) => (within(faults, region, at) ? 'down' : 'up'),
          silentAt: (region, at) => within(silences, region, at),
          policy: { quorum },
          until: START + 120 * MINUTE,
        });
        const told = events.filter(({ type }) => type === 'incident.opened' || type === 'incident.resolved');
        for (const [index, { type, at, foundAt }] of told.entries()) {
          expect(type).toBe(index % 2 === 0 ? 'incident.opened' : 'incident.resolved');
          expect(at).toBeGreaterThanOrEqual(told[index - 1]?.at ?? START);
          expect(at).toBeLessThanOrEqual(foundAt);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('asks the other regions to look at once when one sees a failure first, and only then', () => {
    const policy: StatePolicy = { intervalMs: MINUTE, confirmations: 2, recoveryConfirmations: 2, regions: REGIONS };
    const first = step(initialMemory(new Date(START)), { region: 'fra', slot: 1, startedAt: START, verdict: 'up', cause: null }, policy);
    expect(first.recheckElsewhere).toBe(false);
    const failed = step(first.memory, { region: 'fra', slot: 2, startedAt: START + MINUTE, verdict: 'down', cause: 'x' }, policy);
    expect(failed.recheckElsewhere).toBe(true);
    const again = step(failed.memory, { region: 'fra', slot: 3, startedAt: START + MINUTE + c, verdict: 'down', cause: 'x' }, policy);
    expect(again.recheckElsewhere).toBe(false);
    const alone = step(
      first.memory,
      { region: 'fra', slot: 2, startedAt: START + MINUTE, verdict: 'down', cause: 'x' },
      { ...policy, regions: ['fra'] },
    );
    expect(alone.recheckElsewhere).toBe(false);
  });

  it('takes over what an installation knew before regions were told apart', () => {
    const former = {
      version: 1,
      settled: 'down',
      since: START,
      cause: 'a',
      nextCause: null,
      lastSlot: START,
      silentSince: null,
      paused: false,
      candidate: null,
      incidentOpen: true,
    };
    const policy: StatePolicy = { intervalMs: MINUTE, confirmations: 2, recoveryConfirmations: 2, regions: ['fra'] };
    let memory = parseMemory(former, new Date(START));
    const events: StateEvent[] = [];
    for (let n = 1; n <= 3; n += 1) {
      const at = START + n * MINUTE;
      const outcome = step(memory, { region: 'fra', slot: at, startedAt: at, verdict: 'up', cause: null }, policy);
      memory = outcome.memory;
      events.push(...outcome.events);
    }
    expect(Object.keys(memory.regions)).toEqual(['fra']);
    expect(events.map(({ type }) => type)).toEqual(['status.changed', 'incident.resolved']);
  });
});

describe('flapping', () => {
  /** Down and up in turn, each long enough to be proved. */
  const restless = (until: number) => (at: number) => (at < until && Math.floor((at - START) / (3 * c)) % 2 === 1 ? 'down' : 'up');
  const quick = { intervalMs: c, regions: ['fra'] };

  it('tells a restless endpoint once as flapping, holds what follows, and ends with one digest', () => {
    const { alerts, events } = simulate({
      verdictAt: (_region, at) => restless(START + 60 * MINUTE)(at),
      policy: quick,
      until: START + 90 * MINUTE,
    });
    const started = alerts.findIndex(({ flapping }) => flapping === 'started');
    expect(started).toBe(FLAP_LIMIT);
    expect(alerts.slice(started + 1).map(({ type, flapping }) => [type, flapping])).toEqual([['endpoint.recovered', 'ended']]);
    // The timeline is whole all the same.
    const opened = events.filter(({ type }) => type === 'incident.opened').length;
    expect(opened).toBeGreaterThan(20);
    expect(events.filter(({ type }) => type === 'incident.resolved')).toHaveLength(opened);
    const ended = events.find((event) => event.type === 'flapping.ended');
    expect(ended?.type === 'flapping.ended' ? ended.changes : 0).toBe(2 * opened);
  });

  it('says so when it ends down', () => {
    const end = START + 30 * MINUTE;
    const { alerts, memory } = simulate({
      verdictAt: (_region, at) => (at >= end ? 'down' : restless(end)(at)),
      policy: quick,
      until: end + 2 * FLAP_WINDOW_MS,
    });
    expect(alerts.at(-1)).toMatchObject({ type: 'endpoint.down', flapping: 'ended' });
    expect(memory.flapping).toBeNull();
  });

  it('leaves four changes in ten minutes alone', () => {
    const downs = [span(START + 2 * MINUTE, START + 4 * MINUTE), span(START + 6 * MINUTE, START + 8 * MINUTE)];
    const { alerts } = simulate({
      verdictAt: (_region, at) => (downs.some((down) => down(at)) ? 'down' : 'up'),
      policy: { regions: ['fra'] },
      until: START + 30 * MINUTE,
    });
    expect(alerts.map(({ type, flapping }) => [type, flapping])).toEqual([
      ['endpoint.down', null],
      ['endpoint.recovered', null],
      ['endpoint.down', null],
      ['endpoint.recovered', null],
    ]);
  });

  it('never leaves anybody with the wrong last word: the last notice says how it is', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lengths, (runs) => {
        const edges: number[] = [];
        let at = START;
        for (const run of runs) {
          at += run * c;
          edges.push(at);
        }
        const { alerts, memory } = simulate({
          verdictAt: (_region, time) => (edges.filter((edge) => edge <= time).length % 2 === 1 ? 'down' : 'up'),
          policy: quick,
          until: at + 2 * FLAP_WINDOW_MS,
        });
        const last = alerts.at(-1)?.type ?? 'endpoint.recovered';
        expect(last).toBe(statusOf(memory) === 'down' ? 'endpoint.down' : 'endpoint.recovered');
      }),
      { numRuns: 80 },
    );
  });
});

describe('maintenance', () => {
  const window = span(START + 10 * MINUTE, START + 30 * MINUTE);
  const inWindow = { maintenanceAt: window, policy: { regions: ['fra'] } };

  it('opens nothing and tells nobody while it lasts, and shows maintenance', () => {
    const during = simulate({ ...inWindow, verdictAt: (_region, at) => (window(at) ? 'down' : 'up'), until: START + 29 * MINUTE });
    expect(statusOf(during.memory)).toBe('maintenance');
    const after = simulate({ ...inWindow, verdictAt: (_region, at) => (window(at) ? 'down' : 'up'), until: START + 60 * MINUTE });
    expect(after.alerts).toEqual([]);
    expect(after.events.map(({ type }) => type)).toEqual(['status.changed', 'status.changed', 'status.changed']);
    expect(statusOf(after.memory)).toBe('up');
  });

  it('pages what still fails when it ends, dated to its end', () => {
    const { alerts, events } = simulate({
      ...inWindow,
      verdictAt: (_region, at) => (at >= START + 15 * MINUTE ? 'down' : 'up'),
      until: START + 60 * MINUTE,
    });
    expect(alerts.map(({ type }) => type)).toEqual(['endpoint.down']);
    const opened = events.find(({ type }) => type === 'incident.opened');
    expect(opened?.at).toBeGreaterThanOrEqual(START + 30 * MINUTE);
    expect(opened?.at).toBeLessThanOrEqual(START + 31 * MINUTE);
  });

  it('keeps an incident that was open before, and resolves it afterwards', () => {
    const { alerts, events } = simulate({
      ...inWindow,
      verdictAt: (_region, at) => (at >= START + 2 * MINUTE && at < START + 20 * MINUTE ? 'down' : 'up'),
      until: START + 60 * MINUTE,
    });
    expect(alerts.map(({ type }) => type)).toEqual(['endpoint.down', 'endpoint.recovered']);
    const resolved = events.find(({ type }) => type === 'incident.resolved');
    expect(resolved?.at).toBeGreaterThanOrEqual(START + 30 * MINUTE);
  });
});
