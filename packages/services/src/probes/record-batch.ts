import type { Db } from '@rollcall/db';
import { type ProbeRecord, type RecordOptions, type RecordOutcome, recordProbes } from './record-probes.ts';

const TRIES = 5;

export interface BatchOutcome extends Pick<RecordOutcome, 'recorded' | 'repeated' | 'changes'> {
  /** What could not be written. `transient`: the database does not answer, and the same may be tried again later. */
  readonly failed: readonly { readonly record: ProbeRecord; readonly error: unknown; readonly transient: boolean }[];
}

/**
 * Records a batch, waiting for a database that restarts. One damaged record must not take the others with it: a batch that fails for
 * another reason is written in halves (`onSplit` hears of it). Never rejects.
 */
export async function recordBatch(
  db: Db,
  records: readonly ProbeRecord[],
  options: RecordOptions & { readonly onSplit?: (size: number, error: unknown) => void },
): Promise<BatchOutcome> {
  try {
    const { recorded, repeated, changes } = await withRetries(() => recordProbes(db, records, options));
    return { recorded, repeated, changes, failed: [] };
  } catch (error) {
    const transient = isTransient(error);
    if (records.length <= 1 || transient)
      return { recorded: 0, repeated: 0, changes: [], failed: records.map((record) => ({ record, error, transient })) };
    options.onSplit?.(records.length, error);
    const half = Math.ceil(records.length / 2);
    const first = await recordBatch(db, records.slice(0, half), options);
    const second = await recordBatch(db, records.slice(half), options);
    return {
      recorded: first.recorded + second.recorded,
      repeated: first.repeated + second.repeated,
      changes: [...first.changes, ...second.changes],
      failed: [...first.failed, ...second.failed],
    };
  }
}

/** A database that restarts or a deadlock is waited for; anything else fails at once. */
async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}

/**
 * Prisma and PostgreSQL codes of "try again": connection gone, server restarting, serialization, deadlock, pool exhausted; and 23514, which
 * an insert gets that was planned for the default partition when the day's own partition came (janitor): the next plan finds it.
 */
const TRANSIENT = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
  '23514',
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  'ECONNREFUSED',
  'ECONNRESET',
]);

function isTransient(error: unknown): boolean {
  const seen = error as {
    code?: unknown;
    meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown; kind?: unknown } } };
  } | null;
  const codes = [seen?.code, seen?.meta?.code, seen?.meta?.driverAdapterError?.cause?.originalCode];
  return (
    codes.some((code) => typeof code === 'string' && TRANSIENT.has(code)) ||
    seen?.meta?.driverAdapterError?.cause?.kind === 'DatabaseNotReachable'
  );
}
