import type { Cause, Report } from '@rollcall/contracts';
import { isActiveAt, type ProbeResult, policyOf, type StateEvent, statusOf, step, stepDeepFault, withDeepFault } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import type { Fact } from '../changes/facts.ts';
import { tellChanges } from '../changes/tell-changes.ts';
import { certificateNotices } from '../drift/certificate-notices.ts';
import { recordDrift } from '../drift/record-drift.ts';
import { type DriftSeen, seeOffer } from '../drift/see-offer.ts';
import { affectedClients, applyIncidents } from './apply-incidents.ts';
import { insertNotices, writeNotices } from './insert-notices.ts';
import { insertProbes } from './insert-probes.ts';
import { chooseKept, keepExchanges } from './keep-exchanges.ts';
import { type LockedEndpoint, lockEndpoints } from './lock-endpoints.ts';
import type { StoredKind } from './probe-detail.ts';
import { latencyMsOf } from './probe-row.ts';
import { bindIssuer, type EndpointSummary, mergeSummary, standingFault } from './summary.ts';
import { type ScheduleChange, writeSchedules, writeStates } from './write-states.ts';

/** One finished probe, as the prober hands it over. */
export interface ProbeRecord {
  readonly endpointId: string;
  readonly region: string;
  readonly slot: number;
  readonly kind: StoredKind;
  readonly deep: boolean;
  readonly report: Report;
  /** Of a deep probe: what an ordinary one cannot see. */
  readonly deepOnly?: { readonly cause: Cause | null; readonly complete: boolean } | null | undefined;
  /** JSON facts; kept only for failures, changes and one sample a day. */
  readonly observation: unknown;
  /** What the target asked us to wait (Retry-After), in ms. */
  readonly retryAfterMs: number | null;
}

export interface RecordOptions {
  readonly publicUrl: string;
  readonly now: Date;
}

/** What happened to the records: how many were new, and what changed. */
export interface RecordOutcome {
  readonly recorded: number;
  readonly repeated: number;
  readonly notices: number;
  readonly changes: readonly { endpointId: string; events: readonly StateEvent[] }[];
}

/** One new result and what it changed. `endpoint` is shared by all results of that endpoint in the batch. */
export interface Change {
  readonly endpoint: LockedEndpoint;
  readonly record: ProbeRecord;
  readonly events: readonly StateEvent[];
  /** What changed in what the server offers; null: nothing, or not for certain yet. */
  readonly drift: DriftSeen | null;
  readonly maintenance: boolean;
  /** Set when the incidents are applied. */
  resolvedIncidentId: string | null;
}

/**
 * Records a batch in one transaction: probe rows, the state machine, incidents, notices (the outbox), transcripts and
 * the schedule. Either all of it happened or none. A job that was run twice changes nothing the second time, because only
 * newly inserted rows go through the state machine. Endpoints that were deleted in the meantime are left out.
 */
export async function recordProbes(db: Db, records: readonly ProbeRecord[], options: RecordOptions): Promise<RecordOutcome> {
  if (records.length === 0) return { recorded: 0, repeated: 0, notices: 0, changes: [] };
  return db.$transaction((tx) => recordIn(tx, records, options));
}

async function recordIn(tx: Tx, records: readonly ProbeRecord[], options: RecordOptions): Promise<RecordOutcome> {
  const endpoints = await lockEndpoints(tx, [...new Set(records.map((record) => record.endpointId))], options.now);
  const known = records.filter((record) => endpoints.has(record.endpointId));
  const fresh = await insertProbes(tx, endpoints, known, options.now);
  const ordered = [...fresh].sort((a, b) => a.slot - b.slot);
  const changes: Change[] = [];
  const schedules: ScheduleChange[] = [];
  for (const record of ordered) {
    const endpoint = endpoints.get(record.endpointId);
    if (endpoint) changes.push(advance(endpoint, record, schedules, options.now));
  }
  // Repeated ones release their lease, too: the first recording may have been by a job that had lost it.
  for (const record of known) if (!fresh.includes(record)) schedules.push({ record, recheckAt: null, notBefore: null, elsewhereAt: null });
  await applyIncidents(tx, changes, options.now);
  const told = [...(await recordDrift(tx, changes, options.now)), ...certificateNotices(changes)];
  const kept = chooseKept(changes);
  await writeStates(tx, [...new Set(changes.map((change) => change.endpoint))]);
  await writeSchedules(tx, schedules);
  await keepExchanges(tx, kept);
  const notices = (await insertNotices(tx, changes, options)) + (await writeNotices(tx, told, options));
  await tellChanges(tx, changes.flatMap(factsOf));
  return {
    recorded: fresh.length,
    repeated: known.length - fresh.length,
    notices,
    changes: changes.filter(({ events }) => events.length > 0).map(({ endpoint, events }) => ({ endpointId: endpoint.id, events })),
  };
}

/** Who watches hears that it was probed, and what else that changed. */
function factsOf({ endpoint, events, drift, resolvedIncidentId }: Change): Fact[] {
  const { id, organizationId } = endpoint;
  const incidentId = resolvedIncidentId ?? endpoint.summary.openIncidentId;
  return [
    { organizationId, type: 'endpoint.probed', id },
    ...(events.length > 0 ? [{ organizationId, type: 'endpoint.state' as const, id }] : []),
    ...(events.length > 0 && incidentId !== null ? [{ organizationId, type: 'incident' as const, id: incidentId }] : []),
    ...(drift === null ? [] : [{ organizationId, type: 'tools' as const, id }]),
  ];
}

function nextDeepFault(
  summary: EndpointSummary,
  { report }: ProbeRecord,
  found: { readonly cause: Cause | null; readonly complete: boolean },
): EndpointSummary['deepFault'] {
  const { cause } = found;
  const fault =
    cause === null ? null : { code: cause.code, severity: cause.severity === 'down' ? ('down' as const) : ('degraded' as const) };
  const next = stepDeepFault(standingFault(summary), { fault, complete: found.complete });
  if (next === null) return null;
  if (cause === null) return summary.deepFault;
  return { cause, affectedClients: affectedClients(report), confirmed: next.confirmed };
}

/** Takes one result into the endpoint (which lives in memory until the batch is written) and notes what it asks of the schedule. */
function advance(endpoint: LockedEndpoint, record: ProbeRecord, schedules: ScheduleChange[], now: Date): Change {
  const { report } = record;
  const startedAt = Date.parse(report.startedAt);
  if (record.deepOnly != null)
    endpoint.summary = { ...endpoint.summary, deepFault: nextDeepFault(endpoint.summary, record, record.deepOnly) };
  const result: ProbeResult = {
    slot: record.slot,
    startedAt,
    ...withDeepFault(report.verdict, report.cause?.code ?? null, standingFault(endpoint.summary)),
    region: record.region,
    maintenance: endpoint.windows.some((window) => isActiveAt(window, startedAt)),
  };
  endpoint.summary = bindIssuer(endpoint.summary, record.observation, startedAt);
  const policy = policyOf(endpoint.policy, endpoint.intervalSeconds, { timeoutMs: endpoint.timeoutMs, regions: endpoint.regions });
  const outcome = step(endpoint.memory, result, policy);
  const notBefore = record.retryAfterMs === null ? null : now.getTime() + record.retryAfterMs;
  schedules.push({ record, recheckAt: outcome.recheckAt, notBefore, elsewhereAt: outcome.recheckElsewhere ? now.getTime() : null });
  endpoint.memory = outcome.memory;
  endpoint.status = statusOf(outcome.memory);
  endpoint.since = new Date(outcome.memory.silentSince ?? outcome.memory.since);
  endpoint.cause = endpoint.status === 'up' ? null : outcome.memory.cause;
  // A probe that could not leave our house measured nothing: after two intervals of these the endpoint is no_data.
  const measured = report.cause?.code !== 'prober.offline';
  let drift: DriftSeen | null = null;
  if (measured && (endpoint.lastProbeAt === null || startedAt >= endpoint.lastProbeAt.getTime())) {
    endpoint.lastProbeAt = new Date(startedAt);
    endpoint.latencyMs = latencyMsOf(report) ?? endpoint.latencyMs;
    endpoint.previousToolsHash = endpoint.summary.toolsHash;
    const seen = seeOffer(mergeSummary(endpoint.summary, report), record, { at: startedAt, intervalSeconds: endpoint.intervalSeconds });
    endpoint.summary = seen.summary;
    drift = seen.seen;
    if (record.deep) endpoint.summary = { ...endpoint.summary, deepAt: startedAt };
  }
  const code = endpoint.cause;
  if (code === null) endpoint.summary = { ...endpoint.summary, cause: null };
  else if (report.cause?.code === code)
    endpoint.summary = { ...endpoint.summary, cause: { code, title: report.cause.title, severity: report.cause.severity } };
  return { endpoint, record, events: outcome.events, drift, maintenance: result.maintenance === true, resolvedIncidentId: null };
}
