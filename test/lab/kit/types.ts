import type { CauseCode, ProbeDeps, ProbeTarget } from '@rollcall/probe';
import type { Bench } from './bench.ts';

/** What a scenario sets up: where to probe, and how. Names resolve to the bench's own address unless `names` says otherwise. */
export interface Setting {
  readonly url: string;
  readonly target?: Partial<Omit<ProbeTarget, 'url'>>;
  readonly deps?: Partial<ProbeDeps>;
  /** Host name → addresses, or the DNS error code that looking it up gives. */
  readonly names?: Readonly<Record<string, readonly string[] | string>>;
}

/**
 * One cause, shown and mended. `fault` must be reported as `code`, and as nothing else beyond `also`; `twin` is the same place
 * with the fix and must not be. Where the fix is a line of the catalogue the twin takes it from there (`bench.fix`).
 */
export interface Scenario {
  readonly code: CauseCode;
  /** Tells several scenarios of one code apart: `nginx`, `caddy`, `app`. */
  readonly variant?: string;
  /** Other codes that the same fault rightly brings with it. */
  readonly also?: readonly CauseCode[];
  /** What the fault's verdict must be; by default what the catalogue's severity says. */
  readonly verdict?: 'up' | 'degraded' | 'down' | 'gated' | 'unknown';
  /** What the twin's verdict must be; `up` by default. */
  readonly twinVerdict?: 'up' | 'degraded' | 'down' | 'gated' | 'unknown';
  /** Seen by deep checks only. */
  readonly deep?: boolean;
  /** Needs an address of the bench that is public: only in the tests' own network namespace. */
  readonly publicAddress?: boolean;
  /** Why the SDK clients cannot be compared with the verdict here (a fault that is not the server's, time that differs). */
  readonly noParity?: string;
  fault(bench: Bench): Promise<Setting>;
  twin(bench: Bench): Promise<Setting>;
}
