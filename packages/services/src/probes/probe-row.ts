import type { Probe, Report, Step } from '@rollcall/contracts';
import type { ProbeVerdict } from '@rollcall/core';
import { decodeDetail, encodeDetail, STORED_STEPS, type StoredKind, type StoredStep } from './probe-detail.ts';
import { encodeProbeId } from './probe-id.ts';

export const STORED_VERDICTS = ['up', 'degraded', 'down', 'gated', 'unknown'] as const satisfies readonly ProbeVerdict[];

/** How a probe is written down in the narrow table: what statements ask for as columns, the rest in `detail` (probe-detail.ts). */
export interface ProbeRow {
  slot: Date;
  endpoint_seq: number;
  /** Tenths of a millisecond until a client can work; null unless the verdict is up or degraded. */
  latency: number | null;
  region_id: number;
  /** Place in STORED_VERDICTS. */
  verdict: number;
  cause: string | null;
  detail: Uint8Array;
}

const MAX_STEP = 0x3fffffff;
const MAX_INTEGER = 0x7fffffff;
const MAX_OFFSET_MS = 0x40000000;

function storedStepOf(name: string): StoredStep | null {
  if (name === 'discover' || name === 'initialize') return 'handshake';
  if (name === 'tools/list') return 'list';
  return STORED_STEPS.find((step) => step === name) ?? null;
}

/** Times of the steps that are stored; steps of the same name (pages, both eras) add up. */
function stepTimes(steps: readonly Step[]): Record<StoredStep, number | null> {
  const times: Record<StoredStep, number | null> = {
    dns: null,
    tcp: null,
    tls: null,
    handshake: null,
    initialized: null,
    list: null,
    close: null,
  };
  for (const step of steps) {
    const stored = storedStepOf(step.name);
    if (stored) times[stored] = Math.min((times[stored] ?? 0) + Math.max(0, Math.round(step.ms * 10)), MAX_STEP);
  }
  return times;
}

const isGood = (verdict: ProbeVerdict) => verdict === 'up' || verdict === 'degraded';

/** All steps but the last good-bye, in tenths of a millisecond; 0 when there were none. */
function latencyTenths(times: Readonly<Record<StoredStep, number | null>>): number {
  return Math.min(
    STORED_STEPS.reduce((sum, step) => (step === 'close' ? sum : sum + (times[step] ?? 0)), 0),
    MAX_INTEGER,
  );
}

/** What the API calls latency: from the first byte sent to the tool list, the time a client waits before it can work. */
export function latencyMsOf(report: Report): number | null {
  if (!isGood(report.verdict)) return null;
  const parts = report.steps.filter((step) => step.name !== 'close' && storedStepOf(step.name) !== null);
  return parts.length === 0 ? null : Math.round(parts.reduce((sum, step) => sum + step.ms, 0));
}

export function toRow(seq: number, regionId: number, slot: Date, kind: StoredKind, report: Report): ProbeRow {
  const steps = stepTimes(report.steps);
  return {
    slot,
    endpoint_seq: seq,
    latency: isGood(report.verdict) ? latencyTenths(steps) : null,
    region_id: regionId,
    verdict: STORED_VERDICTS.indexOf(report.verdict),
    cause: report.cause?.code ?? null,
    detail: encodeDetail({
      kind,
      era: report.eras.modern === 'works' ? 'modern' : report.eras.legacy === 'works' ? 'legacy' : null,
      steps,
      toolCount: report.tools?.count ?? null,
      startOffsetMs: Math.max(-MAX_OFFSET_MS, Math.min(MAX_OFFSET_MS, Date.parse(report.startedAt) - slot.getTime())),
      durationMs: Math.round(report.durationMs),
      failedStep: report.steps.find((step) => !step.ok)?.name.slice(0, 40) || null,
    }),
  };
}

/** The row as the API shows it: without the steps when a newer version wrote its detail, and its latency for the duration. */
export function toProbe(endpointId: string, region: string, row: ProbeRow): Probe {
  const detail = decodeDetail(row.detail);
  const handshake = detail?.era === 'modern' ? 'discover' : 'initialize';
  const steps = STORED_STEPS.flatMap((step): Step[] => {
    const value = detail?.steps[step] ?? null;
    if (value === null) return [];
    const name = step === 'handshake' ? handshake : step === 'list' ? 'tools/list' : step;
    return [{ name, ms: value / 10, ok: detail?.failedStep !== name }];
  });
  return {
    id: encodeProbeId({ endpointSeq: row.endpoint_seq, slot: row.slot, regionId: row.region_id }),
    endpointId,
    region,
    kind: detail?.kind ?? 'scheduled',
    slot: row.slot.toISOString(),
    startedAt: new Date(row.slot.getTime() + (detail?.startOffsetMs ?? 0)).toISOString(),
    durationMs: detail?.durationMs ?? Math.round((row.latency ?? 0) / 10),
    verdict: STORED_VERDICTS[row.verdict] ?? 'unknown',
    cause: row.cause,
    toolCount: detail?.toolCount ?? null,
    steps,
  };
}
