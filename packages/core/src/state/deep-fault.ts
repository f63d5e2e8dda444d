import type { ProbeVerdict } from '../terms.ts';

/** A fault that only deep checks can see, as the endpoint's state keeps it between them. */
export interface DeepFault {
  readonly code: string;
  readonly severity: 'down' | 'degraded';
  /** Seen by two deep probes in a row: from then on ordinary probes that see nothing do not refute it. */
  readonly confirmed: boolean;
}

/** What one deep probe found beyond what an ordinary one can see. */
export interface DeepFinding {
  readonly fault: Pick<DeepFault, 'code' | 'severity'> | null;
  /** Every check had its time; else a fault that is not seen is not refuted. */
  readonly complete: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Pure: the fault after one more deep probe. */
export function stepDeepFault(before: DeepFault | null, found: DeepFinding): DeepFault | null {
  if (found.fault === null) return found.complete ? null : before;
  return { ...found.fault, confirmed: before?.code === found.fault.code };
}

/** How long after the last deep probe the next is due, ms: at once to confirm what one has found, hourly while a fault stands, else daily. */
export function deepEveryMs(fault: DeepFault | null): number {
  if (fault === null) return DAY_MS;
  return fault.confirmed ? HOUR_MS : 0;
}

/** What the state machine is told: a confirmed fault stands behind every good result, and an unconfirmed one is no reason to change. */
export function withDeepFault(
  verdict: ProbeVerdict,
  cause: string | null,
  fault: DeepFault | null,
): { readonly verdict: ProbeVerdict; readonly cause: string | null } {
  if (fault === null) return { verdict, cause };
  if (fault.confirmed) return verdict === 'up' ? { verdict: fault.severity, cause: fault.code } : { verdict, cause };
  return cause === fault.code ? { verdict: 'up', cause: null } : { verdict, cause };
}
