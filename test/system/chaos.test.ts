import { describe, expect, it } from 'vitest';
import { runChaos } from '../chaos/chaos.ts';
import { table } from '../chaos/table.ts';

/** The short form of `npm run chaos`: shorter intervals than the product lets people choose, so that changes are proved within seconds. */
describe('a distributed installation whose processes are killed at random', () => {
  it('tells every confirmed change once, over restarts of PostgreSQL and an emptied Redis', { timeout: 300_000 }, async () => {
    const progress: string[] = [];
    const result = await runChaos({
      seed: 7,
      seconds: 15,
      endpoints: 40,
      intervalMs: 4000,
      timeoutMs: 2000,
      schedulers: 1,
      probers: 2,
      alerters: 1,
      janitors: 1,
      apis: 1,
      regions: ['default'],
      killEveryMs: 3000,
      failuresAMessage: 1,
      postgresRestarts: 1,
      redisEmpties: 1,
      queue: 'redis',
      say: (text) => void progress.push(text),
    });
    const report = `${progress.join('\n')}\n${table(result)}`;
    expect(result.broken, report).toEqual([]);
    // Both hosts that fail as a whole were out for long enough to be noticed whatever was killed.
    expect(result.figures.incidents, report).toBeGreaterThanOrEqual(2);
    expect(result.figures.notices, report).toBeGreaterThanOrEqual(4 * result.figures.incidents);
    expect(
      Object.values(result.toll.killed).reduce((sum, times) => sum + times, 0),
      report,
    ).toBeGreaterThanOrEqual(2);
    expect(result.toll).toMatchObject({ postgresRestarts: 1, redisEmptied: 1 });
  });
});
