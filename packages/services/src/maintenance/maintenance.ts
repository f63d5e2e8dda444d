import {
  type CreateMaintenance,
  type Maintenance,
  maintenanceProblem,
  type Page,
  recurrenceSchema,
  type UpdateMaintenance,
} from '@rollcall/contracts';
import { AppError, isActiveAt, occurrences } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import { type Db, Prisma, type Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';
import { toWindow } from './windows.ts';

type Row = Prisma.MaintenanceWindowGetPayload<Record<string, never>>;

/** How far ahead the next occurrence is looked for. */
const HORIZON_MS = 60 * 86_400_000;

function toMaintenance(row: Row, now: Date): Maintenance {
  const window = toWindow(row);
  const recurrence = recurrenceSchema.nullable().safeParse(row.recurrence);
  const from = now.getTime();
  const next = occurrences(window, from, Math.max(from, window.startsAt) + HORIZON_MS)[0];
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    recurrence: recurrence.success ? recurrence.data : null,
    endpoints: row.endpointIds,
    tags: row.tags,
    active: isActiveAt(window, from),
    next: next === undefined ? null : { from: new Date(next.from).toISOString(), to: new Date(next.to).toISOString() },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Every named endpoint must be the organization's own. @throws AppError invalid_request */
async function requireEndpoints(tx: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await tx.endpoint.findMany({ where: { organizationId, id: { in: [...ids] } }, select: { id: true } });
  const own = new Set(known.map(({ id }) => id));
  const culprits = ids.flatMap((id, index) =>
    own.has(id) ? [] : [{ pointer: `/endpoints/${index}`, message: 'is no endpoint of yours' }],
  );
  if (culprits.length > 0) throw new AppError('invalid_request', 'There is no such endpoint.', { culprits });
}

const stored = (recurrence: CreateMaintenance['recurrence']) => (recurrence === null ? Prisma.JsonNull : recurrence);

/** @throws AppError */
export async function createMaintenance(db: Db, actor: Actor, input: CreateMaintenance, now: Date): Promise<Maintenance> {
  requireScope(actor, 'write');
  return db.$transaction((tx) => insertMaintenance(tx, actor, input, now));
}

/** As `createMaintenance`, within a transaction. */
export async function insertMaintenance(
  tx: Tx,
  actor: Actor,
  input: CreateMaintenance,
  now: Date,
  source: string | null = null,
): Promise<Maintenance> {
  await requireEndpoints(tx, actor.organizationId, input.endpoints);
  const row = await tx.maintenanceWindow.create({
    data: {
      id: newId('mw', now.getTime()),
      organizationId: actor.organizationId,
      name: input.name,
      description: input.description,
      startsAt: new Date(input.startsAt),
      endsAt: new Date(input.endsAt),
      recurrence: stored(input.recurrence),
      endpointIds: [...new Set(input.endpoints)],
      tags: [...new Set(input.tags)],
      source,
      createdAt: now,
    },
  });
  const made = toMaintenance(row, now);
  await writeAudit(tx, actor, { action: 'maintenance.created', target: row.id, after: made }, now);
  return made;
}

/** Newest first. */
export async function listMaintenance(
  db: Db,
  actor: Actor,
  query: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<Page<Maintenance>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('mw', query.cursor);
  const rows = await db.maintenanceWindow.findMany({
    where: { organizationId: actor.organizationId, deletedAt: null, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => toMaintenance(row, now));
}

async function find(tx: Db | Tx, actor: Actor, id: string): Promise<Row> {
  const row = await tx.maintenanceWindow.findFirst({ where: { id, organizationId: actor.organizationId, deletedAt: null } });
  if (!row) throw new AppError('not_found', 'There is no such maintenance window.');
  return row;
}

/** @throws AppError not_found. */
export async function getMaintenance(db: Db, actor: Actor, id: string, now: Date): Promise<Maintenance> {
  requireScope(actor, 'read');
  return toMaintenance(await find(db, actor, id), now);
}

/** @throws AppError not_found, invalid_request, conflict. */
export async function updateMaintenance(db: Db, actor: Actor, id: string, change: UpdateMaintenance, now: Date): Promise<Maintenance> {
  requireScope(actor, 'write');
  return db.$transaction((tx) => changeMaintenance(tx, actor, id, change, now));
}

/** As `updateMaintenance`, within a transaction. `source` marks it as coming from that file. */
export async function changeMaintenance(
  tx: Tx,
  actor: Actor,
  id: string,
  change: UpdateMaintenance,
  now: Date,
  source?: string,
): Promise<Maintenance> {
  const before = await find(tx, actor, id);
  const shown = toMaintenance(before, now);
  const problem = maintenanceProblem({ ...shown, ...withoutUndefined(change) });
  if (problem !== null)
    throw new AppError('invalid_request', `endsAt ${problem}.`, { culprits: [{ pointer: '/endsAt', message: problem }] });
  if (change.endpoints !== undefined) await requireEndpoints(tx, actor.organizationId, change.endpoints);
  const { count } = await tx.maintenanceWindow.updateMany({
    where: { id, version: before.version },
    data: {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.startsAt === undefined ? {} : { startsAt: new Date(change.startsAt) }),
      ...(change.endsAt === undefined ? {} : { endsAt: new Date(change.endsAt) }),
      ...(change.recurrence === undefined ? {} : { recurrence: stored(change.recurrence) }),
      ...(change.endpoints === undefined ? {} : { endpointIds: [...new Set(change.endpoints)] }),
      ...(change.tags === undefined ? {} : { tags: [...new Set(change.tags)] }),
      ...(source === undefined ? {} : { source }),
      version: { increment: 1 },
    },
  });
  if (count === 0) throw new AppError('conflict', 'The maintenance window was changed by somebody else in the meantime; read it again.');
  const after = toMaintenance(await find(tx, actor, id), now);
  await writeAudit(tx, actor, { action: 'maintenance.updated', target: id, before: shown, after }, now);
  return after;
}

function withoutUndefined(change: UpdateMaintenance) {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<
    Pick<Maintenance, 'startsAt' | 'endsAt' | 'recurrence'>
  >;
}

/** It ends now; what of it lies behind stays out of the uptime. @throws AppError not_found. */
export async function deleteMaintenance(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await db.$transaction((tx) => removeMaintenance(tx, actor, id, now));
}

/** Within a transaction. @throws AppError not_found. */
export async function removeMaintenance(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const row = await find(tx, actor, id);
  await tx.maintenanceWindow.update({ where: { id }, data: { deletedAt: now } });
  await writeAudit(tx, actor, { action: 'maintenance.deleted', target: id, before: toMaintenance(row, now) }, now);
}
