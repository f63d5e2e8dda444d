import type { Retry } from './call-types.ts';
import { ApiError, UnreachableError } from './errors.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const DEFAULT_MAX_WAIT_MS = 60_000;
const PASSING = new Set([502, 503, 504]);

export interface Failure {
  readonly error: unknown;
  /** Calls made so far. */
  readonly calls: number;
  /** The same call twice does the same as once: it reads, replaces, removes, or carries an Idempotency-Key. */
  readonly harmless: boolean;
  /** 0 to 1, so that many clients do not come back in one moment. */
  readonly random: number;
}

/** How long to wait before the call is made once more; null: not again. */
export function pauseMs(retry: Retry | false | undefined, { error, calls, harmless, random }: Failure): number | null {
  if (!retry || calls > Math.min(10, retry.attempts)) return null;
  const maxWaitMs = retry.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;
  const own = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (calls - 1)) * (0.5 + random / 2);
  if (error instanceof UnreachableError) return harmless ? Math.min(own, maxWaitMs) : null;
  if (!(error instanceof ApiError)) return null;
  // A call beyond the rate limit was not carried out, whatever it was; nor was one whose key is at work.
  const asked = error.retryAfterSeconds === null ? null : error.retryAfterSeconds * 1000;
  const again = error.status === 429 || (error.status === 409 && asked !== null) || (PASSING.has(error.status) && harmless);
  if (!again || (asked ?? 0) > maxWaitMs) return null;
  return Math.min(maxWaitMs, asked ?? own);
}

/** Seconds of a Retry-After header: a number, or the distance to a date (RFC 9110 §10.2.3). */
export function retryAfterSeconds(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}

/** @throws the signal's reason when it is aborted meanwhile. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
