import type { TokenCache } from '../types.ts';

/** Access tokens kept in memory between the probes of one process, at most `limit` of them; the one set longest ago goes first. */
export function createTokenCache(limit = 5000, now: () => number = Date.now): TokenCache {
  const kept = new Map<string, { readonly token: string; readonly expiresAt: number }>();
  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined || value.expiresAt > now()) return value;
      kept.delete(key);
      return undefined;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    },
    delete(key) {
      kept.delete(key);
    },
  };
}
