import { confirmationStepMs } from '@rollcall/core';

/** What the documentation allows a killed process to delay a probe by, beyond its interval (docs/operations.md, "When a process is killed"). */
export const KILL_BOUND_MS = 60_000;

/** How an endpoint fails: an error page with 503, a connection that is cut, a web page instead of MCP. */
export const FAULT_KINDS = ['status', 'reset', 'page'] as const;

/** The n-th endpoint fails from `from` up to `to`, in ms from the beginning. */
export interface Fault {
  readonly n: number;
  readonly kind: (typeof FAULT_KINDS)[number];
  readonly from: number;
  readonly to: number;
}

export interface FleetPlan {
  readonly endpoints: number;
  /** Of the n-th endpoint: the host it shares with others; null: it has an address of its own. */
  readonly groups: readonly (number | null)[];
  readonly faults: readonly Fault[];
  /** A fault of this length must be told, one shorter than `neverMs` must not; between them either is right. */
  readonly mustMs: number;
  readonly neverMs: number;
}

export type Random = () => number;

/** mulberry32: the same seed, the same run. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const between = (draw: Random, low: number, high: number) => Math.round(low + draw() * Math.max(0, high - low));
const oneOf = <T>(draw: Random, list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;

const GROUPS = 2;
const BEGIN_MS = 2000;

export interface FleetOptions {
  readonly seed: number;
  readonly endpoints: number;
  readonly seconds: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** How much later a fault may be found because processes are killed; 0: nothing is. */
  readonly boundMs: number;
}

/**
 * Which endpoints fail when. A tenth fails alone, each at an address of its own; two hosts with several endpoints each fail
 * as a whole. At most two faults an endpoint, so that none of it is flapping. Everything works again when the time is over.
 */
export function planFleet(options: FleetOptions): FleetPlan {
  const { seed, endpoints, seconds, intervalMs, timeoutMs, boundMs } = options;
  const draw = random(seed);
  const stepMs = confirmationStepMs(intervalMs);
  const proofMs = intervalMs + 2 * stepMs + 3 * 1000;
  const mustMs = proofMs + boundMs + timeoutMs;
  const neverMs = 2 * stepMs;
  const endMs = seconds * 1000;
  const alone = Math.max(2, Math.min(Math.floor(endpoints / 2), Math.round(endpoints / 10)));
  const size = Math.max(2, Math.min(25, Math.floor(endpoints / 20)));
  const groups = Array.from({ length: endpoints }, (_, n) => (n < endpoints - GROUPS * size ? null : (endpoints - 1 - n) % GROUPS));
  const faults: Fault[] = [];
  const lasting = (from: number): number => {
    const kind = draw();
    if (kind < 0.2) return between(draw, 0.1 * neverMs, 0.8 * neverMs);
    if (kind < 0.7 && from + mustMs <= endMs) return between(draw, mustMs, Math.min(mustMs * 1.2, endMs - from));
    return between(draw, proofMs, Math.min(mustMs, endMs - from));
  };
  for (let n = 0; n < alone; n += 1) {
    let from = between(draw, BEGIN_MS, Math.max(BEGIN_MS, (endMs - mustMs) * 0.9));
    for (let times = 0; times < 2; times += 1) {
      if (from + proofMs > endMs) break;
      const to = Math.min(endMs, from + lasting(from));
      faults.push({ n, kind: oneOf(draw, FAULT_KINDS), from, to });
      from = to + between(draw, proofMs, 2 * proofMs);
    }
  }
  for (let group = 0; group < GROUPS; group += 1) {
    const from = between(draw, BEGIN_MS, Math.max(BEGIN_MS, (endMs - mustMs) / 2));
    const fault = { kind: oneOf(draw, FAULT_KINDS), from, to: Math.min(endMs, from + Math.max(mustMs, endMs / 3)) };
    groups.forEach((of, n) => {
      if (of === group) faults.push({ n, ...fault });
    });
  }
  return { endpoints, groups, faults, mustMs, neverMs };
}

/** One blow, at `at` ms from the beginning. */
export type Blow =
  | { readonly at: number; readonly what: 'kill'; readonly role: string; readonly draw: number; readonly awayMs: number }
  | { readonly at: number; readonly what: 'add'; readonly role: string; readonly draw: number; readonly staysMs: number }
  | { readonly at: number; readonly what: 'postgres'; readonly how: 'fast' | 'immediate' }
  | { readonly at: number; readonly what: 'redis' };

export interface BlowOptions {
  readonly seed: number;
  readonly seconds: number;
  /** The roles that are killed, and how often on average one is. */
  readonly roles: readonly string[];
  readonly everyMs: number;
  readonly postgresRestarts: number;
  readonly redisEmpties: number;
}

/** When what is killed, added, restarted and emptied. A killed process is back after up to three seconds, an added one goes the same way. */
export function planBlows(options: BlowOptions): Blow[] {
  const { seed, seconds, roles, everyMs, postgresRestarts, redisEmpties } = options;
  const draw = random(seed ^ 0x5bd1e995);
  const endMs = seconds * 1000;
  const blows: Blow[] = [];
  // Every role gets its turn before any gets its second: a bag that is shuffled anew.
  let bag: string[] = [];
  for (let at = everyMs; at < endMs; at += between(draw, everyMs / 2, everyMs * 1.5)) {
    if (bag.length === 0) bag = [...roles].sort(() => draw() - 0.5);
    const role = bag.pop() as string;
    if (draw() < 0.2) blows.push({ at, what: 'add', role, draw: draw(), staysMs: between(draw, 5000, 20_000) });
    else blows.push({ at, what: 'kill', role, draw: draw(), awayMs: between(draw, 200, 3000) });
  }
  const spread = (count: number, make: (at: number, k: number) => Blow) => {
    for (let k = 0; k < count; k += 1) blows.push(make(Math.round(((k + 0.25 + draw() * 0.5) / count) * endMs), k));
  };
  spread(postgresRestarts, (at, k) => ({ at, what: 'postgres', how: k % 2 === 0 ? 'fast' : 'immediate' }));
  spread(redisEmpties, (at) => ({ at, what: 'redis' }));
  return blows.sort((a, b) => a.at - b.at);
}
