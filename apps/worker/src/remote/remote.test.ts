import type { LeasedJob, ProberResult, TakenResults } from '@rollcall/contracts';
import { leasedJob, reportOf, resultOf } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { type ProberApi, ProberApiError } from './prober-api.ts';
import { startRemoteProber } from './remote-prober.ts';

const log = pino({ level: 'silent' });
const outboxes: Outbox[] = [];
afterEach(async () => {
  for (const outbox of outboxes.splice(0)) await outbox.stop(0);
});

const report = reportOf(leasedJob(0));
const result = (lease: string, observation: unknown = {}): ProberResult => resultOf({ ...leasedJob(0), lease }, { observation });
const leasesIn = (texts: readonly string[]) => texts.map((text) => (JSON.parse(text) as ProberResult).lease);
const taken = (texts: readonly string[]): TakenResults => ({ recorded: texts.length, repeated: 0, refused: [] });

function open(deliver: ProberApi['deliver'], maxBytes = 1 << 20) {
  const metrics = createMetrics();
  const onDenied = vi.fn();
  const outbox = createOutbox({ api: { deliver }, log, metrics, maxBytes, onDenied });
  outboxes.push(outbox);
  return { outbox, metrics, onDenied };
}

describe('the outbox', () => {
  it('keeps results while the API is away, in their order, and their leases with them', async () => {
    let away = true;
    let refused = 0;
    const delivered: string[] = [];
    const { outbox } = open(async (texts) => {
      refused += away ? 1 : 0;
      if (away) throw new ProberApiError('unavailable', 'away');
      delivered.push(...leasesIn(texts));
      return taken(texts);
    });
    for (const lease of ['1', '2', '3']) outbox.add(result(lease));
    await vi.waitFor(() => expect(refused).toBeGreaterThan(0), 5000);
    expect(outbox.leases()).toEqual(['1', '2', '3']);
    away = false;
    await vi.waitFor(() => expect(delivered).toEqual(['1', '2', '3']), 5000);
    expect([outbox.size(), outbox.dropped()]).toEqual([0, 0]);
  });

  it('is bounded: takes no more work when half full, and gives up the oldest beyond its size, counted', async () => {
    const { outbox, metrics } = open(async () => Promise.reject(new ProberApiError('unavailable', 'away')), 10_000);
    for (let n = 0; n < 6; n += 1) {
      expect(outbox.isCrowded()).toBe(n >= 3);
      outbox.add(result(String(n), 'x'.repeat(1500)));
    }
    expect(outbox.leases()).toEqual(['1', '2', '3', '4', '5']);
    expect(outbox.dropped()).toBe(1);
    expect(await metrics.registry.metrics()).toMatch(/rollcall_results_dropped_total 1/);
  });

  it('takes no more work while it is several deliveries behind', async () => {
    const { outbox } = open(async () => Promise.reject(new ProberApiError('unavailable', 'slow')));
    for (let n = 0; n < 499; n += 1) outbox.add(result(String(n)));
    expect(outbox.isCrowded()).toBe(false);
    outbox.add(result('499'));
    expect(outbox.isCrowded()).toBe(true);
  });

  it('delivers the others when one can never be taken', async () => {
    const delivered: string[] = [];
    const { outbox } = open(async (texts) => {
      if (leasesIn(texts).includes('bad')) throw new ProberApiError('rejected', 'no');
      delivered.push(...leasesIn(texts));
      return taken(texts);
    });
    for (const lease of ['1', '2', 'bad', '3', '4']) outbox.add(result(lease));
    expect(await outbox.stop(5000)).toBe(0);
    expect(delivered).toEqual(['1', '2', '3', '4']);
    expect(outbox.dropped()).toBe(1);
  });

  it('says so once when the key is refused, and counts what is lost', async () => {
    const { outbox, onDenied } = open(async () => Promise.reject(new ProberApiError('denied', 'revoked')));
    outbox.add(result('1'));
    await vi.waitFor(() => expect(onDenied).toHaveBeenCalledTimes(1));
    expect(await outbox.stop(5000)).toBe(1);
    expect(outbox.dropped()).toBe(1);
  });
});

/** A prober whose probes end when they are let go; `leases`: what the API hands out, a list a call. */
function start(leases: LeasedJob[][], concurrency = 10) {
  const asked: number[] = [];
  const returned: string[] = [];
  const begun: string[] = [];
  const letGo: (() => void)[] = [];
  const delivered: string[] = [];
  const api: ProberApi = {
    async lease(max, _waitMs, signal) {
      asked.push(max);
      const jobs = leases.shift();
      if (jobs) return { jobs, leaseMs: 30_000 };
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new ProberApiError('unavailable', 'aborted'))),
      );
    },
    renew: async (all) => all.map(() => true),
    giveBack: async (all) => {
      returned.push(...all);
      return all.map(() => true);
    },
    async deliver(texts) {
      delivered.push(...leasesIn(texts));
      return taken(texts);
    },
    heartbeat: async () => ({ region: 'b', now: new Date().toISOString() }),
    lastAnswerAt: () => null,
  };
  const metrics = createMetrics();
  const outbox = createOutbox({ api, log, metrics, maxBytes: 1 << 20, onDenied: () => undefined });
  outboxes.push(outbox);
  const prober = startRemoteProber({
    api,
    outbox,
    concurrency,
    log,
    metrics,
    deps: { policy: { allowPrivate: false } },
    isOffline: () => false,
    onDenied: () => undefined,
    run: async (target) => {
      begun.push(target.url);
      await new Promise<void>((resolve) => letGo.push(resolve));
      return { report, observation: { exchanges: [], deep: null } as never };
    },
  });
  return { prober, outbox, asked, returned, begun, letGo, delivered, metrics };
}

describe('a remote prober', () => {
  it('asks for no more jobs than it has places', async () => {
    const { prober, asked, letGo, delivered } = start([[leasedJob(1), leasedJob(2)]], 3);
    await vi.waitFor(() => expect(asked).toEqual([3, 1]));
    for (const go of letGo.splice(0)) go();
    await vi.waitFor(() => expect(delivered.sort()).toEqual(['lease-1', 'lease-2']), 5000);
    await prober.stop(1000);
  });

  it('runs one probe of an endpoint at a time, whatever the queue says', async () => {
    const { prober, begun, letGo, delivered } = start([[leasedJob(1, 'ep_x'), leasedJob(2, 'ep_x')]]);
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    letGo.shift()?.();
    await vi.waitFor(() => expect(begun).toHaveLength(2));
    letGo.shift()?.();
    await vi.waitFor(() => expect(delivered).toEqual(['lease-1', 'lease-2']), 5000);
    await prober.stop(1000);
  });

  it('that is stopped gives back what it could not finish, and does not deliver it later', async () => {
    const { prober, outbox, begun, letGo, returned, metrics } = start([[leasedJob(1), leasedJob(2)]]);
    await vi.waitFor(() => expect(begun).toHaveLength(2));
    const stopped = prober.stop(100);
    letGo.shift()?.();
    await stopped;
    expect(returned).toEqual(['lease-2']);
    letGo.shift()?.();
    await vi.waitFor(async () => expect(await metrics.registry.metrics()).toMatch(/rollcall_probes_total\{verdict="up"\} 2/), 5000);
    expect(outbox.leases()).not.toContain('lease-2');
  });
});
