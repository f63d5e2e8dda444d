import type { EventType } from '../terms.ts';
import { platformOf } from './platforms.ts';

/** How long a first notice waits for others of the same cause: with the alerter's poll, well within the 5 s promised for the first attempt. */
export const GROUP_HOLD_MS = 3_000;
/** How long a group stays open: when it has named several, what follows waits for its end and is told together. */
export const GROUP_WINDOW_MS = 60_000;
/** So many endpoints named within the window are a storm; fewer are told as they come. */
export const GROUP_STORM = 3;
/** How long those that are back wait for the rest of their group: an interval of a minute and its confirmations. */
export const RECOVERY_WINDOW_MS = 90_000;
/** Endpoints in one notice: what a receiver takes in one body. */
export const MAX_GROUP = 1000;

const GROUPED_TYPES: readonly EventType[] = [
  'endpoint.down',
  'endpoint.degraded',
  'endpoint.gated',
  'endpoint.no_data',
  'certificate.expiring',
];

export interface GroupFacts {
  readonly type: EventType;
  /** Code of the cause; null: none is known. */
  readonly cause: string | null;
  readonly url: string;
  /** The address that the probe used; null when it got to none. */
  readonly address: string | null;
  readonly flapping?: 'started' | 'ended' | undefined;
}

/**
 * What a notice may be grouped by: two that share a key tell of one matter. Cause and kind are part of every key. Silence is
 * ours whatever the host, so all of it is one matter. Empty: the notice stands alone.
 */
export function groupKeysOf({ type, cause, url, address, flapping }: GroupFacts): string[] {
  if (flapping === undefined && !GROUPED_TYPES.includes(type)) return [];
  const matter = flapping === undefined ? `${type}/${cause ?? ''}` : `${type}/flapping-${flapping}`;
  if (type === 'endpoint.no_data') return [matter];
  const host = hostOf(url);
  const platform = host === null ? null : platformOf(host);
  return [
    ...(host === null ? [] : [`${matter}@host:${host}`]),
    ...(address === null ? [] : [`${matter}@address:${address.toLowerCase()}`]),
    ...(platform === null ? [] : [`${matter}@platform:${platform}`]),
  ];
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).hostname.toLowerCase().replace(/\.$/, '') || null;
  } catch {
    return null;
  }
}

/** What the members of a group have in common, as people read it: `host example.com`. Null when they are only linked by others. */
export function sharedKeyOf(members: readonly { readonly keys: readonly string[] }[]): string | null {
  const [first, ...rest] = members;
  const shared = first?.keys.find((key) => rest.every(({ keys }) => keys.includes(key)) && key.includes('@'));
  return shared === undefined ? null : shared.slice(shared.indexOf('@') + 1).replace(':', ' ');
}

/** A notice that waits to be sent alone or with others. Instants are epoch milliseconds. */
export interface Groupable {
  readonly id: string;
  readonly type: EventType;
  readonly createdAt: number;
  readonly keys: readonly string[];
  /** Of those that were told together and are now back or taken: how many are still to come. 0: wait for nobody. */
  readonly missing?: number | undefined;
}

/** A notice that has gone out, for what follows it. */
export interface ToldGroup {
  readonly type: EventType;
  readonly createdAt: number;
  readonly keys: readonly string[];
  readonly size: number;
}

/**
 * Which of the waiting notices are to go now, and together with which: lists of ids, the first leads. What is in no list goes on
 * waiting. Pure.
 */
export function planGroups(waiting: readonly Groupable[], told: readonly ToldGroup[], now: number): string[][] {
  return componentsOf(waiting)
    .filter((members) => readyAt(members, told) <= now)
    .flatMap((members) => chunksOf(members.map(({ id }) => id)));
}

function readyAt(members: readonly Groupable[], told: readonly ToldGroup[]): number {
  const first = members[0];
  if (first === undefined || first.keys.length === 0) return Number.NEGATIVE_INFINITY;
  if (first.missing !== undefined)
    return members.some(({ missing }) => missing === 0) ? first.createdAt : first.createdAt + RECOVERY_WINDOW_MS;
  const keys = new Set(members.flatMap((member) => member.keys));
  const before = told.filter(
    ({ type, createdAt, keys: theirs }) =>
      type === first.type && createdAt > first.createdAt - GROUP_WINDOW_MS && theirs.some((key) => keys.has(key)),
  );
  const held = first.createdAt + GROUP_HOLD_MS;
  if (before.reduce((sum, { size }) => sum + size, 0) < GROUP_STORM) return held;
  return Math.max(held, Math.min(...before.map(({ createdAt }) => createdAt)) + GROUP_WINDOW_MS);
}

/** Notices of one type that are linked by shared keys, oldest first; one without keys is alone. */
function componentsOf(waiting: readonly Groupable[]): Groupable[][] {
  const ordered = [...waiting].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const parents = ordered.map((_, n) => n);
  const rootOf = (n: number): number => {
    let root = n;
    for (let parent = parents[root]; parent !== undefined && parent !== root; parent = parents[root]) root = parent;
    parents[n] = root;
    return root;
  };
  const seen = new Map<string, number>();
  for (const [n, { type, keys }] of ordered.entries()) {
    for (const key of keys) {
      const other = seen.get(`${type} ${key}`);
      if (other === undefined) seen.set(`${type} ${key}`, n);
      else parents[Math.max(rootOf(n), rootOf(other))] = Math.min(rootOf(n), rootOf(other));
    }
  }
  const components = new Map<number, Groupable[]>();
  for (const [n, notice] of ordered.entries()) {
    const root = rootOf(n);
    const members = components.get(root);
    if (members) members.push(notice);
    else components.set(root, [notice]);
  }
  return [...components.values()];
}

function chunksOf(ids: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let from = 0; from < ids.length; from += MAX_GROUP) chunks.push(ids.slice(from, from + MAX_GROUP));
  return chunks;
}
