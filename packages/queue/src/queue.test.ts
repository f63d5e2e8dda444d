import type { ProbeJob } from '@rollcall/contracts';
import { startRedis, testDatabase } from '@rollcall/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createQueues, type ProbeWorker, type Queues } from './index.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function backends(kind: 'postgresql' | 'redis'): Promise<() => Queues> {
  const database = await testDatabase();
  cleanups.push(() => database.close());
  const redis = kind === 'redis' ? await startRedis() : null;
  if (redis) cleanups.push(() => redis.close());
  return () => {
    const queues = createQueues({ databaseUrl: database.url, redisUrl: redis?.url ?? null });
    cleanups.push(() => queues.close());
    return queues;
  };
}

const job = (slot: number, kind: ProbeJob['kind'] = 'scheduled'): ProbeJob => ({ endpointId: 'ep_1', region: 'default', slot, kind });
const start = (queues: Queues, handle: (job: ProbeJob) => Promise<void>, concurrency = 1): ProbeWorker => {
  const worker = queues.probeWorker('default', handle, { concurrency, onError: () => undefined });
  cleanups.push(() => worker.stop(5000));
  return worker;
};

describe.each(['postgresql', 'redis'] as const)('the probe queue on %s', (kind) => {
  it('runs a job once, however often it is added while it waits', async () => {
    const open = await backends(kind);
    const queues = open();
    await queues.ping();
    await queues.probe('default').add([job(1), job(1), job(2)]);
    await queues.probe('default').add([job(1)]);
    expect(await queues.probe('default').depth()).toEqual({ waiting: 2, active: 0 });
    const done: number[] = [];
    start(queues, async ({ slot }) => void done.push(slot));
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(2);
    expect([...done].sort()).toEqual([1, 2]);
  });

  it('runs confirmations before what waits already', async () => {
    const open = await backends(kind);
    const queues = open();
    await queues.probe('default').add([job(1), job(2), job(3)]);
    await queues.probe('default').add([job(9, 'recheck')]);
    const done: number[] = [];
    start(queues, async ({ slot }) => void done.push(slot));
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(4);
    expect(done[0]).toBe(9);
  });

  it('takes a job that failed again, under its id', async () => {
    const open = await backends(kind);
    const queues = open();
    let runs = 0;
    start(queues, async () => {
      runs += 1;
      if (runs === 1) throw new Error('the database was away');
    });
    await queues.probe('default').add([job(1)]);
    await expect.poll(() => runs, { timeout: 20_000 }).toBe(1);
    await expect.poll(async () => (await queues.probe('default').depth()).active, { timeout: 20_000 }).toBe(0);
    await queues.probe('default').add([job(1)]);
    await expect.poll(() => runs, { timeout: 20_000 }).toBe(2);
  });

  it('lets jobs in flight finish when it is stopped', async () => {
    const open = await backends(kind);
    const queues = open();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = false;
    let finished = false;
    const worker = start(queues, async () => {
      begun = true;
      await held;
      finished = true;
    });
    await queues.probe('default').add([job(1)]);
    await expect.poll(() => begun, { timeout: 20_000 }).toBe(true);
    const stopped = worker.stop(20_000);
    release();
    await stopped;
    expect(finished).toBe(true);
    expect(await queues.probe('default').depth()).toEqual({ waiting: 0, active: 0 });
  });

  it('hands jobs out by hand, in the order of a worker, to one taker each', async () => {
    const open = await backends(kind);
    const [one, other] = [open(), open()];
    await one.probe('default').add([job(1), job(2), job(3)]);
    await one.probe('default').add([job(9, 'recheck')]);
    const first = await one.probeTaker('default').take(1);
    expect(first.map((taken) => taken.job)).toEqual([job(9, 'recheck')]);
    const rest = await other.probeTaker('default').take(10);
    expect(rest.map((taken) => taken.job.slot).sort()).toEqual([1, 2, 3]);
    expect(await one.probeTaker('default').take(10)).toEqual([]);
    // Any process may go on with what another has handed out; who does not know the token may not.
    const stranger = rest.map((taken) => ({ ...taken, token: 'another' }));
    expect(await one.probeTaker('default').renew(rest)).toEqual([true, true, true]);
    expect(await one.probeTaker('default').renew(stranger)).toEqual([false, false, false]);
    for (const taken of stranger) {
      expect(await one.probeTaker('default').finish(taken)).toBe(false);
      expect(await one.probeTaker('default').giveBack(taken)).toBe(false);
    }
    const [a, b] = rest as [(typeof rest)[0], (typeof rest)[0]];
    expect(await one.probeTaker('default').finish(a)).toBe(true);
    expect(await one.probeTaker('default').finish(a)).toBe(false);
    expect(await one.probeTaker('default').giveBack(b)).toBe(true);
    expect(await one.probeTaker('default').renew([b])).toEqual([false]);
    expect((await one.probeTaker('default').take(10)).map((taken) => taken.job)).toEqual([b.job]);
    expect(await one.probe('default').depth()).toEqual({ waiting: 0, active: 3 });
  });
});
