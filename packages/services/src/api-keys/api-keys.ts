import type { ApiKey, CreateApiKey, CreatedApiKey, Page, RotateApiKey } from '@rollcall/contracts';
import { type ApiKeyScope, AppError } from '@rollcall/core';
import { newApiKey, newId } from '@rollcall/crypto';
import type { Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit, writeAudits } from '../access/write-audit.ts';

function toApiKey(row: Prisma.ApiKeyGetPayload<Record<string, never>>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as ApiKeyScope[],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    replacedBy: row.replacedById,
  };
}

/** The key is in this answer and nowhere else. @throws AppError */
export async function createApiKey(db: Db, actor: Actor, input: CreateApiKey, now: Date): Promise<CreatedApiKey> {
  requireScope(actor, 'admin');
  if (input.expiresAt !== undefined && Date.parse(input.expiresAt) <= now.getTime()) {
    throw new AppError('invalid_request', 'The key would have expired already.', {
      culprits: [{ pointer: '/expiresAt', message: 'must be in the future' }],
    });
  }
  const { key, prefix, hash } = newApiKey();
  const id = newId('key', now.getTime());
  return db.$transaction(async (tx) => {
    const row = await tx.apiKey.create({
      data: {
        id,
        organizationId: actor.organizationId,
        name: input.name,
        prefix,
        hash,
        scopes: [...new Set(input.scopes)],
        createdAt: now,
        expiresAt: input.expiresAt ? new Date(input.expiresAt) : null,
      },
    });
    await writeAudit(tx, actor, { action: 'api_key.created', target: id, after: toApiKey(row) }, now);
    return { ...toApiKey(row), key };
  });
}

export async function listApiKeys(db: Db, actor: Actor, query: { limit: number; cursor?: string | undefined }): Promise<Page<ApiKey>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('key', query.cursor);
  const rows = await db.apiKey.findMany({
    where: { organizationId: actor.organizationId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toApiKey);
}

/**
 * A new key with the same name and scopes; the former works on for the overlap, so that what uses it can be changed
 * without a gap. @throws AppError forbidden, not_found, conflict, invalid_request.
 */
export async function rotateApiKey(db: Db, actor: Actor, id: string, input: RotateApiKey, now: Date): Promise<CreatedApiKey> {
  requireScope(actor, 'admin');
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from api_key where id = ${id} and organization_id = ${actor.organizationId} for update`;
    const former = await tx.apiKey.findFirst({ where: { id, organizationId: actor.organizationId } });
    if (!former) throw new AppError('not_found', 'There is no such API key.');
    if (former.revokedAt !== null || (former.expiresAt !== null && former.expiresAt <= now))
      throw new AppError('conflict', 'This key opens nothing any more; make a new one.');
    if (former.replacedById !== null) throw new AppError('conflict', 'This key was rotated already.');
    const expiresAt = expiryOf(former, input, now);
    const { key, prefix, hash } = newApiKey();
    const { name, scopes, organizationId } = former;
    const made = await tx.apiKey.create({
      data: { id: newId('key', now.getTime()), organizationId, name, prefix, hash, scopes, createdAt: now, expiresAt },
    });
    const end = new Date(Math.min(now.getTime() + input.overlapSeconds * 1000, former.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY));
    const ending = input.overlapSeconds === 0 ? { revokedAt: now } : { expiresAt: end };
    const after = await tx.apiKey.update({ where: { id }, data: { ...ending, replacedById: made.id } });
    const entry = { action: 'api_key.rotated', target: id, before: toApiKey(former), after: toApiKey(after) };
    await writeAudits(tx, actor, [entry, { action: 'api_key.created', target: made.id, after: toApiKey(made) }], now);
    return { ...toApiKey(made), key };
  });
}

/** @throws AppError invalid_request. */
function expiryOf(former: { createdAt: Date; expiresAt: Date | null }, { expiresAt }: RotateApiKey, now: Date): Date | null {
  if (expiresAt === undefined) return former.expiresAt && new Date(now.getTime() + former.expiresAt.getTime() - former.createdAt.getTime());
  if (Date.parse(expiresAt) > now.getTime()) return new Date(expiresAt);
  throw new AppError('invalid_request', 'The key would have expired already.', {
    culprits: [{ pointer: '/expiresAt', message: 'must be in the future' }],
  });
}

/** From now on the key opens nothing; the row stays for the log. @throws AppError */
export async function revokeApiKey(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'admin');
  await db.$transaction(async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id, organizationId: actor.organizationId } });
    if (!row) throw new AppError('not_found', 'There is no such API key.');
    if (row.revokedAt !== null) return;
    await tx.apiKey.update({ where: { id }, data: { revokedAt: now } });
    await writeAudit(tx, actor, { action: 'api_key.revoked', target: id, before: toApiKey(row) }, now);
  });
}
