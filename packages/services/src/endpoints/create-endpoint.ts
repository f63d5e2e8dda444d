import type { CreateEndpoint, Endpoint } from '@rollcall/contracts';
import { initialMemory, pause, phaseMs, statusOf } from '@rollcall/core';
import { newId, type Sealer } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { sealCredentials } from '../probes/load-target.ts';
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

/** Writes the endpoint with its state and schedule. Used by registration and by the demonstration. */
export async function insertEndpoint(
  tx: Tx,
  deps: Pick<EndpointDeps, 'sealer' | 'region'>,
  organizationId: string,
  input: CreateEndpoint,
  options: { demo: boolean; now: Date },
): Promise<string> {
  const { now, demo } = options;
  const id = newId('ep', now.getTime());
  const regions = input.regions ?? [deps.region];
  const fresh = initialMemory(now);
  const memory = input.paused ? pause(fresh, now).memory : fresh;
  await tx.endpoint.create({
    data: {
      id,
      organizationId,
      name: input.name,
      url: input.url,
      transport: input.transport,
      era: input.era,
      intervalSeconds: input.intervalSeconds,
      timeoutMs: input.timeoutMs,
      regions: [...new Set(regions)],
      ...credentialColumns(deps.sealer, id, input),
      expect: (input.expect ?? {}) as Prisma.InputJsonObject,
      policy: (input.policy ?? {}) as Prisma.InputJsonObject,
      tags: [...new Set(input.tags)],
      paused: input.paused,
      demo,
      createdAt: now,
      state: { create: { status: statusOf(memory), since: now, memory } },
    },
  });
  await tx.endpointSchedule.createMany({ data: scheduleRows(id, { ...input, regions: [...new Set(regions)] }, now) });
  return id;
}

/** Registers an endpoint; it comes due at once. @throws AppError forbidden, invalid_request. */
export async function createEndpoint(deps: EndpointDeps, actor: Actor, input: CreateEndpoint, now: Date): Promise<Endpoint> {
  requireScope(actor, 'write');
  await requireTarget(input.url, deps.policy);
  return deps.db.$transaction(async (tx) => {
    const id = await insertEndpoint(tx, deps, actor.organizationId, input, { demo: false, now });
    const row = await tx.endpoint.findUniqueOrThrow({ where: { id }, include: withState });
    const endpoint = toEndpoint(row);
    await writeAudit(tx, actor, { action: 'endpoint.created', target: id, after: { ...endpoint, state: undefined } }, now);
    return endpoint;
  });
}
