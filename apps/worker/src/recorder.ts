import type { Db } from '@rollcall/db';
import { type ProbeRecord, recordProbes } from '@rollcall/services';
import type { Logger } from 'pino';
import type { WorkerMetrics } from './metrics.ts';

const MAX_BATCH = 100;
const MAX_WAIT_MS = 50;
const TRIES = 5;

export interface Recorder {
  /** Resolves when the record is committed; rejects when it could not be written, so that its job counts as unfinished. */
  record(record: ProbeRecord): Promise<void>;
  /** Writes what waits and ends. */
  stop(): Promise<void>;
}

export interface RecorderOptions {
  readonly db: Db;
  readonly publicUrl: string;
  readonly log: Logger;
  readonly metrics: WorkerMetrics;
  readonly now?: () => Date;
}

interface Waiting {
  readonly record: ProbeRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects finished probes for 50 ms or until there are a hundred and records them in one transaction. One batch at a time:
 * while the database is slow, batches grow instead of piling up.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { db, log, metrics } = options;
  const now = options.now ?? (() => new Date());
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | null = null;

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcome = await withRetries(() =>
        recordProbes(
          db,
          batch.map(({ record }) => record),
          { publicUrl: options.publicUrl, now: now() },
        ),
      );
      metrics.batchSize.observe(batch.length);
      metrics.recorded.inc({ outcome: 'new' }, outcome.recorded);
      metrics.recorded.inc({ outcome: 'repeated' }, outcome.repeated);
      for (const change of outcome.changes) log.info({ endpointId: change.endpointId, events: change.events }, 'endpoint.changed');
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1) {
        // One damaged record must not take the others with it.
        log.warn({ batch: batch.length, err: error }, 'record.batch_split');
        const half = Math.ceil(batch.length / 2);
        await write(batch.slice(0, half));
        await write(batch.slice(half));
        return;
      }
      log.error({ endpointId: batch[0]?.record.endpointId, err: error }, 'record.failed');
      for (const { reject } of batch) reject(error);
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      await write(batch);
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= drain().finally(() => {
      writing = null;
    });
    return writing;
  }

  return {
    record(record) {
      return new Promise<void>((resolve, reject) => {
        waiting.push({ record, resolve, reject });
        if (writing) return;
        if (waiting.length >= MAX_BATCH) void flush();
        else timer ??= setTimeout(() => void flush(), MAX_WAIT_MS);
      });
    },
    async stop() {
      await flush();
    },
  };
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
