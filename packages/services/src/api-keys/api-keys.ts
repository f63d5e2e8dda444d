import type { ApiKey, CreateApiKey, CreatedApiKey, Page } from '@rollcall/contracts';
import { type ApiKeyScope, AppError } from '@rollcall/core';
import { newApiKey, newId } from '@rollcall/crypto';
import type { Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';

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
