import type { BulkResult, CreateEndpoint, UpdateEndpoint } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { matching } from '../access/precondition.ts';
import { writeAudits } from '../access/write-audit.ts';
import { checkTargets } from './check-targets.ts';
import { type EndpointDeps, type NewEndpoint, registerEndpoints } from './create-endpoint.ts';
import { removeEndpoints } from './delete-endpoint.ts';
import { requirePolicy } from './require-policy.ts';
import { updateEndpoint } from './update-endpoint.ts';

/** One item as it came: readable, or the refusal that it gets. */
export type BulkItem<T> = T | AppError;
/** What became of one item, in the order in which they came. */
export interface BulkOutcome {
  readonly status: BulkResult['status'];
  readonly id: string | null;
  readonly error: AppError | null;
}

const CHANGES_AT_ONCE = 4;
const TRANSACTION = { timeout: 120_000, maxWait: 20_000 };
/** Many endpoints registered at once are not all probed in the same second. */
const SPREAD_OVER_MS = 60_000;
const SPREAD_FROM = 20;

const failed = (error: AppError): BulkOutcome => ({ status: 'failed', id: null, error });

/** Two calls that look what is there and then write must not do it at the same time. */
export async function lockConfiguration(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`configuration/${organizationId}`}, 0))::text`;
}

/** When the nth of so many endpoints is probed first. */
export function firstDue(index: number, count: number, intervalSeconds: number, now: Date): Date {
  if (count <= SPREAD_FROM) return now;
  return new Date(now.getTime() + Math.floor((index / count) * Math.min(SPREAD_OVER_MS, intervalSeconds * 1000)));
}

const identity = (endpoint: { readonly name: string; readonly url: string }) => JSON.stringify([endpoint.name, endpoint.url]);

/**
 * Registers many endpoints; each succeeds or fails by itself. With `skip` one that is there already, by name and URL, is
 * left as it is, also where it stands twice in the call. @throws AppError forbidden.
 */
export async function bulkCreateEndpoints(
  deps: EndpointDeps,
  actor: Actor,
  items: readonly BulkItem<CreateEndpoint>[],
  ifExists: 'create' | 'skip',
  now: Date,
): Promise<BulkOutcome[]> {
  requireScope(actor, 'write');
  const readable = items.filter((item): item is CreateEndpoint => !(item instanceof AppError));
  const refused = await checkTargets(
    readable.map(({ url }) => url),
    deps.policy,
  );
  return deps.db.$transaction(async (tx) => {
    await lockConfiguration(tx, actor.organizationId);
    const known = ifExists === 'skip' ? await idsOf(tx, actor.organizationId, readable) : new Map<string, string>();
    const first = new Map<string, number>();
    const fresh: NewEndpoint[] = [];
    const plan = items.map((item): BulkOutcome | { readonly made: number; readonly again: boolean } => {
      if (item instanceof AppError) return failed(item);
      const refusal = refused.get(item.url) ?? refusedPolicy(item);
      if (refusal) return failed(refusal);
      const key = identity(item);
      const id = known.get(key);
      if (id !== undefined) return { status: 'exists', id, error: null };
      const earlier = first.get(key);
      if (ifExists === 'skip' && earlier !== undefined) return { made: earlier, again: true };
      first.set(key, fresh.length);
      fresh.push({ input: item });
      return { made: fresh.length - 1, again: false };
    });
    const spread = fresh.map(({ input }, index) => ({ input, firstDueAt: firstDue(index, fresh.length, input.intervalSeconds, now) }));
    const made = await registerEndpoints(tx, deps, actor, spread, now);
    return plan.map((outcome) =>
      'made' in outcome ? { status: outcome.again ? 'exists' : 'created', id: made[outcome.made]?.id ?? null, error: null } : outcome,
    );
  }, TRANSACTION);
}

function refusedPolicy({ policy }: CreateEndpoint): AppError | undefined {
  try {
    requirePolicy(policy);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function idsOf(tx: Tx, organizationId: string, items: readonly CreateEndpoint[]): Promise<Map<string, string>> {
  const rows = await tx.endpoint.findMany({
    where: { organizationId, url: { in: [...new Set(items.map(({ url }) => url))] } },
    select: { id: true, name: true, url: true },
    orderBy: { id: 'desc' },
  });
  return new Map(rows.map((row) => [identity(row), row.id]));
}

export interface EndpointChange {
  readonly id: string;
  readonly change: UpdateEndpoint;
  /** As the header of that name: only that version is changed. */
  readonly ifMatch?: string;
}

/** Changes many endpoints, each in a transaction of its own. @throws AppError forbidden. */
export async function bulkUpdateEndpoints(
  deps: EndpointDeps,
  actor: Actor,
  items: readonly BulkItem<EndpointChange>[],
  now: Date,
): Promise<BulkOutcome[]> {
  requireScope(actor, 'write');
  const outcomes: BulkOutcome[] = [];
  const seen = new Set<string>();
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) outcomes[index] = await one(item);
  };
  const one = async (item: (typeof items)[number]): Promise<BulkOutcome> => {
    if (item instanceof AppError) return failed(item);
    const twice = seen.has(item.id);
    seen.add(item.id);
    if (twice) return failed(new AppError('invalid_request', 'The endpoint stands twice in this call; its first item was carried out.'));
    try {
      await updateEndpoint({ ...deps, db: matching(deps.db, actor, 'endpoint', item.id, item.ifMatch) }, actor, item.id, item.change, now);
      return { status: 'updated', id: item.id, error: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return failed(error);
    }
  };
  await Promise.all(Array.from({ length: CHANGES_AT_ONCE }, work));
  return outcomes;
}

/** Deletes many endpoints with their histories. What is not there fails as not found. @throws AppError forbidden. */
export async function bulkDeleteEndpoints(deps: EndpointDeps, actor: Actor, ids: readonly string[], now: Date): Promise<BulkOutcome[]> {
  requireScope(actor, 'write');
  const gone = new Set(await deps.db.$transaction((tx) => removeEndpoints(tx, actor, ids, now), TRANSACTION));
  // Its second mention in one call finds it gone.
  return ids.map((id) =>
    gone.delete(id) ? { status: 'deleted', id, error: null } : failed(new AppError('not_found', 'There is no such endpoint.')),
  );
}

/**
 * Has many endpoints probed now, as if they were due; of many a minute is taken, so that no target is met by all at once.
 * What is paused or not there fails. @throws AppError forbidden.
 */
export async function bulkProbeEndpoints(
  deps: Pick<EndpointDeps, 'db'>,
  actor: Actor,
  ids: readonly string[],
  now: Date,
): Promise<BulkOutcome[]> {
  requireScope(actor, 'write');
  return deps.db.$transaction(async (tx) => {
    const rows = await tx.endpoint.findMany({
      where: { id: { in: [...new Set(ids)] }, organizationId: actor.organizationId },
      select: { id: true, paused: true, intervalSeconds: true },
      orderBy: { id: 'asc' },
    });
    const active = rows.filter(({ paused }) => !paused);
    const dueAt = active.map(({ intervalSeconds }, index) => firstDue(index, active.length, intervalSeconds, now));
    const wanted = active.map(({ id }) => id);
    // One that is in flight ends in a moment anyway, and one that is due earlier stays so.
    await tx.$executeRaw`
      with idle as (
        select endpoint_id, region from endpoint_schedule where endpoint_id = any(${wanted}::text[]) and active and lease_until is null
        order by endpoint_id, region for update skip locked
      )
      update endpoint_schedule s set next_due_at = w.due_at from idle i join unnest(${wanted}::text[], ${dueAt}::timestamptz[]) as w(id, due_at) on w.id = i.endpoint_id
      where s.endpoint_id = i.endpoint_id and s.region = i.region and s.next_due_at > w.due_at`;
    const entries = wanted.map((target) => ({ action: 'endpoint.probe_requested', target }));
    await writeAudits(tx, actor, entries, now);
    const known = new Map(rows.map(({ id, paused }) => [id, paused]));
    return ids.map((id) => {
      const paused = known.get(id);
      if (paused === undefined) return failed(new AppError('not_found', 'There is no such endpoint.'));
      return paused ? failed(new AppError('conflict', 'The endpoint is paused.')) : { status: 'queued' as const, id, error: null };
    });
  }, TRANSACTION);
}
