import type { Db } from '@rollcall/db';
import { type ProbeRecord, recordBatch } from '@rollcall/services';
import type { Logger } from 'pino';
import type { WorkerMetrics } from './metrics.ts';

const MAX_BATCH = 100;
const MAX_WAIT_MS = 50;

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
    const outcome = await recordBatch(
      db,
      batch.map(({ record }) => record),
      {
        publicUrl: options.publicUrl,
        now: now(),
        onSplit: (size, error) => log.warn({ batch: size, err: error }, 'record.batch_split'),
      },
    );
    metrics.batchSize.observe(batch.length);
    metrics.recorded.inc({ outcome: 'new' }, outcome.recorded);
    metrics.recorded.inc({ outcome: 'repeated' }, outcome.repeated);
    for (const change of outcome.changes) log.info({ endpointId: change.endpointId, events: change.events }, 'endpoint.changed');
    const failed = new Map(outcome.failed.map(({ record, error }) => [record, error]));
    for (const { record, resolve, reject } of batch) {
      if (!failed.has(record)) {
        resolve();
        continue;
      }
      log.error({ endpointId: record.endpointId, err: failed.get(record) }, 'record.failed');
      reject(failed.get(record));
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
