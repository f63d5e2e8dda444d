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

/** Probes by code. */
export type Counts = Map<number, number>;

export function addCount(counts: Counts, code: number, n: number): void {
  counts.set(code, (counts.get(code) ?? 0) + n);
}

export function addBlock(counts: Counts, block: Uint8Array): void {
  for (let i = 0; i + 1 < block.length; i += 2) addCount(counts, block[i] as number, block[i + 1] as number);
}

export function addCounts(counts: Counts, others: Counts): void {
  for (const [code, n] of others) addCount(counts, code, n);
}

/** How many probes there were, and how many said `down`. */
export function verdictsIn(counts: Counts): { probes: number; failures: number } {
  let probes = 0;
  for (let code = 0; code < FIRST_BUCKET; code += 1) probes += counts.get(code) ?? 0;
  return { probes, failures: counts.get(2) ?? 0 };
}

/** The latency (ms) that the share `q` of the good probes did not exceed, within QUANTILE_ERROR; null when there were none. */
export function quantile(counts: Counts, q: number): number | null {
  const buckets = [...counts].filter(([code]) => code >= FIRST_BUCKET).sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, n]) => sum + n, 0);
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(q * total));
  for (const [code, n] of buckets) {
    left -= n;
    // The point of the bucket from which both its ends are equally far, in proportion.
    if (left <= 0) return (2 * GAMMA ** (code - FIRST_BUCKET)) / (GAMMA + 1);
  }
  return null;
}
