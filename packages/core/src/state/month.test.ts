import { expect, it } from 'vitest';
import { plannedEvent } from '../alerts/plan-notices.ts';
import { confirmationStepMs } from '../schedule/slots.ts';
import { type EndpointMemory, initialMemory } from './memory.ts';
import type { StatePolicy } from './policy.ts';
import { judgeSilence, statusOf, step } from './step.ts';

/**
 * A month in virtual time: a thousand endpoints, three regions, outages of every length, a region that is cut off, probers that restart,
 * restless endpoints. What the product promises is counted against what was really so.
 */
const ENDPOINTS = 1000;
const INTERVAL = 1_200_000;
const C = confirmationStepMs(INTERVAL);
const TIMEOUT = 30_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 1);
const END = START + 30 * DAY;
const REGIONS = ['fra', 'iad', 'sin'];
const policy: StatePolicy = {
  intervalMs: INTERVAL,
  timeoutMs: TIMEOUT,
  confirmations: 2,
  recoveryConfirmations: 2,
  quorum: 'majority',
  regions: REGIONS,
};

function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}
const inside = (spans: readonly Span[], at: number): boolean => spans.some(({ from, to }) => at >= from && at < to);

/** Outages hours apart, so that each is one story: half too short to be told, half long enough. */
function outagesOf(roll: () => number): Span[] {
  const spans: Span[] = [];
  for (let at = START + DAY * (0.2 + roll()); at < END - DAY; at += DAY * (1 + 6 * roll())) {
    const short = roll() < 0.5;
    const length = short ? roll() * (2 * C - 1000) : INTERVAL + 2 * C + 2000 + roll() * 6 * 3_600_000;
    spans.push({ from: Math.floor(at), to: Math.floor(at + length) });
  }
  return spans;
}

/** The whole installation restarts now and then: a minute in which nothing is probed, never within an outage's detection. */
const restarts: Span[] = Array.from({ length: 20 }, (_, index) => {
  const from = START + DAY * (0.7 + 1.37 * index);
  return { from, to: from + 60_000 };
});
/** One region after another is cut off for hours: everything seen from it is down. */
const cuts = new Map<string, Span[]>(
  REGIONS.map((region, index) => [
    region,
    Array.from({ length: 5 }, (_, n) => {
      const from = START + DAY * (2 + 5 * n + 1.6 * index);
      return { from, to: from + 5 * 3_600_000 };
    }),
  ]),
);

interface Told {
  readonly at: number;
  readonly type: string;
}

function live(seed: number): { outages: Span[]; told: Told[]; probes: number; memory: EndpointMemory } {
  const roll = dice(seed);
  const outages = outagesOf(roll);
  const told: Told[] = [];
  let memory = initialMemory(new Date(START));
  let probes = 0;
  const phases = REGIONS.map(() => Math.floor(roll() * INTERVAL));
  const due = phases.map((phase) => START + phase);
  let lastProbe = START;
  for (;;) {
    let region = 0;
    for (let n = 1; n < due.length; n += 1) if ((due[n] ?? 0) < (due[region] ?? 0)) region = n;
    const at = due[region] ?? END;
    if (at >= END) return { outages, told, probes, memory };
    const restart = restarts.find((span) => at >= span.from && at < span.to);
    if (restart !== undefined) {
      due[region] = restart.to + Math.floor(roll() * 1000);
      continue;
    }
    const silence = judgeSilence(memory, lastProbe, INTERVAL, TIMEOUT, at);
    memory = silence.memory;
    if (silence.events.length > 0) told.push({ at, type: 'endpoint.no_data' });
    const name = REGIONS[region] ?? '';
    const down = inside(outages, at) || inside(cuts.get(name) ?? [], at);
    const result = { region: name, slot: at, startedAt: at, verdict: down ? 'down' : 'up', cause: down ? 'tcp.timeout' : null } as const;
    const outcome = step(memory, result, policy);
    memory = outcome.memory;
    lastProbe = at;
    probes += 1;
    const planned = plannedEvent(outcome.events);
    if (planned) told.push({ at, type: planned.type });
    const grid = START + (phases[region] ?? 0);
    const next = grid + (Math.floor((at - grid) / INTERVAL) + 1) * INTERVAL;
    due[region] = outcome.recheckAt === null ? next : Math.min(next, Math.max(outcome.recheckAt, at + 1));
    if (outcome.recheckElsewhere)
      for (let n = 0; n < due.length; n += 1) if (n !== region) due[n] = Math.min(due[n] ?? END, at + 500 * (n + 1));
  }
}

it('misses nothing, tells nothing twice and nothing that was not, over a month and a thousand endpoints', { timeout: 600_000 }, () => {
  const counts = { probes: 0, outages: 0, long: 0, paged: 0, missed: 0, duplicate: 0, false: 0, late: 0, unrecovered: 0 };
  for (let seed = 1; seed <= ENDPOINTS; seed += 1) {
    const { outages, told, probes, memory } = live(seed);
    counts.probes += probes;
    counts.outages += outages.length;
    const pages = told.filter(({ type }) => type === 'endpoint.down');
    const recoveries = told.filter(({ type }) => type === 'endpoint.recovered');
    for (const { from, to } of outages) {
      const mine = pages.filter(({ at }) => at >= from && at < to + INTERVAL + 2 * C + TIMEOUT);
      if (to - from < 2 * C) continue;
      counts.long += 1;
      counts.paged += mine.length;
      if (mine.length === 0) counts.missed += 1;
      if (mine.length > 1) counts.duplicate += mine.length - 1;
      // A restart of a minute on the way may add that minute.
      if ((mine[0]?.at ?? 0) > from + INTERVAL + 2 * C + 62_000) counts.late += 1;
      if (recoveries.filter(({ at }) => at >= to && at <= to + INTERVAL + 2 * C + 62_000).length !== 1) counts.unrecovered += 1;
    }
    const longs = outages.filter(({ from, to }) => to - from >= 2 * C);
    counts.false += pages.filter(
      ({ at }) =>
        !inside(
          longs.map(({ from, to }) => ({ from, to: to + 1 })),
          at,
        ),
    ).length;
    counts.false += told.filter(({ type }) => type === 'endpoint.no_data').length;
    expect(statusOf(memory)).toBe('up');
  }
  process.stdout.write(`\na month, ${ENDPOINTS} endpoints: ${JSON.stringify(counts)}\n`);
  expect(counts.long).toBeGreaterThan(ENDPOINTS);
  expect(counts).toMatchObject({ missed: 0, duplicate: 0, false: 0, late: 0, unrecovered: 0, paged: counts.long });
});
