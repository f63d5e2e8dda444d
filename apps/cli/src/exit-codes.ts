import { assertNever, type ProbeVerdict } from '@rollcall/core';

/** Nagios' convention: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
export const EXIT_OK = 0;
export const EXIT_DEGRADED = 1;
export const EXIT_DOWN = 2;
export const EXIT_UNKNOWN = 3;

export function exitCodeOf(verdict: ProbeVerdict): number {
  switch (verdict) {
    case 'up':
    case 'gated':
      return EXIT_OK;
    case 'degraded':
      return EXIT_DEGRADED;
    case 'down':
      return EXIT_DOWN;
    case 'unknown':
      return EXIT_UNKNOWN;
    default:
      return assertNever(verdict);
  }
}
