/** Waits before attempt 2, 3, 4, 5 and 6 (product, promise 2); from then on hourly. */
const FIRST_WAITS_MS = [5_000, 30_000, 120_000, 600_000, 1_800_000] as const;
const HOURLY_MS = 3_600_000;
/** After this span from the first attempt a notice is dead: visible, and resent only by hand. */
export const RETRY_WINDOW_MS = 24 * 3_600_000;

/**
 * When to try again after `attempts` attempts have failed, the last one just now; null when the notice is dead.
 * A receiver's Retry-After may push the attempt back, never beyond the end of the window. No jitter: at most a
 * few notices of one channel are ever in flight, so there is no herd to spread.
 */
export function nextAttemptAt(firstAttemptAt: Date, attempts: number, now: Date, retryAfterMs = 0): Date | null {
  if (attempts < 1) return now;
  const end = firstAttemptAt.getTime() + RETRY_WINDOW_MS;
  const scheduled = now.getTime() + (FIRST_WAITS_MS[attempts - 1] ?? HOURLY_MS);
  if (scheduled > end) return null;
  return new Date(Math.min(Math.max(scheduled, now.getTime() + retryAfterMs), end));
}

/** Retry-After (RFC 9110 §10.2.3): seconds or an HTTP date. Undefined when absent or not understood. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
