import type { Cause } from '@rollcall/contracts';
import type { ProbeVerdict, Severity } from '@rollcall/core';
import { type CauseCode, catalogue } from './catalogue/index.ts';
import { diagnose } from './diagnose.ts';
import type { Observation } from './observation.ts';
import type { Diagnosis } from './types.ts';

/** What an owner makes of a code for one endpoint. `mute`: it is shown and counts for nothing. */
export interface SeverityOverride {
  readonly code: string;
  readonly severity: Severity | 'mute';
  readonly reason: string;
  /** Said expressly of a code that stands for "gated" or "unknown": it is to count as a failure. */
  readonly force?: boolean | undefined;
}

/** Codes whose verdict says that the server has not failed; only `force` makes a failure of them. */
export function needsForce(code: string, severity: SeverityOverride['severity']): boolean {
  return verdictOverrideOf(code) !== undefined && (severity === 'down' || severity === 'degraded');
}

function verdictOverrideOf(code: string): 'gated' | 'unknown' | undefined {
  return Object.hasOwn(catalogue, code) ? catalogue[code as CauseCode].verdictOverride : undefined;
}

/** Diagnosis and the owner's overrides, which the observation carries. Pure. */
export function assess(observation: Observation): Diagnosis {
  return override(diagnose(observation), observation.target.overrides ?? []);
}

/**
 * Raises, lowers or mutes what was found, and decides the cause and the verdict anew. The reason stands in the evidence, so that
 * whoever reads the report sees that the severity is the owner's. Pure.
 */
export function override(diagnosis: Diagnosis, overrides: readonly SeverityOverride[]): Diagnosis {
  if (overrides.length === 0) return diagnosis;
  const wishes = new Map(overrides.map((wish) => [wish.code, wish]));
  const before = diagnosis.cause === null ? diagnosis.findings : [diagnosis.cause, ...diagnosis.findings];
  if (!before.some(({ code }) => applies(wishes.get(code)))) return diagnosis;
  const freed = diagnosis.cause !== null && applies(wishes.get(diagnosis.cause.code));
  const found = before.map((item) => {
    const wish = wishes.get(item.code);
    if (applies(wish)) return { item: overridden(item, wish), mayCause: wish.severity === 'down' || wish.severity === 'degraded' };
    // Beside a cause that no longer is one, the others count by themselves.
    const own = diagnosis.demoted?.includes(item.code) === true && freed ? { ...item, severity: 'down' as const } : item;
    return { item: own, mayCause: item === diagnosis.cause || (freed && item.code !== 'tls.expiring') };
  });
  const candidates = found.filter(({ mayCause }) => mayCause);
  const worst =
    candidates.find(({ item }) => item.severity === 'down') ?? candidates.find(({ item }) => item.severity === 'degraded') ?? null;
  const chosen = worst ?? (freed ? null : (found.find(({ item }) => item === diagnosis.cause) ?? null));
  const kept = standing(diagnosis, wishes);
  if (kept !== null) {
    const [cause, ...findings] = found.map(({ item }) => item);
    return { verdict: kept, cause: cause ?? null, findings: findings.map(asFinding) };
  }
  const findings = found.filter((one) => one !== chosen).map(({ item }) => asFinding(item));
  return { verdict: verdictOf(chosen?.item ?? null, diagnosis), cause: chosen?.item ?? null, findings };
}

function applies(wish: SeverityOverride | undefined): wish is SeverityOverride {
  return wish !== undefined && (!needsForce(wish.code, wish.severity) || wish.force === true);
}

/** "gated" and "unknown" stand, unless the owner forces their code to be a failure: a server that was not measured is not judged. */
function standing({ verdict, cause }: Diagnosis, wishes: ReadonlyMap<string, SeverityOverride>): ProbeVerdict | null {
  if (verdict !== 'gated' && verdict !== 'unknown') return null;
  const wish = cause === null ? undefined : wishes.get(cause.code);
  return cause !== null && applies(wish) && needsForce(cause.code, wish.severity) ? null : verdict;
}

function overridden(item: Cause, { severity, reason }: SeverityOverride): Cause {
  const evidence = { ...item.evidence, override: reason, ...(severity === 'mute' ? { muted: true } : {}) };
  return { ...item, severity: severity === 'mute' ? 'notice' : severity, evidence };
}

function verdictOf(cause: Cause | null, before: Diagnosis): ProbeVerdict {
  if (cause === null) return 'up';
  if (cause === before.cause) return before.verdict;
  return cause.severity === 'down' ? 'down' : cause.severity === 'degraded' ? 'degraded' : 'up';
}

/** Only the cause may be `down`. */
function asFinding(finding: Cause): Cause {
  return finding.severity === 'down' ? { ...finding, severity: 'degraded' } : finding;
}
