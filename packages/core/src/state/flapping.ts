import type { EndpointStatus } from '../terms.ts';
import type { EndpointMemory } from './memory.ts';
import type { StateEvent } from './step.ts';

/** More changes than this within the window are flapping: one notice says so, the rest is held until it is calm. */
export const FLAP_LIMIT = 4;
export const FLAP_WINDOW_MS = 10 * 60_000;

interface Moved {
  readonly memory: EndpointMemory;
  readonly events: StateEvent[];
}

/** A change between well and ill, found out at `now`. Pure. */
export function noteTransition(memory: EndpointMemory, now: number): Moved {
  const transitions = [...memory.transitions.filter((at) => now - at <= FLAP_WINDOW_MS), now];
  if (memory.flapping !== null) {
    const flapping = { ...memory.flapping, changes: memory.flapping.changes + 1 };
    return { memory: { ...memory, transitions, flapping }, events: [{ type: 'flapping.held', at: now }] };
  }
  if (transitions.length <= FLAP_LIMIT) return { memory: { ...memory, transitions }, events: [] };
  const flapping = { since: transitions[0] ?? now, changes: transitions.length };
  return { memory: { ...memory, transitions, flapping }, events: [{ type: 'flapping.started', at: now, changes: transitions.length }] };
}

/** No change for a whole window: it is calm, and the digest says what there was and how it ended. Pure. */
export function settleFlapping(memory: EndpointMemory, now: number, status: EndpointStatus): Moved {
  const last = memory.transitions.at(-1);
  if (memory.flapping === null || (last !== undefined && now - last < FLAP_WINDOW_MS)) return { memory, events: [] };
  const { since, changes } = memory.flapping;
  return { memory: { ...memory, transitions: [], flapping: null }, events: [{ type: 'flapping.ended', at: now, since, changes, status }] };
}
