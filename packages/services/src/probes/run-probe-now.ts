import type { Report } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { check, deepOnly, type ProbeDeps } from '@rollcall/probe';
import { type TargetRow, toTarget } from './load-target.ts';
import { recordProbes } from './record-probes.ts';
import { parseSummary } from './summary.ts';

export interface RunProbeNowOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly deps: ProbeDeps;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** Somebody waits for the answer: streams are watched for being cut by the daily deep probe, not here. */
const IDLE_MS = 5000;

/**
 * Probes an endpoint of the organization at once, with the deep checks, records it like any other probe and answers with
 * the report.
 * @throws AppError not_found
 */
export async function runProbeNow(
  options: RunProbeNowOptions,
  organizationId: string,
  endpointId: string,
  region: string,
): Promise<Report> {
  const rows = await options.db.$queryRaw<TargetRow[]>`
    select e.url, e.transport, e.era, e.timeout_ms, e.credentials, e.expect, e.policy, st.summary, st.memory
    from endpoint e join endpoint_state st on st.endpoint_id = e.id
    where e.id = ${endpointId} and e.organization_id = ${organizationId}`;
  const row = rows[0];
  if (!row) throw new AppError('not_found', 'There is no such endpoint.');
  const slot = options.now().getTime();
  const deps = { ...options.deps, deadlines: { ...options.deps.deadlines, idleMs: IDLE_MS } };
  const { report, observation } = await check(toTarget(options.sealer, endpointId, region, row, true), deps);
  const seen = deepOnly(observation);
  // What takes longer to show than we watched is not refuted.
  const standing = parseSummary(row.summary).deepFault?.cause.code;
  const found = seen === null ? null : { ...seen, complete: seen.complete && standing !== 'sse.idle_timeout' };
  await recordProbes(
    options.db,
    [{ endpointId, region, slot, kind: 'manual', deep: true, deepOnly: found, report, observation, retryAfterMs: null }],
    {
      publicUrl: options.publicUrl,
      now: options.now(),
    },
  );
  return report;
}
