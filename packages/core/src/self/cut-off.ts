/** What the newest probe of a host says about our own way out. */
export interface HostReach {
  /** Epoch ms. */
  readonly at: number;
  /** Something answered: whatever it said, we got there. */
  readonly reached: boolean;
  /** The probe before it got there: only what worked before can tell that our own line broke. */
  readonly reachedBefore: boolean;
}

/** Results older than this say nothing about now. */
export const REACH_WINDOW_MS = 5 * 60_000;
const MOST = 0.5;
const ALMOST_ALL = 0.9;
const MANY_HOSTS = 5;

/**
 * Whether the prober itself is cut off rather than its targets: its canary fails and so do most of the hosts that it reached before.
 * Without a canary (null) only a failure of almost all of many hosts at once is taken for our own. Pure.
 */
export function isCutOff(hosts: Iterable<HostReach>, canaryReachable: boolean | null, now: number): boolean {
  if (canaryReachable === true) return false;
  const telling = [...hosts].filter((host) => now - host.at <= REACH_WINDOW_MS && (host.reached || host.reachedBefore));
  const lost = telling.filter(({ reached }) => !reached).length;
  if (lost === 0) return false;
  if (canaryReachable === false) return lost / telling.length > MOST;
  return lost >= MANY_HOSTS && lost / telling.length >= ALMOST_ALL;
}
