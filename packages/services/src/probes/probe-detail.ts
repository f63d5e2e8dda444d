import type { ProbeKind } from '@rollcall/contracts';

/** Enumerations of the stored row: the number is the place in the list, so that members are only added at the end. */
export const STORED_KINDS = ['scheduled', 'recheck', 'manual'] as const satisfies readonly (ProbeKind | 'manual')[];
export type StoredKind = (typeof STORED_KINDS)[number];
const ERAS = [null, 'legacy', 'modern'] as const;
type StoredEra = (typeof ERAS)[number];

export const STORED_STEPS = ['dns', 'tcp', 'tls', 'handshake', 'initialized', 'list', 'close'] as const;
export type StoredStep = (typeof STORED_STEPS)[number];
/** Tenths of a millisecond; null where the step did not happen. */
export type StepTimes = Readonly<Record<StoredStep, number | null>>;

/** What of a probe is shown and never asked for: the column `detail` of its row (docs/storage.md). All numbers are whole. */
export interface ProbeDetailRow {
  readonly kind: StoredKind;
  readonly era: StoredEra;
  readonly steps: StepTimes;
  readonly toolCount: number | null;
  /** From the slot to the first request; before it when negative. */
  readonly startOffsetMs: number;
  readonly durationMs: number;
  /** Name of the first step that failed. */
  readonly failedStep: string | null;
}

/**
 * Byte 0 is the version (high four bits), the kind (two) and the era (two). Byte 1 says which numbers follow: a bit for each
 * step, in their order, and the highest for the count of tools. Then those numbers as varints, the start offset, and what the
 * duration has beyond the sum of the steps, both zigzag; what is left is the failed step in UTF-8.
 */
const VERSION = 1;
const HAS_TOOLS = 0x80;

function pushVarint(bytes: number[], value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number to store: ${value}`);
  let left = value;
  // Beyond 32 bits the bit operators are of no use.
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  bytes.push(left);
}

function pushZigzag(bytes: number[], value: number): void {
  if (!Number.isInteger(value)) throw new RangeError(`not a whole number to store: ${value}`);
  pushVarint(bytes, value < 0 ? -2 * value - 1 : 2 * value);
}

const sumMs = (tenths: readonly number[]) => Math.floor((tenths.reduce((sum, value) => sum + value, 0) + 5) / 10);

/** @throws RangeError when a number is not whole or too large to be one. */
export function encodeDetail(detail: ProbeDetailRow): Uint8Array {
  const times = STORED_STEPS.flatMap((step) => detail.steps[step] ?? []);
  const present = STORED_STEPS.reduce((mask, step, bit) => (detail.steps[step] === null ? mask : mask | (1 << bit)), 0);
  const bytes = [
    (VERSION << 4) | (STORED_KINDS.indexOf(detail.kind) << 2) | ERAS.indexOf(detail.era),
    detail.toolCount === null ? present : present | HAS_TOOLS,
  ];
  for (const time of times) pushVarint(bytes, time);
  if (detail.toolCount !== null) pushVarint(bytes, detail.toolCount);
  pushZigzag(bytes, detail.startOffsetMs);
  pushZigzag(bytes, detail.durationMs - sumMs(times));
  return detail.failedStep === null ? Uint8Array.from(bytes) : Buffer.concat([Uint8Array.from(bytes), Buffer.from(detail.failedStep)]);
}

/** Null when a newer version wrote it, or when it is damaged: the row's columns are then all that is known of the probe. */
export function decodeDetail(bytes: Uint8Array): ProbeDetailRow | null {
  const [head, present] = bytes;
  if (head === undefined || present === undefined || head >> 4 !== VERSION) return null;
  const kind = STORED_KINDS[(head >> 2) & 3];
  const era = ERAS[head & 3];
  if (kind === undefined || era === undefined) return null;
  let at = 2;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return Number.isSafeInteger(value) ? value : Number.NaN;
    }
  };
  const zigzag = (): number => {
    const value = varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const times = STORED_STEPS.map((_, bit) => (present & (1 << bit) ? varint() : null));
  const toolCount = present & HAS_TOOLS ? varint() : null;
  const startOffsetMs = zigzag();
  const durationMs = zigzag() + sumMs(times.flatMap((time) => time ?? []));
  // One number that is cut off or too large makes the sum none: they are read one after the other.
  if (Number.isNaN(startOffsetMs + durationMs + (toolCount ?? 0))) return null;
  const failed = bytes.subarray(at);
  return {
    kind,
    era,
    steps: Object.fromEntries(STORED_STEPS.map((step, n) => [step, times[n] ?? null])) as Record<StoredStep, number | null>,
    toolCount,
    startOffsetMs,
    durationMs,
    failedStep: failed.length === 0 ? null : Buffer.from(failed).toString('utf8'),
  };
}
