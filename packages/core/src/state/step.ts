import { confirmationStepMs } from '../schedule/slots.ts';
import type { EndpointStatus, ProbeVerdict } from '../terms.ts';
import { type Candidate, type EndpointMemory, type MeasuredStatus, RANK } from './memory.ts';

/** What one probe says to the state machine. Instants are epoch milliseconds. */
export interface ProbeResult {
  readonly slot: number;
  readonly startedAt: number;
  readonly verdict: ProbeVerdict;
  /** Code of the cause; null when up. */
  readonly cause: string | null;
}

export interface StatePolicy {
  readonly intervalMs: number;
  /** Results needed beyond the first failing one. Default 2. */
  readonly confirmations: number;
  /** Results needed beyond the first good one. Default 2. */
  readonly recoveryConfirmations: number;
}

/** What the outside has to do. `at` dates the fact, not its discovery. */
export type StateEvent =
  | {
      readonly type: 'status.changed';
      readonly from: EndpointStatus;
      readonly to: EndpointStatus;
      readonly at: number;
      readonly cause: string | null;
    }
  | { readonly type: 'incident.opened'; readonly severity: 'down' | 'degraded'; readonly at: number; readonly cause: string | null }
  | {
      readonly type: 'incident.severity_changed';
      readonly severity: 'down' | 'degraded';
      readonly at: number;
      readonly cause: string | null;
    }
  | { readonly type: 'incident.cause_changed'; readonly from: string | null; readonly to: string; readonly at: number }
  | { readonly type: 'incident.resolved'; readonly at: number; readonly reason: 'recovered' | 'gated' | 'paused' };

export interface StepOutcome {
  readonly memory: EndpointMemory;
  readonly events: readonly StateEvent[];
  /** When the next confirmation is to run; null: nothing waits for proof. */
  readonly recheckAt: number | null;
}

/** The status that the memory stands for, as the product shows it. */
export function statusOf(memory: EndpointMemory): EndpointStatus {
  if (memory.paused) return 'paused';
  if (memory.silentSince !== null) return 'no_data';
  return memory.settled ?? 'pending';
}

function isFailure(status: MeasuredStatus): status is 'down' | 'degraded' {
  return status === 'down' || status === 'degraded';
}

/** Extends the proof, or begins a new one when the result points the other way. */
function nextCandidate(
  memory: EndpointMemory,
  verdict: MeasuredStatus,
  result: ProbeResult,
  base: MeasuredStatus,
  stepMs: number,
): Candidate {
  const direction = RANK[verdict] > RANK[base] ? 'worse' : 'better';
  const former = memory.candidate;
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

function settle(
  memory: EndpointMemory,
  status: MeasuredStatus,
  at: number,
  cause: string | null,
): { memory: EndpointMemory; events: StateEvent[] } {
  const from = statusOf(memory);
  const wasFailure = memory.incidentOpen;
  const events: StateEvent[] = [];
  if (from !== status) events.push({ type: 'status.changed', from, to: status, at, cause });
  if (isFailure(status)) {
    if (!wasFailure) events.push({ type: 'incident.opened', severity: status, at, cause });
    else if (memory.settled !== status) events.push({ type: 'incident.severity_changed', severity: status, at, cause });
  } else if (wasFailure) {
    events.push({ type: 'incident.resolved', at, reason: status === 'gated' ? 'gated' : 'recovered' });
  }
  return {
    memory: {
      ...memory,
      settled: status,
      since: at,
      cause,
      nextCause: null,
      silentSince: null,
      candidate: null,
      incidentOpen: isFailure(status),
    },
    events,
  };
}

/** The result says what is settled already: the proof of anything else is void, silence ends, the cause may have moved on. */
function agree(memory: EndpointMemory, result: ProbeResult): { memory: EndpointMemory; events: StateEvent[] } {
  const events: StateEvent[] = [];
  let next: EndpointMemory = { ...memory, candidate: null };
  if (memory.silentSince !== null && memory.settled) {
    events.push({ type: 'status.changed', from: 'no_data', to: memory.settled, at: result.startedAt, cause: memory.cause });
    next = { ...next, silentSince: null };
  }
  if (!memory.incidentOpen || result.cause === null || result.cause === memory.cause)
    return { memory: { ...next, nextCause: null }, events };
  if (memory.nextCause !== result.cause) return { memory: { ...next, nextCause: result.cause }, events };
  events.push({ type: 'incident.cause_changed', from: memory.cause, to: result.cause, at: result.startedAt });
  return { memory: { ...next, cause: result.cause, nextCause: null }, events };
}

/**
 * One result in, the new memory and what follows from it out. Pure.
 *
 * Promises (product.md, "What it promises" 1), with c = confirmationStepMs(I): a change of status needs its first result
 * and `confirmations` more, each at least c after the one before, all pointing the same way; an incident is dated to the
 * first failing probe, a recovery to the first good one. Before anything is settled a good or gated result settles at once,
 * a bad one needs its proof. `unknown` neither proves nor refutes. A slot seen before changes nothing.
 */
export function step(memory: EndpointMemory, result: ProbeResult, policy: StatePolicy): StepOutcome {
  if (memory.paused || (memory.lastSlot !== null && result.slot <= memory.lastSlot)) return { memory, events: [], recheckAt: null };
  const stepMs = confirmationStepMs(policy.intervalMs);
  const seen: EndpointMemory = { ...memory, lastSlot: result.slot };
  const again = (candidate: Candidate | null) => (candidate ? result.startedAt + stepMs : null);
  if (result.verdict === 'unknown') return { memory: seen, events: [], recheckAt: again(seen.candidate) };

  const verdict: MeasuredStatus = result.verdict;
  if (seen.settled === null && !isFailure(verdict)) return { ...settle(seen, verdict, result.startedAt, result.cause), recheckAt: null };
  if (seen.settled === verdict) return { ...agree(seen, result), recheckAt: null };

  const candidate = nextCandidate(seen, verdict, result, seen.settled ?? 'up', stepMs);
  const needed = 1 + (candidate.direction === 'worse' ? policy.confirmations : policy.recoveryConfirmations);
  if (candidate.count >= needed) return { ...settle(seen, candidate.level, candidate.firstAt, candidate.cause), recheckAt: null };
  return { memory: { ...seen, candidate }, events: [], recheckAt: again(candidate) };
}

/**
 * Whether an endpoint that should have been probed has fallen silent: nothing measured for two intervals (and the time
 * one probe may take). Unknown results count as probes that happened: the silence of a rate limit is not ours.
 */
export function judgeSilence(memory: EndpointMemory, lastProbeAt: number, intervalMs: number, timeoutMs: number, now: number): StepOutcome {
  const unchanged: StepOutcome = { memory, events: [], recheckAt: null };
  if (memory.paused || memory.silentSince !== null) return unchanged;
  if (now - lastProbeAt <= 2 * intervalMs + timeoutMs) return unchanged;
  const from = statusOf(memory);
  return {
    memory: { ...memory, silentSince: now, candidate: null },
    events: [{ type: 'status.changed', from, to: 'no_data', at: now, cause: null }],
    recheckAt: null,
  };
}

/** The owner stops the monitoring: an open incident ends here, without a notice of recovery. */
export function pause(memory: EndpointMemory, now: Date): StepOutcome {
  if (memory.paused) return { memory, events: [], recheckAt: null };
  const at = now.getTime();
  const events: StateEvent[] = [{ type: 'status.changed', from: statusOf(memory), to: 'paused', at, cause: null }];
  if (memory.incidentOpen) events.push({ type: 'incident.resolved', at, reason: 'paused' });
  return {
    memory: { ...memory, paused: true, candidate: null, incidentOpen: false, since: at, silentSince: null },
    events,
    recheckAt: null,
  };
}

/** The owner starts it again: nothing is known until the next probe. */
export function resume(memory: EndpointMemory, now: Date): StepOutcome {
  if (!memory.paused) return { memory, events: [], recheckAt: null };
  const fresh = { ...initialAfterPause(memory), since: now.getTime() };
  return {
    memory: fresh,
    events: [{ type: 'status.changed', from: 'paused', to: 'pending', at: now.getTime(), cause: null }],
    recheckAt: null,
  };
}

function initialAfterPause(memory: EndpointMemory): EndpointMemory {
  return { ...memory, settled: null, cause: null, nextCause: null, silentSince: null, paused: false, candidate: null, incidentOpen: false };
}
