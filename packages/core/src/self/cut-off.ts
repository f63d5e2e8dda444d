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

/**
 * Whether the prober itself is cut off rather than its targets: its canary fails and so do most of the hosts that it reached before
 * (product promise 3). Without a canary (null) it is never said: hosts that fail together may be one platform, and that is to be told. Pure.
 */
export function isCutOff(hosts: Iterable<HostReach>, canaryReachable: boolean | null, now: number): boolean {
  if (canaryReachable !== false) return false;
  const telling = [...hosts].filter((host) => now - host.at <= REACH_WINDOW_MS && (host.reached || host.reachedBefore));
  const lost = telling.filter(({ reached }) => !reached).length;
  return lost > 0 && lost / telling.length > MOST;
}
