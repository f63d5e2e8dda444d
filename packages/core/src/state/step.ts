import type { EndpointStatus, ProbeVerdict } from '../terms.ts';
import { noteTransition, settleFlapping } from './flapping.ts';
import { type EndpointMemory, initialRegion, type RegionMemory, UNNAMED_REGION } from './memory.ts';
import type { StatePolicy } from './policy.ts';
import { type Agreement, agree, isHeard, silenceAfterMs } from './quorum.ts';
import { isFailure, stepRegion } from './step-region.ts';

/** What one probe says to the state machine. Instants are epoch milliseconds. */
export interface ProbeResult {
  readonly slot: number;
  readonly startedAt: number;
  readonly verdict: ProbeVerdict;
  /** Code of the cause; null when up. */
  readonly cause: string | null;
  /** Where it was seen; one name does where there is one region. */
  readonly region?: string | undefined;
  /** A maintenance window covers the endpoint at this moment: measured and shown apart, nothing opens and nobody is told. */
  readonly maintenance?: boolean | undefined;
}

/** What the outside has to do. `at` dates the fact, not its discovery. */
export type StateEvent =
  | {
      readonly type: 'status.changed';
      readonly from: EndpointStatus;
      readonly to: EndpointStatus;
      readonly at: number;
      readonly cause: string | null;
      /** It ends a silence of which nobody was told. */
      readonly untold?: boolean;
    }
  | { readonly type: 'incident.opened'; readonly severity: 'down' | 'degraded'; readonly at: number; readonly cause: string | null }
  | {
      readonly type: 'incident.severity_changed';
      readonly severity: 'down' | 'degraded';
      readonly at: number;
      readonly cause: string | null;
    }
  | { readonly type: 'incident.cause_changed'; readonly from: string | null; readonly to: string; readonly at: number }
  | { readonly type: 'incident.resolved'; readonly at: number; readonly reason: 'recovered' | 'gated' | 'paused' }
  /** It changes too often: this change is told as flapping, the next ones are held (`held`), the end brings a digest. */
  | { readonly type: 'flapping.started'; readonly at: number; readonly changes: number }
  | { readonly type: 'flapping.held'; readonly at: number }
  | {
      readonly type: 'flapping.ended';
      readonly at: number;
      readonly since: number;
      readonly changes: number;
      readonly status: EndpointStatus;
    };

export interface StepOutcome {
  readonly memory: EndpointMemory;
  readonly events: readonly StateEvent[];
  /** When the next confirmation is to run in this region; null: nothing waits for proof. */
  readonly recheckAt: number | null;
  /** The other regions should look at once: a failure was seen here for the first time. */
  readonly recheckElsewhere: boolean;
}

/** The status that the memory stands for, as the product shows it. */
export function statusOf(memory: EndpointMemory): EndpointStatus {
  if (memory.paused) return 'paused';
  if (memory.maintenance !== null) return 'maintenance';
  if (memory.silentSince !== null) return 'no_data';
  return memory.settled ?? 'pending';
}

interface Moved {
  readonly memory: EndpointMemory;
  readonly events: StateEvent[];
}

const untold = (memory: EndpointMemory): { untold?: true } => (memory.silenceUntold ? { untold: true } : {});

/**
 * When the agreed status began. Where it is older than the status before it, no new result decided, but who had a vote: incidents
 * must not overlap, and none ends before it began.
 */
function dateOf(memory: EndpointMemory, { level, since }: Agreement, now: number): number {
  if (memory.settled === null || since >= memory.since) return since;
  return isFailure(level) ? memory.since : now;
}

/** The regions agree on something new. `now` is when it was found out. */
function settle(memory: EndpointMemory, agreed: Agreement, now: number): Moved {
  const from = statusOf(memory);
  const { level, cause } = agreed;
  const at = dateOf(memory, agreed, now);
  const wasFailure = memory.incidentOpen;
  const events: StateEvent[] = [];
  if (from !== level) events.push({ type: 'status.changed', from, to: level, at, cause, ...untold(memory) });
  if (isFailure(level)) {
    if (!wasFailure) events.push({ type: 'incident.opened', severity: level, at, cause });
    else if (memory.settled !== level) events.push({ type: 'incident.severity_changed', severity: level, at, cause });
  } else if (wasFailure) {
    events.push({ type: 'incident.resolved', at, reason: level === 'gated' ? 'gated' : 'recovered' });
  }
  const next: EndpointMemory = {
    ...memory,
    settled: level,
    since: at,
    cause,
    nextCause: null,
    silentSince: null,
    silenceUntold: false,
    maintenance: null,
    incidentOpen: isFailure(level),
  };
  if (wasFailure === isFailure(level)) return { memory: next, events };
  const flap = noteTransition(next, now);
  return { memory: flap.memory, events: [...events, ...flap.events] };
}

/** The regions agree on what is settled already: silence and maintenance end, the cause may have moved on. */
function stay(memory: EndpointMemory, agreed: Agreement, result: ProbeResult): Moved {
  const events: StateEvent[] = [];
  let next = memory;
  if (memory.silentSince !== null || memory.maintenance !== null) {
    events.push({
      type: 'status.changed',
      from: statusOf(memory),
      to: agreed.level,
      at: result.startedAt,
      cause: memory.cause,
      ...untold(memory),
    });
    next = { ...next, silentSince: null, silenceUntold: false, maintenance: null };
  }
  // Only results that fail as the endpoint does speak for its cause.
  if (result.verdict !== agreed.level) return { memory: next, events };
  if (!memory.incidentOpen || result.cause === null || result.cause === memory.cause)
    return { memory: next.nextCause === null ? next : { ...next, nextCause: null }, events };
  if (memory.nextCause !== result.cause) return { memory: { ...next, nextCause: result.cause }, events };
  events.push({ type: 'incident.cause_changed', from: memory.cause, to: result.cause, at: result.startedAt });
  return { memory: { ...next, cause: result.cause, nextCause: null }, events };
}

/**
 * What a region stood for before this result. One that was silent, or is new, begins with what holds for the endpoint: its old word
 * was no vote any more, and its first one is none yet, so that coming back it neither opens nor resolves anything without proof.
 */
function regionBefore(memory: EndpointMemory, known: RegionMemory | undefined, result: ProbeResult, policy: StatePolicy): RegionMemory {
  if (known !== undefined && isHeard(known, policy, result.startedAt)) return known;
  const { settled, since, cause } = memory;
  return settled === null ? (known ?? initialRegion()) : { ...(known ?? initialRegion()), settled, since, cause, candidate: null };
}

/**
 * One result in, the new memory and what follows from it out. Pure.
 *
 * Promises (product.md, "What it promises" 1), with c = confirmationStepMs(I): in each region a change of status needs its first
 * result and `confirmations` more, each at least c after the one before, all pointing the same way; the endpoint changes when the
 * quorum of its regions has; an incident is dated to the first failing probe, a recovery to the first good one. Before anything
 * is settled a good or gated result settles at once, a bad one needs its proof. `unknown` neither proves nor refutes. A slot
 * seen before changes nothing. In maintenance nothing opens, resolves or is told; what holds when it ends is told then.
 */
export function step(memory: EndpointMemory, result: ProbeResult, policy: StatePolicy): StepOutcome {
  const unchanged: StepOutcome = { memory, events: [], recheckAt: null, recheckElsewhere: false };
  if (memory.paused) return unchanged;
  const name = result.region ?? policy.regions?.[0] ?? Object.keys(memory.regions)[0] ?? 'default';
  const { [UNNAMED_REGION]: unnamed, ...named } = memory.regions;
  const regional = stepRegion(regionBefore(memory, named[name] ?? unnamed, result, policy), result, policy);
  if (regional === null) return unchanged;
  const regions = { ...named, [name]: regional.region };
  const seen: EndpointMemory = { ...memory, regions };
  const outcome = (moved: Moved): StepOutcome => ({
    ...moved,
    recheckAt: regional.recheckAt,
    recheckElsewhere: regional.suspicious && (policy.regions ?? Object.keys(regions)).length > 1,
  });
  if (result.maintenance === true) return outcome(enterMaintenance(seen, result.startedAt));
  if (seen.maintenance !== null) return outcome(leaveMaintenance(seen, seen.maintenance, result, policy));
  const agreed = result.verdict === 'unknown' ? null : agree(regions, policy, result.startedAt);
  if (agreed === null) return outcome({ memory: seen, events: [] });
  // While this region's proof goes on, silence goes on: what holds is not known.
  if (agreed.level === seen.settled && regional.region.candidate !== null) return outcome({ memory: seen, events: [] });
  if (agreed.level === seen.settled) {
    const stayed = stay(seen, agreed, result);
    const calm = settleFlapping(stayed.memory, result.startedAt, agreed.level);
    return outcome({ memory: calm.memory, events: [...stayed.events, ...calm.events] });
  }
  return outcome(settle(seen, agreed, result.startedAt));
}

function enterMaintenance(memory: EndpointMemory, at: number): Moved {
  if (memory.maintenance !== null) return { memory: { ...memory, maintenance: { ...memory.maintenance, overSince: null } }, events: [] };
  const next = { ...memory, maintenance: { since: at, overSince: null }, silentSince: null };
  return { memory: next, events: [{ type: 'status.changed', from: statusOf(memory), to: 'maintenance', at, cause: null }] };
}

/**
 * The window is over: once every region that has a vote has reported since, and no proof is going on, what they agree on holds.
 * What began inside the window is dated to its end: the owner asked for the time before not to count.
 */
function leaveMaintenance(
  memory: EndpointMemory,
  maintenance: NonNullable<EndpointMemory['maintenance']>,
  result: ProbeResult,
  policy: StatePolicy,
): Moved {
  const overSince = maintenance.overSince ?? result.startedAt;
  const waiting = { memory: { ...memory, maintenance: { ...maintenance, overSince } }, events: [] };
  const voting = Object.values(memory.regions).filter((region) => isHeard(region, policy, result.startedAt));
  if (voting.some(({ lastAt, candidate }) => lastAt < overSince || candidate !== null)) return waiting;
  const agreed = agree(memory.regions, policy, result.startedAt);
  if (agreed === null) return waiting;
  if (agreed.level === memory.settled) return stay(memory, agreed, result);
  return settle(memory, { ...agreed, since: Math.max(agreed.since, overSince) }, result.startedAt);
}

/**
 * Whether an endpoint that should have been probed has fallen silent: nothing measured for two intervals (and the time
 * one probe may take). Unknown results count as probes that happened: the silence of a rate limit is not ours. Inside a maintenance
 * window the caller does not ask. `ours`: our own prober is cut off, and nobody is told.
 */
export function judgeSilence(
  memory: EndpointMemory,
  lastProbeAt: number,
  intervalMs: number,
  timeoutMs: number,
  now: number,
  ours = false,
): StepOutcome {
  const unchanged: StepOutcome = { memory, events: [], recheckAt: null, recheckElsewhere: false };
  if (memory.paused || memory.silentSince !== null) return unchanged;
  if (now - lastProbeAt <= silenceAfterMs({ intervalMs, timeoutMs })) return unchanged;
  const regions = Object.fromEntries(Object.entries(memory.regions).map(([name, region]) => [name, { ...region, candidate: null }]));
  return {
    ...unchanged,
    memory: { ...memory, regions, silentSince: now, silenceUntold: ours, maintenance: null },
    events: [{ type: 'status.changed', from: statusOf(memory), to: 'no_data', at: now, cause: null }],
  };
}

/** The owner stops the monitoring: an open incident ends here, without a notice of recovery. */
export function pause(memory: EndpointMemory, now: Date): StepOutcome {
  const none = { recheckAt: null, recheckElsewhere: false };
  if (memory.paused) return { memory, events: [], ...none };
  const at = now.getTime();
  const events: StateEvent[] = [{ type: 'status.changed', from: statusOf(memory), to: 'paused', at, cause: null }];
  if (memory.incidentOpen) events.push({ type: 'incident.resolved', at, reason: 'paused' });
  return {
    memory: {
      ...memory,
      paused: true,
      regions: {},
      incidentOpen: false,
      since: at,
      silentSince: null,
      maintenance: null,
      flapping: null,
    },
    events,
    ...none,
  };
}

/** The owner starts it again: nothing is known until the next probe. */
export function resume(memory: EndpointMemory, now: Date): StepOutcome {
  const none = { recheckAt: null, recheckElsewhere: false };
  if (!memory.paused) return { memory, events: [], ...none };
  const at = now.getTime();
  return {
    memory: { ...memory, settled: null, cause: null, nextCause: null, paused: false, transitions: [], since: at },
    events: [{ type: 'status.changed', from: 'paused', to: 'pending', at, cause: null }],
    ...none,
  };
}
