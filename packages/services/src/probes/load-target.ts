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
      z.object({
        type: z.literal('oauth'),
        clientId: z.string(),
        clientSecret: z.string(),
        scope: z.string().optional(),
        issuer: z.string().optional(),
      }),
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
    ...signInOf(auth, summary.oauth),
    timeoutMs: row.timeout_ms,
    deep,
    region,
    hint,
    expect: expectSchema.parse(row.expect),
    baseline: baselineOf(summary),
    overrides: overridesOf(row.policy),
  };
}

/** The credential, and where its secret may go: to the issuer that gave the first token, else to the one that the owner named. */
export function signInOf(auth: AuthInput, known: EndpointSummary['oauth'] = null): Pick<ProbeTarget, 'auth' | 'boundIssuer'> {
  if (auth.type !== 'oauth') return { auth };
  const { issuer, ...sent } = auth;
  const bound = known?.bound ?? (issuer === undefined ? null : { issuer, tokenOrigin: null });
  return { auth: sent, ...(bound === null ? {} : { boundIssuer: bound }) };
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

/** What is known of a job's endpoint, its secrets still sealed. */
export interface FoundTarget {
  readonly row: TargetRow;
  /** A deep probe is due. */
  readonly deep: boolean;
}

interface Job {
  readonly endpointId: string;
  readonly region: string;
  readonly slot: number;
  readonly kind: string;
}

/**
 * The targets of jobs, by one statement and in their order; null where the job is void: the endpoint is gone or paused, or its slot
 * is no longer the one in flight (a job that was lost and came back after another took its place).
 */
export async function findTargets(db: Db, jobs: readonly Job[], now: Date): Promise<(FoundTarget | null)[]> {
  if (jobs.length === 0) return [];
  const rows = await db.$queryRaw<(TargetRow & { n: number })[]>`
    select j.n::int as n, e.url, e.transport, e.era, e.timeout_ms, e.credentials, e.expect, e.policy, st.summary, st.memory
    from unnest(${jobs.map((job) => job.endpointId)}::text[], ${jobs.map((job) => job.region)}::text[], ${jobs.map((job) => new Date(job.slot))}::timestamptz[])
      with ordinality as j(endpoint_id, region, slot, n)
    join endpoint e on e.id = j.endpoint_id
    join endpoint_state st on st.endpoint_id = e.id
    join endpoint_schedule s on s.endpoint_id = e.id and s.region = j.region
    where not e.paused and s.active and s.lease_slot = j.slot`;
  const found = new Map(rows.map((row) => [row.n - 1, row]));
  return jobs.map((job, n) => {
    const row = found.get(n);
    return row === undefined ? null : { row, deep: isDeepDue(parseSummary(row.summary), row, job.kind, now) };
  });
}

/** The target of one job, or null when the job is void. @throws SealError */
export async function loadTarget(db: Db, sealer: Sealer, job: Job, now: Date): Promise<ProbeTarget | null> {
  const [found] = await findTargets(db, [job], now);
  return found ? toTarget(sealer, job.endpointId, job.region, found.row, found.deep) : null;
}
