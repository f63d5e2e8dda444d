import type { Probe, ProbeKind, Report, Step } from '@rollcall/contracts';
import type { ProbeVerdict } from '@rollcall/core';
import { encodeProbeId } from './probe-id.ts';

/** How a probe is written down in the narrow table: enumerations as numbers, step times in tenths of a millisecond. */
export const STORED_KINDS = ['scheduled', 'recheck', 'manual'] as const satisfies readonly (ProbeKind | 'manual')[];
export type StoredKind = (typeof STORED_KINDS)[number];
export const STORED_VERDICTS = ['up', 'degraded', 'down', 'gated', 'unknown'] as const satisfies readonly ProbeVerdict[];
const STORED_ERAS = ['legacy', 'modern'] as const;

const STEP_COLUMNS = ['dns', 'tcp', 'tls', 'handshake', 'initialized', 'list', 'close'] as const;
type StepColumn = (typeof STEP_COLUMNS)[number];

export interface ProbeRow extends Record<StepColumn, number | null> {
  slot: Date;
  endpoint_seq: number;
  region_id: number;
  start_offset_ms: number;
  duration_ms: number;
  tool_count: number | null;
  kind: number;
  verdict: number;
  era: number | null;
  failed_step: string | null;
  cause: string | null;
}

function columnOf(step: string): StepColumn | null {
  if (step === 'discover' || step === 'initialize') return 'handshake';
  if (step === 'tools/list') return 'list';
  return STEP_COLUMNS.find((column) => column === step) ?? null;
}

/** Times of the steps that have a column; steps of the same name (pages, both eras) add up. */
function stepTimes(steps: readonly Step[]): Record<StepColumn, number | null> {
  const times: Record<StepColumn, number | null> = {
    dns: null,
    tcp: null,
    tls: null,
    handshake: null,
    initialized: null,
    list: null,
    close: null,
  };
  for (const step of steps) {
    const column = columnOf(step.name);
    if (column) times[column] = (times[column] ?? 0) + Math.min(Math.round(step.ms * 10), 0x3fffffff);
  }
  return times;
}

/** What the API calls latency: from the first byte sent to the tool list, the time a client waits before it can work. */
export function latencyMsOf(report: Report): number | null {
  if (report.verdict !== 'up' && report.verdict !== 'degraded') return null;
  const parts = report.steps.filter((step) => step.name !== 'close' && columnOf(step.name) !== null);
  return parts.length === 0 ? null : Math.round(parts.reduce((sum, step) => sum + step.ms, 0));
}

export function toRow(seq: number, regionId: number, slot: Date, kind: StoredKind, report: Report): ProbeRow {
  const era = report.eras.modern === 'works' ? 1 : report.eras.legacy === 'works' ? 0 : null;
  return {
    ...stepTimes(report.steps),
    slot,
    endpoint_seq: seq,
    region_id: regionId,
    start_offset_ms: Math.max(-0x40000000, Math.min(0x40000000, Date.parse(report.startedAt) - slot.getTime())),
    duration_ms: Math.round(report.durationMs),
    tool_count: report.tools?.count ?? null,
    kind: STORED_KINDS.indexOf(kind),
    verdict: STORED_VERDICTS.indexOf(report.verdict),
    era,
    failed_step: report.steps.find((step) => !step.ok)?.name.slice(0, 40) ?? null,
    cause: report.cause?.code ?? null,
  };
}

/** The row as the API shows it. */
export function toProbe(endpointId: string, region: string, row: ProbeRow): Probe {
  const handshake = row.era === null ? 'initialize' : STORED_ERAS[row.era] === 'modern' ? 'discover' : 'initialize';
  const steps = STEP_COLUMNS.flatMap((column): Step[] => {
    const value = row[column];
    if (value === null) return [];
    const name = column === 'handshake' ? handshake : column === 'list' ? 'tools/list' : column;
    return [{ name, ms: value / 10, ok: row.failed_step !== name }];
  });
  return {
    id: encodeProbeId({ endpointSeq: row.endpoint_seq, slot: row.slot, regionId: row.region_id }),
    endpointId,
    region,
    kind: STORED_KINDS[row.kind] ?? 'scheduled',
    slot: row.slot.toISOString(),
    startedAt: new Date(row.slot.getTime() + row.start_offset_ms).toISOString(),
    durationMs: row.duration_ms,
    verdict: STORED_VERDICTS[row.verdict] ?? 'unknown',
    cause: row.cause,
    toolCount: row.tool_count,
    steps,
  };
}
