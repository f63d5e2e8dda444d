import { NO_PROBLEMS, type SelfFacts, type SelfMemory, type SelfProblem, selfProblems, stepSelf } from '@rollcall/core';
import type { Db, Prisma } from '@rollcall/db';
import { z } from 'zod';
import { offlineRegions } from './prober-reach.ts';

const MEMORY_KEY = 'self.problems';
const memorySchema = z.object({ open: z.record(z.string(), z.object({ since: z.number(), told: z.boolean() })) });

export interface SelfReport {
  readonly facts: SelfFacts;
  readonly problems: readonly SelfProblem[];
  /** Newly worth telling the operator. */
  readonly tell: readonly SelfProblem[];
  /** Told before and over now. */
  readonly over: readonly string[];
}

/**
 * Looks at the installation itself: lag, queues, probers, silence, notices. Of any number of watchers one tells each problem, because
 * what was told is kept in the database and taken under a lock. `waiting` is asked of the queue.
 */
export async function watchSelf(db: Db, waiting: (region: string) => Promise<number>, now: Date): Promise<SelfReport> {
  const regions = await db.$queryRaw<{ region: string }[]>`select distinct region from endpoint_schedule where active`;
  const depths = await Promise.all(regions.map(async ({ region }) => [region, await waiting(region)] as const));
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`insert into installation (key, value, updated_at) values (${MEMORY_KEY}, ${JSON.stringify(NO_PROBLEMS)}::jsonb, ${now}) on conflict do nothing`;
    const [row] = await tx.$queryRaw<{ value: unknown }[]>`select value from installation where key = ${MEMORY_KEY} for update`;
    const parsed = memorySchema.safeParse(row?.value);
    const memory: SelfMemory = parsed.success ? parsed.data : NO_PROBLEMS;
    const [found] = await tx.$queryRaw<{ lag: number | null; silent: number; late: number | null }[]>`
      select
        (select extract(epoch from ${now}::timestamptz - min(next_due_at)) * 1000 from endpoint_schedule where active and (lease_until is null or lease_until <= ${now}))::float8 as lag,
        (select count(*) from endpoint_state where status = 'no_data')::int as silent,
        (select extract(epoch from ${now}::timestamptz - min(next_attempt_at)) * 1000 from notice where status = 'pending' and (lease_until is null or lease_until <= ${now}))::float8 as late`;
    const facts: SelfFacts = {
      lagMs: Math.max(0, found?.lag ?? 0),
      waiting: Object.fromEntries(depths),
      offlineRegions: await offlineRegions(tx, now),
      silentEndpoints: found?.silent ?? 0,
      noticeLagMs: Math.max(0, found?.late ?? 0),
    };
    const problems = selfProblems(facts);
    const { memory: next, tell, over } = stepSelf(memory, problems, now.getTime());
    await tx.installation.update({ where: { key: MEMORY_KEY }, data: { value: next as unknown as Prisma.InputJsonObject } });
    return { facts, problems, tell, over };
  });
}
