import type { Report } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { check, deepOnly, type ProbeDeps } from '@rollcall/probe';
import { type TargetRow, toTarget } from './load-target.ts';
import { recordProbes } from './record-probes.ts';

export interface RunProbeNowOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly deps: ProbeDeps;
  readonly publicUrl: string;
  readonly now: () => Date;
}

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
  const { report, observation } = await check(toTarget(options.sealer, endpointId, region, row, true), options.deps);
  await recordProbes(
    options.db,
    [{ endpointId, region, slot, kind: 'manual', deep: true, deepOnly: deepOnly(observation), report, observation, retryAfterMs: null }],
    {
      publicUrl: options.publicUrl,
      now: options.now(),
    },
  );
  return report;
}
