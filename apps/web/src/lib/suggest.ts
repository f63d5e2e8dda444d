import type { Expect, Report } from '@rollcall/contracts';

export interface Suggestion {
  readonly id: string;
  readonly label: string;
  readonly why: string;
  readonly expect: Expect;
  /** Harmless enough to be taken unless somebody says no. */
  readonly checked: boolean;
}

const STEP_MS = 500;
const MIN_BUDGET_MS = 1000;
const CERTIFICATE_DAYS = 14;
/** More names than these nobody reads through. */
const MAX_REQUIRED = 20;
const SLOW_MS = 5000;

/** Seconds between probes: a server that is slow, or asks to be left alone, is asked less often. Pure. */
export function suggestInterval(report: Report): number {
  if ([report.cause, ...report.findings].some((found) => found?.code === 'http.rate_limited')) return 600;
  return report.durationMs > SLOW_MS ? 300 : 60;
}

/** What the owner might expect, out of what one check saw of a server that works. Pure. */
export function suggestExpectations(report: Report): Suggestion[] {
  if (report.verdict !== 'up' && report.verdict !== 'degraded') return [];
  const suggestions: Suggestion[] = [];
  if (report.url.startsWith('https:'))
    suggestions.push({
      id: 'certificate',
      label: `Certificate valid for ${CERTIFICATE_DAYS} days more`,
      why: 'Time enough to renew it.',
      expect: { certificateDays: CERTIFICATE_DAYS },
      checked: true,
    });
  const tools = report.tools;
  if (tools !== null && tools.count > 0) {
    suggestions.push({
      id: 'tools',
      label: tools.count === 1 ? 'At least 1 tool' : `At least ${tools.count} tools`,
      why: 'As many as it lists now.',
      expect: { minTools: tools.count },
      checked: false,
    });
    if (tools.count <= MAX_REQUIRED && tools.names.length === tools.count)
      suggestions.push({
        id: 'names',
        label: 'These tools stay',
        why: tools.names.join(', '),
        expect: { requiredTools: tools.names },
        checked: false,
      });
  }
  const budgetMs = Math.max(MIN_BUDGET_MS, Math.ceil((report.durationMs * 4) / STEP_MS) * STEP_MS);
  suggestions.push({
    id: 'latency',
    label: `Handshake and list within ${budgetMs} ms`,
    why: `This check took ${Math.round(report.durationMs)} ms.`,
    expect: { latencyMs: budgetMs },
    checked: false,
  });
  return suggestions;
}
