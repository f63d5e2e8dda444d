import { type Channel, type CreateChannel, type Page, routeSchema, type UpdateChannel } from '@rollcall/contracts';
import { AppError, type ChannelType } from '@rollcall/core';
import { newId, type Sealer } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import { z } from 'zod';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { requireChannelQuota } from '../access/quotas.ts';
import { writeAudit } from '../access/write-audit.ts';
import { openChannelConfig, type PreparedChannelConfig, prepareChannelConfig } from '../notices/channel-config.ts';
import { type ChannelSettings, requireEscalation, settingsData, toSettings } from './channel-settings.ts';

export interface ChannelDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly policy: AddressPolicy;
}

export type ChannelRow = Prisma.ChannelGetPayload<Record<string, never>>;

export function toChannel(row: ChannelRow): Channel {
  const routes = z.array(routeSchema).safeParse(row.routes);
  return {
    id: row.id,
    type: row.type as ChannelType,
    name: row.name,
    config: row.configInfo as Record<string, unknown>,
    routes: routes.success ? routes.data : [],
    enabled: row.enabled,
    ...toSettings(row),
    failingSince: row.failingSince?.toISOString() ?? null,
    unhealthySince: row.unhealthyAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A generated secret is in this answer and in no other. @throws AppError */
export async function createChannel(
  deps: ChannelDeps,
  actor: Actor,
  input: CreateChannel,
  now: Date,
): Promise<Channel & { secret?: string }> {
  requireScope(actor, 'write');
  const id = newId('ch', now.getTime());
  const prepared = await prepareChannelConfig(deps, { id, type: input.type, config: input.config });
  return deps.db.$transaction((tx) => insertChannel(tx, actor, { ...input, id }, prepared, now));
}

/** As `createChannel`, within a transaction and with the configuration prepared. */
export async function insertChannel(
  tx: Tx,
  actor: Actor,
  input: Omit<CreateChannel, 'config' | keyof ChannelSettings> & Partial<ChannelSettings> & { id: string; source?: string },
  prepared: PreparedChannelConfig,
  now: Date,
): Promise<Channel & { secret?: string }> {
  await requireEscalation(tx, actor, input.id, input.escalation);
  await requireChannelQuota(tx, actor.organizationId);
  const row = await tx.channel.create({
    data: {
      id: input.id,
      organizationId: actor.organizationId,
      type: input.type,
      name: input.name,
      config: prepared.sealed,
      configInfo: prepared.info as Prisma.InputJsonObject,
      routes: input.routes as Prisma.InputJsonArray,
      enabled: input.enabled,
      ...settingsData(input),
      source: input.source ?? null,
      createdAt: now,
    },
  });
  const channel = toChannel(row);
  await writeAudit(tx, actor, { action: 'channel.created', target: row.id, after: channel }, now);
  return prepared.generatedSecret === undefined ? channel : { ...channel, secret: prepared.generatedSecret };
}

/** Newest first. */
export async function listChannels(db: Db, actor: Actor, query: { limit: number; cursor?: string | undefined }): Promise<Page<Channel>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('ch', query.cursor);
  const rows = await db.channel.findMany({
    where: { organizationId: actor.organizationId, statusPageId: null, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toChannel);
}

/** @throws AppError not_found. */
export async function getChannel(db: Db, actor: Actor, id: string): Promise<Channel> {
  requireScope(actor, 'read');
  const row = await db.channel.findFirst({ where: { id, organizationId: actor.organizationId, statusPageId: null } });
  if (!row) throw new AppError('not_found', 'There is no such channel.');
  return toChannel(row);
}

/** A secret sent back as "[redacted]" keeps its value. @throws AppError */
export async function updateChannel(deps: ChannelDeps, actor: Actor, id: string, change: UpdateChannel, now: Date): Promise<Channel> {
  requireScope(actor, 'write');
  const before = await deps.db.channel.findFirst({ where: { id, organizationId: actor.organizationId, statusPageId: null } });
  if (!before) throw new AppError('not_found', 'There is no such channel.');
  const previous = openChannelConfig(deps.sealer, id, before.config);
  const prepared =
    change.config === undefined
      ? null
      : await prepareChannelConfig(deps, { id, type: before.type as ChannelType, config: change.config, previous });
  return deps.db.$transaction((tx) => changeChannel(tx, actor, before, { ...change, prepared }, now));
}

/** As `updateChannel`, within a transaction and with the configuration prepared, or null to leave it. */
export async function changeChannel(
  tx: Tx,
  actor: Actor,
  before: ChannelRow,
  change: Omit<UpdateChannel, 'config'> & { prepared: PreparedChannelConfig | null; source?: string },
  now: Date,
): Promise<Channel> {
  const { id } = before;
  await requireEscalation(tx, actor, id, change.escalation);
  const { count } = await tx.channel.updateMany({
    where: { id, organizationId: actor.organizationId, version: before.version },
    data: {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
      ...(change.routes === undefined ? {} : { routes: change.routes as Prisma.InputJsonArray }),
      ...settingsData(change),
      ...(change.source === undefined ? {} : { source: change.source }),
      ...(change.prepared === null ? {} : { config: change.prepared.sealed, configInfo: change.prepared.info as Prisma.InputJsonObject }),
      version: { increment: 1 },
    },
  });
  if (count === 0) throw new AppError('conflict', 'The channel was changed by somebody else in the meantime; read it again.');
  const row = await tx.channel.findUniqueOrThrow({ where: { id } });
  await writeAudit(tx, actor, { action: 'channel.updated', target: id, before: toChannel(before), after: toChannel(row) }, now);
  return toChannel(row);
}

/** Its notices and their deliveries go with it. @throws AppError */
export async function deleteChannel(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await db.$transaction((tx) => removeChannel(tx, actor, id, now));
}

/** Within a transaction. @throws AppError not_found. */
export async function removeChannel(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const row = await tx.channel.findFirst({ where: { id, organizationId: actor.organizationId, statusPageId: null } });
  if (!row) throw new AppError('not_found', 'There is no such channel.');
  await tx.channel.delete({ where: { id } });
  await writeAudit(tx, actor, { action: 'channel.deleted', target: id, before: toChannel(row) }, now);
}
