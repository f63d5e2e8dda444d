import type { ProberResult } from '@rollcall/contracts';
import { MAX_RESULTS } from '@rollcall/contracts';
import type { Logger } from 'pino';
import type { WorkerMetrics } from '../metrics.ts';
import { type ProberApi, ProberApiError } from './prober-api.ts';

export interface OutboxOptions {
  readonly api: Pick<ProberApi, 'deliver'>;
  readonly log: Logger;
  readonly metrics: WorkerMetrics;
  /** Most bytes that wait; beyond them the oldest results are given up. */
  readonly maxBytes: number;
  /** The key was refused: nothing will be delivered any more. */
  readonly onDenied: (error: ProberApiError) => void;
}

/** Results on their way to the API: kept until it has them. */
export interface Outbox {
  add(result: ProberResult): void;
  /** Leases of the results that wait, oldest first: they are to be kept. */
  leases(): string[];
  /** Half full, or several deliveries behind: no more work is to be taken until it empties. */
  isCrowded(): boolean;
  size(): number;
  dropped(): number;
  /** Delivers what waits until it is empty or `withinMs` is over; answers with how many are left. */
  stop(withinMs: number): Promise<number>;
}

/** One delivery's bytes at most, unless one result is larger. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** So many deliveries behind, the API is too slow for us: more leases would make it slower. */
const MAX_BEHIND = 5 * MAX_RESULTS;
/** Results that finish together travel together. */
const GATHER_MS = 50;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 10_000;

interface Waiting {
  readonly lease: string;
  readonly text: string;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { api, log, metrics } = options;
  let waiting: Waiting[] = [];
  let bytes = 0;
  let dropped = 0;
  let denied = false;
  let stopping = false;
  let wake: () => void = () => undefined;
  const nap = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const measure = () => metrics.resultsWaiting.set(waiting.length);
  const giveUp = (count: number, why: string) => {
    dropped += count;
    metrics.resultsDropped.inc(count);
    log.error({ dropped: count, droppedInAll: dropped, waiting: waiting.length, why }, 'remote.results_dropped');
  };

  function bound(): void {
    let count = 0;
    while (bytes > options.maxBytes && waiting.length > 1) {
      bytes -= waiting.shift()?.text.length ?? 0;
      count += 1;
    }
    if (count > 0) giveUp(count, 'the buffer is full');
  }

  function nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let size = 0;
    for (const one of waiting) {
      if (batch.length > 0 && (batch.length >= MAX_RESULTS || size + one.text.length > BATCH_BYTES)) break;
      batch.push(one);
      size += one.text.length;
    }
    return batch;
  }

  function remove(batch: readonly Waiting[]): void {
    const gone = new Set(batch);
    waiting = waiting.filter((one) => !gone.has(one));
    bytes = waiting.reduce((sum, one) => sum + one.text.length, 0);
    measure();
  }

  /** Rejects when the API is to be asked again later. A batch that it will never take is delivered in halves. */
  async function deliver(batch: readonly Waiting[]): Promise<void> {
    try {
      const { recorded, repeated, refused } = await api.deliver(batch.map(({ text }) => text));
      metrics.recorded.inc({ outcome: 'new' }, recorded);
      metrics.recorded.inc({ outcome: 'repeated' }, repeated);
      if (refused.length > 0) giveUp(refused.length, `refused: ${refused[0]?.code}`);
      remove(batch);
    } catch (error) {
      if (!(error instanceof ProberApiError) || error.kind !== 'rejected') throw error;
      if (batch.length <= 1) {
        remove(batch);
        giveUp(1, error.message);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await deliver(batch.slice(0, half));
      await deliver(batch.slice(half));
    }
  }

  const running = (async () => {
    let retryMs = FIRST_RETRY_MS;
    while (!denied && !(stopping && waiting.length === 0)) {
      if (waiting.length === 0) {
        await nap(60_000);
        continue;
      }
      if (!stopping && waiting.length < MAX_RESULTS) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      try {
        await deliver(nextBatch());
        retryMs = FIRST_RETRY_MS;
      } catch (error) {
        if (error instanceof ProberApiError && error.kind === 'denied') {
          denied = true;
          options.onDenied(error);
          return;
        }
        log.warn({ waiting: waiting.length, retryMs, err: error }, 'remote.delivery_waits');
        await new Promise((resolve) => setTimeout(resolve, retryMs * (0.5 + Math.random() / 2)));
        retryMs = Math.min(MAX_RETRY_MS, retryMs * 2);
      }
    }
  })();

  return {
    add(result) {
      const text = JSON.stringify(result);
      waiting.push({ lease: result.lease, text });
      bytes += text.length;
      bound();
      measure();
      if (waiting.length === 1) wake();
    },
    leases: () => waiting.map(({ lease }) => lease),
    isCrowded: () => bytes > options.maxBytes / 2 || waiting.length >= MAX_BEHIND,
    size: () => waiting.length,
    dropped: () => dropped,
    async stop(withinMs) {
      stopping = true;
      wake();
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
      });
      await Promise.race([running, enough]);
      clearTimeout(timer);
      if (waiting.length > 0) giveUp(waiting.length, denied ? 'the key was refused' : 'the API did not answer before the end');
      return waiting.length;
    },
  };
}
