import { coversEndpoint, type EndpointMemory, type EndpointStatus, type MaintenanceWindow, parseMemory } from '@rollcall/core';
import type { Tx } from '@rollcall/db';
import { loadWindows } from '../maintenance/windows.ts';
import { type EndpointSummary, parseSummary } from './summary.ts';

/** An endpoint and its state, locked for the transaction. The state members are changed in memory, then written once. */
export interface LockedEndpoint {
  readonly id: string;
  readonly seq: number;
  readonly organizationId: string;
  readonly name: string;
  readonly url: string;
  readonly tags: string[];
  readonly intervalSeconds: number;
  readonly timeoutMs: number;
  readonly regions: string[];
  readonly policy: unknown;
  /** The organization's windows that cover this endpoint and may be on. */
  readonly windows: readonly MaintenanceWindow[];
  memory: EndpointMemory;
  status: EndpointStatus;
  since: Date;
  cause: string | null;
  summary: EndpointSummary;
  latencyMs: number | null;
  lastProbeAt: Date | null;
  previousToolsHash: string | null;
}

interface Row {
  id: string;
  seq: number;
  organization_id: string;
  name: string;
  url: string;
  tags: string[];
  interval_seconds: number;
  timeout_ms: number;
  regions: string[];
  policy: unknown;
  memory: unknown;
  status: string;
  since: Date;
  cause: string | null;
  summary: unknown;
  latency_ms: number | null;
  last_probe_at: Date | null;
}

/** Results are recorded late by at most the longest probe. */
const WINDOW_SLACK_MS = 300_000;

/** Locks in the order of the ids, so that two batches never wait for each other in a circle. */
export async function lockEndpoints(tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, LockedEndpoint>> {
  const rows = await tx.$queryRaw<Row[]>`
    select e.id, e.seq, e.organization_id, e.name, e.url, e.tags, e.interval_seconds, e.timeout_ms, e.regions, e.policy,
      s.memory, s.status, s.since, s.cause, s.summary, s.latency_ms, s.last_probe_at
    from endpoint_state s join endpoint e on e.id = s.endpoint_id
    where s.endpoint_id = any(${ids}::text[])
    order by s.endpoint_id
    for update of s`;
  const windows = await loadWindows(
    tx,
    [...new Set(rows.map((row) => row.organization_id))],
    new Date(now.getTime() - WINDOW_SLACK_MS),
    now,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        seq: row.seq,
        organizationId: row.organization_id,
        name: row.name,
        url: row.url,
        tags: row.tags,
        intervalSeconds: row.interval_seconds,
        timeoutMs: row.timeout_ms,
        regions: row.regions,
        policy: row.policy,
        windows: (windows.get(row.organization_id) ?? []).filter((window) => coversEndpoint(window, row)),
        memory: parseMemory(row.memory, now),
        status: row.status as EndpointStatus,
        since: row.since,
        cause: row.cause,
        summary: parseSummary(row.summary),
        latencyMs: row.latency_ms,
        lastProbeAt: row.last_probe_at,
        previousToolsHash: null,
      },
    ]),
  );
}
