import { type AuthInput, expectSchema, policySchema } from '@rollcall/contracts';
import { awaitsProof, deepEveryMs, parseMemory } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import type { ProbeTarget } from '@rollcall/probe';
import { z } from 'zod';
import { type EndpointSummary, parseSummary, standingFault } from './summary.ts';

/** What endpoint.credentials holds, sealed for `endpoint/<id>`. */
export const credentialsSchema = z.object({
  headers: z.record(z.string(), z.string()).default({}),
  auth: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('none') }),
      z.object({ type: z.literal('bearer'), token: z.string() }),
      z.object({ type: z.literal('oauth'), clientId: z.string(), clientSecret: z.string(), scope: z.string().optional() }),
    ])
    .default({ type: 'none' }),
});
export interface Credentials {
  readonly headers: Record<string, string>;
  readonly auth: AuthInput;
}

export function sealContext(endpointId: string): string {
  return `endpoint/${endpointId}`;
}

export function sealCredentials(sealer: Sealer, endpointId: string, credentials: Credentials): string {
  return sealer.seal(JSON.stringify(credentials), sealContext(endpointId));
}

export function openCredentials(sealer: Sealer, endpointId: string, sealed: string | null): Credentials {
  if (sealed === null) return { headers: {}, auth: { type: 'none' } };
  return credentialsSchema.parse(JSON.parse(sealer.open(sealed, sealContext(endpointId))));
}

export interface TargetRow {
  url: string;
  transport: string;
  era: string;
  timeout_ms: number;
  credentials: string | null;
  expect: unknown;
  policy: unknown;
  summary: unknown;
  memory: unknown;
}

/** Pure: the row, its secrets opened, as what the probe takes. */
export function toTarget(sealer: Sealer, endpointId: string, region: string, row: TargetRow, deep: boolean): ProbeTarget {
  const { headers, auth } = openCredentials(sealer, endpointId, row.credentials);
  const summary = parseSummary(row.summary);
  const hint =
    summary.transport && summary.era ? { transport: summary.transport, era: summary.era, protocolVersion: summary.protocolVersion } : null;
  return {
    url: row.url,
    transport: row.transport as ProbeTarget['transport'],
    era: row.era as ProbeTarget['era'],
    headers,
    auth,
    timeoutMs: row.timeout_ms,
    deep,
    region,
    hint,
    expect: expectSchema.parse(row.expect),
    baseline: baselineOf(summary),
    overrides: overridesOf(row.policy),
  };
}

function overridesOf(policy: unknown): ProbeTarget['overrides'] {
  const parsed = policySchema.pick({ overrides: true }).strip().safeParse(policy);
  return parsed.success ? parsed.data.overrides : undefined;
}

/** As the owner last accepted it: a server that lost its tools does not make that the new normal by keeping at it. */
function baselineOf({ drift, toolCount }: EndpointSummary): ProbeTarget['baseline'] {
  const count = drift?.baselineCount ?? toolCount;
  return count === null ? null : { toolCount: count };
}

/**
 * Daily, soon after registration, and with the first regular probe of an incident; sooner while deep checks alone know of a fault. Only
 * on a settled endpoint: the first probe and the confirmations are to be quick and comparable.
 */
function isDeepDue(summary: EndpointSummary, row: TargetRow, kind: string, now: Date): boolean {
  if (kind !== 'scheduled') return false;
  const memory = parseMemory(row.memory, now);
  if (memory.settled === null || awaitsProof(memory)) return false;
  if (summary.deepAt === null || (memory.incidentOpen && summary.deepAt < memory.since)) return true;
  return now.getTime() - summary.deepAt >= deepEveryMs(standingFault(summary));
}

/**
 * The target of a job, or null when the job is void: the endpoint is gone or paused, or its slot is no longer the one in
 * flight (a job that was lost and came back after another took its place).
 */
export async function loadTarget(
  db: Db,
  sealer: Sealer,
  job: { endpointId: string; region: string; slot: number; kind: string },
  now: Date,
): Promise<ProbeTarget | null> {
  const rows = await db.$queryRaw<TargetRow[]>`
    select e.url, e.transport, e.era, e.timeout_ms, e.credentials, e.expect, e.policy, st.summary, st.memory
    from endpoint e
    join endpoint_state st on st.endpoint_id = e.id
    join endpoint_schedule s on s.endpoint_id = e.id and s.region = ${job.region}
    where e.id = ${job.endpointId} and not e.paused and s.active and s.lease_slot = ${new Date(job.slot)}`;
  const row = rows[0];
  if (!row) return null;
  return toTarget(sealer, job.endpointId, job.region, row, isDeepDue(parseSummary(row.summary), row, job.kind, now));
}
