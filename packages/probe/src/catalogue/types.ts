import type { Fix } from '@rollcall/contracts';
import type { Confidence, Layer, Severity } from '@rollcall/core';

/** One cause or finding as data: everything about it that does not depend on the endpoint. */
export interface CatalogueEntry {
  readonly code: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly title: string;
  readonly explanation: string;
  /** Names of the facts recorded with it. */
  readonly evidence: readonly string[];
  readonly fixes: readonly Fix[];
  readonly references: readonly string[];
  /** Who is hit, in words. */
  readonly affected: string;
  /** Says the verdict itself, whatever the severity. */
  readonly verdictOverride?: 'gated' | 'unknown';
}
