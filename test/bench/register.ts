import { initialMemory, nextSlot, phaseMs } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';

const CHUNK = 1000;

export interface BulkOptions {
  readonly organizationId: string;
  readonly count: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Address and regions of the n-th, from 0. */
  readonly urlOf: (n: number) => string;
  readonly regionsOf: (n: number) => readonly string[];
}

export interface Registered {
  readonly id: string;
  readonly n: number;
  readonly seq: number;
  /** Where in its interval it is probed, by region. */
  readonly phases: ReadonlyMap<string, number>;
}

/** Registers endpoints as the API does, in bulk: every one comes due at its own place in the interval that begins when all are there. */
export async function registerInBulk(db: Db, options: BulkOptions): Promise<Registered[]> {
  const { organizationId, count, intervalMs, timeoutMs, urlOf, regionsOf } = options;
  const made = Array.from({ length: count }, (_, n) => ({ id: newId('ep'), n, regions: [...regionsOf(n)] }));
  const now = new Date();
  for (let from = 0; from < count; from += CHUNK) {
    const part = made.slice(from, from + CHUNK);
    await db.endpoint.createMany({
      data: part.map(({ id, n, regions }) => ({
        id,
        name: `server ${n}`,
        organizationId,
        url: urlOf(n),
        transport: 'streamable-http',
        era: 'legacy',
        intervalSeconds: intervalMs / 1000,
        timeoutMs,
        regions,
        tags: [],
      })),
    });
    await db.endpointState.createMany({ data: part.map(({ id }) => ({ endpointId: id, memory: initialMemory(now) })) });
    await db.endpointSchedule.createMany({
      data: part.flatMap(({ id, regions }) =>
        regions.map((region) => {
          const phase = phaseMs(id, region, intervalMs);
          return { endpointId: id, region, intervalMs, phaseMs: phase, timeoutMs, nextDueAt: nextSlot(phase, intervalMs, now) };
        }),
      ),
    });
  }
  // Twenty thousand take a while, in which the first of them would come due with nobody there to probe them.
  const nowMs = Date.now();
  await db.$executeRaw`
    update endpoint_schedule s set
      next_due_at = to_timestamp((phase_ms + ceil((${nowMs}::bigint - phase_ms)::numeric / interval_ms) * interval_ms)::double precision / 1000)
    from endpoint e where e.id = s.endpoint_id and e.organization_id = ${organizationId}`;
  const seqs = new Map(
    (await db.endpoint.findMany({ where: { organizationId }, select: { id: true, seq: true } })).map(({ id, seq }) => [id, seq]),
  );
  return made.map(({ id, n, regions }) => ({
    id,
    n,
    seq: seqs.get(id) ?? 0,
    phases: new Map(regions.map((region) => [region, phaseMs(id, region, intervalMs)])),
  }));
}
