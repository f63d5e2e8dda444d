import { confirmationStepMs } from '../schedule/slots.ts';
import { type Candidate, type MeasuredStatus, RANK, type RegionMemory } from './memory.ts';
import type { StatePolicy } from './policy.ts';
import type { ProbeResult } from './step.ts';

/** A region's new memory. `proved`: its settled status is new, and at which instant it began. */
export interface RegionStep {
  readonly region: RegionMemory;
  readonly proved: boolean;
  /** The first result of a change for the worse: other regions should look at once. */
  readonly suspicious: boolean;
  /** When the next confirmation is to run; null: nothing waits for proof here. */
  readonly recheckAt: number | null;
}

export function isFailure(status: MeasuredStatus): status is 'down' | 'degraded' {
  return status === 'down' || status === 'degraded';
}

/** Extends the proof, or begins a new one when the result points the other way. */
function nextCandidate(
  former: Candidate | null,
  verdict: MeasuredStatus,
  result: ProbeResult,
  base: MeasuredStatus,
  stepMs: number,
): Candidate {
  const direction = RANK[verdict] > RANK[base] ? 'worse' : 'better';
  if (!former || former.direction !== direction) {
    return { direction, level: verdict, firstAt: result.startedAt, countedAt: result.startedAt, count: 1, cause: result.cause };
  }
  // Every result must support the level: of two failures, one down and one degraded, only degraded is proved by both.
  const milder = direction === 'worse' ? RANK[verdict] < RANK[former.level] : RANK[verdict] > RANK[former.level];
  const level = milder ? verdict : former.level;
  const cause = milder || verdict === former.level ? result.cause : former.cause;
  // A result that comes early (a manual probe, the regular slot) says nothing about how long it lasts.
  const counts = result.startedAt - former.countedAt >= stepMs;
  return { ...former, level, cause, count: former.count + (counts ? 1 : 0), countedAt: counts ? result.startedAt : former.countedAt };
}

/** One result of one region: extends or refutes its proof. Pure. Null: the slot was seen before. */
export function stepRegion(memory: RegionMemory, result: ProbeResult, policy: StatePolicy): RegionStep | null {
  if (memory.lastSlot !== null && result.slot <= memory.lastSlot) return null;
  const stepMs = confirmationStepMs(policy.intervalMs);
  const seen: RegionMemory = { ...memory, lastSlot: result.slot, lastAt: result.startedAt };
  const waiting = (region: RegionMemory, suspicious = false): RegionStep => ({
    region,
    proved: false,
    suspicious,
    recheckAt: region.candidate === null ? null : result.startedAt + stepMs,
  });
  const settle = (settled: MeasuredStatus, since: number, cause: string | null): RegionStep => ({
    region: { ...seen, settled, since, cause, candidate: null },
    proved: true,
    suspicious: false,
    recheckAt: null,
  });
  // It was there and could say nothing: as to its vote that is silence.
  if (result.verdict === 'unknown') return waiting(memory.settled === null ? seen : { ...seen, lastAt: memory.lastAt });
  const verdict: MeasuredStatus = result.verdict;
  if (seen.settled === null && !isFailure(verdict)) return settle(verdict, result.startedAt, result.cause);
  if (seen.settled === verdict) return waiting({ ...seen, cause: result.cause, candidate: null });
  const candidate = nextCandidate(seen.candidate, verdict, result, seen.settled ?? 'up', stepMs);
  const needed = 1 + (candidate.direction === 'worse' ? policy.confirmations : policy.recoveryConfirmations);
  if (candidate.count >= needed) return settle(candidate.level, candidate.firstAt, candidate.cause);
  return waiting({ ...seen, candidate }, candidate.direction === 'worse' && candidate.count === 1 && seen.candidate?.direction !== 'worse');
}
