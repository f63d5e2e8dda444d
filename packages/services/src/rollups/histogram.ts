import { Prisma } from '@rollcall/db';

/**
 * A block counts probes by code, in pairs of bytes (code, 1…255); a code may repeat, so two blocks merge by being joined.
 * Codes 0…4 are verdicts in the order of STORED_VERDICTS, 5…255 are latency buckets: bucket b holds what is longer than
 * GAMMA^(b − 1) ms and at most GAMMA^b ms.
 */
const FIRST_BUCKET = 5;
const BUCKETS = 251;
const GAMMA = 1.05;
const LN_GAMMA = Math.log(GAMMA);

/** A quantile read from a histogram is wrong by this share of itself at most, between 1 ms and some 198 s. */
export const QUANTILE_ERROR = (GAMMA - 1) / (GAMMA + 1);

/** The latency code of a row `p`, whose latency is in tenths of a millisecond; null when it was not good. Says in SQL what `codeOf` says. */
export const LATENCY_CODE = Prisma.sql`case when p.latency is not null then
  ${Prisma.raw(String(FIRST_BUCKET))} + least(${Prisma.raw(String(BUCKETS - 1))}, ceil(ln(greatest(p.latency / 10.0::float8, 1)) / ${Prisma.raw(String(LN_GAMMA))}::float8))::int end`;

export function codeOf(latencyMs: number): number {
  return FIRST_BUCKET + Math.min(BUCKETS - 1, Math.ceil(Math.log(Math.max(latencyMs, 1)) / LN_GAMMA));
}

/** Probes by code: one place for each. */
export type Counts = Uint32Array;

const CODES = FIRST_BUCKET + BUCKETS;

export function noCounts(): Counts {
  return new Uint32Array(CODES);
}

export function addCount(counts: Counts, code: number, n: number): void {
  counts[code] = (counts[code] ?? 0) + n;
}

export function addBlock(counts: Counts, block: Uint8Array): void {
  for (let i = 0; i + 1 < block.length; i += 2) addCount(counts, block[i] as number, block[i + 1] as number);
}

export function addCounts(counts: Counts, others: Counts): void {
  for (let code = 0; code < CODES; code += 1) addCount(counts, code, others[code] ?? 0);
}

/** The block of `n` probes of one code. */
export function blockOf(code: number, n: number): Uint8Array {
  const pairs = Array.from({ length: Math.ceil(n / 255) }, (_, i) => [code, Math.min(255, n - 255 * i)]);
  return Uint8Array.from(pairs.flat());
}

/** How many probes there were, and how many said `down`. */
export function verdictsIn(counts: Counts): { probes: number; failures: number } {
  return { probes: counts.subarray(0, FIRST_BUCKET).reduce((sum, n) => sum + n, 0), failures: counts[2] ?? 0 };
}

/** The latency (ms) that the share `q` of the good probes did not exceed, within QUANTILE_ERROR; null when there were none. */
export function quantile(counts: Counts, q: number): number | null {
  let total = 0;
  for (let code = FIRST_BUCKET; code < CODES; code += 1) total += counts[code] ?? 0;
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(q * total));
  for (let code = FIRST_BUCKET; code < CODES; code += 1) {
    left -= counts[code] ?? 0;
    // The point of the bucket from which both its ends are equally far, in proportion.
    if (left <= 0) return (2 * GAMMA ** (code - FIRST_BUCKET)) / (GAMMA + 1);
  }
  return null;
}
