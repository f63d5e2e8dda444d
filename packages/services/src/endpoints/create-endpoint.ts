import type { CreateEndpoint, Endpoint } from '@rollcall/contracts';
import { initialMemory, pause, phaseMs, statusOf } from '@rollcall/core';
import { newId, type Sealer } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireEndpointQuota } from '../access/quotas.ts';
import { writeAudits } from '../access/write-audit.ts';
import { sealCredentials } from '../probes/load-target.ts';
import { requirePolicy } from './require-policy.ts';
import { requireTarget } from './require-target.ts';
import { toEndpoint, withState } from './to-endpoint.ts';

export interface EndpointDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly policy: AddressPolicy;
  /** Where an endpoint is probed from when its owner names no region. */
  readonly region: string;
}

/** Columns that hold the credentials: sealed, and what may be shown of them. */
export function credentialColumns(sealer: Sealer, id: string, input: Pick<CreateEndpoint, 'headers' | 'auth'>) {
  const headers = input.headers ?? {};
  const auth = input.auth ?? { type: 'none' as const };
  const empty = Object.keys(headers).length === 0 && auth.type === 'none';
  return {
    credentials: empty ? null : sealCredentials(sealer, id, { headers, auth }),
    credentialsInfo: { headerNames: Object.keys(headers), auth: auth.type },
  };
}

/** One schedule row a region. `firstDueAt` is now: who registers one endpoint wants to see it; from then on its grid decides. */
export function scheduleRows(
  endpointId: string,
  settings: { regions: readonly string[]; intervalSeconds: number; timeoutMs: number; paused: boolean },
  firstDueAt: Date,
): Prisma.EndpointScheduleCreateManyInput[] {
  const intervalMs = settings.intervalSeconds * 1000;
  return settings.regions.map((region) => ({
    endpointId,
    region,
    intervalMs,
    phaseMs: phaseMs(endpointId, region, intervalMs),
    timeoutMs: settings.timeoutMs,
    nextDueAt: firstDueAt,
    active: !settings.paused,
  }));
}

export interface NewEndpoint {
  /** Default: a new one. */
  readonly id?: string;
  readonly input: CreateEndpoint;
  readonly demo?: boolean;
  /** The declarative file that it comes from. */
  readonly source?: string | undefined;
  /** Default: now. Whoever registers many spreads them. */
  readonly firstDueAt?: Date;
}

/** Writes endpoints with their states and schedules: three statements, however many. Answers with their ids, in order. */
export async function insertEndpoints(
  tx: Tx,
  deps: Pick<EndpointDeps, 'sealer' | 'region'>,
  organizationId: string,
  items: readonly NewEndpoint[],
  now: Date,
): Promise<string[]> {
  const rows = items.map((item) => endpointRows(deps, organizationId, item, now));
  await tx.endpoint.createMany({ data: rows.map(({ endpoint }) => endpoint) });
  await tx.endpointState.createMany({ data: rows.map(({ state }) => state) });
  await tx.endpointSchedule.createMany({ data: rows.flatMap(({ schedules }) => schedules) });
  return rows.map(({ endpoint }) => endpoint.id);
}

function endpointRows(deps: Pick<EndpointDeps, 'sealer' | 'region'>, organizationId: string, item: NewEndpoint, now: Date) {
  const { input, id = newId('ep', now.getTime()) } = item;
  const regions = [...new Set(input.regions ?? [deps.region])];
  const fresh = initialMemory(now);
  const memory = input.paused ? pause(fresh, now).memory : fresh;
  const endpoint = {
    id,
    organizationId,
    name: input.name,
    url: input.url,
    transport: input.transport,
    era: input.era,
    intervalSeconds: input.intervalSeconds,
    timeoutMs: input.timeoutMs,
    regions,
    ...credentialColumns(deps.sealer, id, input),
    expect: (input.expect ?? {}) as Prisma.InputJsonObject,
    policy: (input.policy ?? {}) as Prisma.InputJsonObject,
    tags: [...new Set(input.tags)],
    paused: input.paused,
    demo: item.demo ?? false,
    source: item.source ?? null,
    createdAt: now,
  } satisfies Prisma.EndpointCreateManyInput;
  const state = { endpointId: id, status: statusOf(memory), since: now, memory } satisfies Prisma.EndpointStateCreateManyInput;
  return { endpoint, state, schedules: scheduleRows(id, { ...input, regions }, item.firstDueAt ?? now) };
}

/** One endpoint. Used by the demonstration. */
export async function insertEndpoint(
  tx: Tx,
  deps: Pick<EndpointDeps, 'sealer' | 'region'>,
  organizationId: string,
  input: CreateEndpoint,
  options: { demo: boolean; now: Date },
): Promise<string> {
  const [id = ''] = await insertEndpoints(tx, deps, organizationId, [{ input, demo: options.demo }], options.now);
  return id;
}

/** Writes endpoints with their entries in the audit log; their addresses were checked. Answers with them, in order. */
export async function registerEndpoints(
  tx: Tx,
  deps: Pick<EndpointDeps, 'sealer' | 'region'>,
  actor: Actor,
  items: readonly NewEndpoint[],
  now: Date,
): Promise<Endpoint[]> {
  if (items.length === 0) return [];
  await requireEndpointQuota(
    tx,
    actor.organizationId,
    items.map(({ input }) => input),
  );
  for (const { input } of items) requirePolicy(input.policy);
  const ids = await insertEndpoints(tx, deps, actor.organizationId, items, now);
  const rows = await tx.endpoint.findMany({ where: { id: { in: ids } }, include: withState });
  const made = new Map(rows.map((row) => [row.id, toEndpoint(row)]));
  const endpoints = ids.flatMap((id) => made.get(id) ?? []);
  const entries = endpoints.map((endpoint) => ({
    action: 'endpoint.created',
    target: endpoint.id,
    after: { ...endpoint, state: undefined },
  }));
  await writeAudits(tx, actor, entries, now);
  return endpoints;
}

/** Registers an endpoint; it comes due at once. @throws AppError forbidden, invalid_request. */
export async function createEndpoint(deps: EndpointDeps, actor: Actor, input: CreateEndpoint, now: Date): Promise<Endpoint> {
  requireScope(actor, 'write');
  await requireTarget(input.url, deps.policy);
  const [endpoint] = await deps.db.$transaction((tx) => registerEndpoints(tx, deps, actor, [{ input }], now));
  if (!endpoint) throw new Error('the endpoint that was just written cannot be read');
  return endpoint;
}
