import type { LeasedJob, ProberResult, Report } from '@rollcall/contracts';
import { reportWith } from './reports.ts';

/** What a remote prober is handed for one probe of a healthy endpoint in region b. */
export function leasedJob(n: number, endpointId = `ep_${n}`): LeasedJob {
  return {
    lease: `lease-${n}`,
    endpointId,
    slot: n,
    kind: 'scheduled',
    target: {
      url: 'https://x.example/mcp',
      transport: 'auto',
      era: 'auto',
      headers: {},
      auth: { type: 'none' },
      timeoutMs: 10_000,
      deep: false,
      region: 'b',
      hint: null,
      expect: {},
      baseline: null,
      overrides: undefined,
    },
  };
}

/** The report of a probe that found nothing wrong, begun now. */
export function reportOf({ target }: Pick<LeasedJob, 'target'>, more: Partial<Report> = {}): Report {
  return reportWith({ url: target.url, region: target.region, ...more });
}

/** The same as a remote prober delivers it. */
export function resultOf(job: Pick<LeasedJob, 'lease' | 'target'>, more: Partial<ProberResult> = {}): ProberResult {
  return { lease: job.lease, deep: false, report: reportOf(job), observation: {}, deepOnly: null, retryAfterMs: null, ...more };
}
