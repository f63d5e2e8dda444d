import { MEASURED_STATUSES, type MeasuredStatus, RANK, type RegionMemory } from './memory.ts';
import type { StatePolicy } from './policy.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/** A probe that died with its process is asked for again within its timeout and half of this: no silence that anybody needs to hear of. */
const LOST_PROBE_MS = 30_000;

/** Nothing is heard of for this long: silent. Two intervals, or the time of one lost probe where that is longer. */
export function silenceAfterMs({ intervalMs, timeoutMs }: Pick<StatePolicy, 'intervalMs' | 'timeoutMs'>): number {
  return intervalMs + Math.max(intervalMs, LOST_PROBE_MS) + (timeoutMs ?? DEFAULT_TIMEOUT_MS);
}

/** A region that was silent for longer has no vote. */
export function isHeard({ lastAt }: RegionMemory, policy: StatePolicy, now: number): boolean {
  return now - lastAt <= silenceAfterMs(policy);
}

/** What the regions that report agree on, since when, and why; null when none has settled. */
export interface Agreement {
  readonly level: MeasuredStatus;
  readonly since: number;
  readonly cause: string | null;
}

/**
 * The worst level that the quorum of the voting regions reaches. A region that was silent for two intervals has no vote, one that
 * has not reported yet has: a single region cannot speak for a majority that is still to come. Pure; instants in epoch ms.
 */
export function agree(regions: Readonly<Record<string, RegionMemory>>, policy: StatePolicy, now: number): Agreement | null {
  const names = policy.regions ?? Object.keys(regions);
  const heard = names.flatMap((name) => regions[name] ?? []).filter((region) => isHeard(region, policy, now));
  const settled = heard.flatMap((region) => (region.settled === null ? [] : [{ ...region, settled: region.settled }]));
  if (settled.length === 0) return null;
  const oldest = Math.min(...heard.map(({ lastAt, since }) => (since === 0 ? lastAt : since)));
  const awaited = names.filter((name) => regions[name] === undefined && now - oldest <= silenceAfterMs(policy)).length;
  const needed = votesNeeded(policy.quorum ?? 'majority', heard.length + awaited);
  for (const level of [...MEASURED_STATUSES].reverse()) {
    const saying = settled.filter((region) => RANK[region.settled] >= RANK[level]);
    if (saying.length >= needed) return describe(level, saying, needed, policy);
  }
  // Fewer regions have settled than the quorum asks for: what most of them can stand for is the mildest that was seen.
  const mildest = settled.reduce((a, b) => (RANK[b.settled] < RANK[a.settled] ? b : a));
  return RANK[mildest.settled] >= RANK.degraded ? null : describe(mildest.settled, [mildest], needed, policy);
}

/**
 * A failure is dated to the first failing probe of the outage that the quorum is about: a region that was failing alone for a day
 * does not date the others' outage back to yesterday. Anything else is dated to the last region that came to it.
 */
function describe(level: MeasuredStatus, saying: readonly RegionMemory[], needed: number, policy: StatePolicy): Agreement {
  const exact = saying.filter((region) => region.settled === level);
  const of = exact.length > 0 ? exact : saying;
  if (RANK[level] < RANK.degraded) {
    const last = of.reduce((a, b) => (b.since > a.since ? b : a));
    return { level, since: last.since, cause: last.cause };
  }
  const sinces = saying.map(({ since }) => since).sort((a, b) => a - b);
  const decisive = sinces[Math.min(needed, sinces.length) - 1] ?? 0;
  const since = sinces.find((one) => one >= decisive - silenceAfterMs(policy)) ?? decisive;
  return { level, since, cause: of.reduce((a, b) => (b.since < a.since ? b : a)).cause };
}

function votesNeeded(quorum: NonNullable<StatePolicy['quorum']>, voters: number): number {
  switch (quorum) {
    case 'any':
      return 1;
    case 'all':
      return voters;
    case 'majority':
      return Math.floor(voters / 2) + 1;
    default:
      return Math.min(quorum, voters);
  }
}
