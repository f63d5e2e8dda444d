import { API_KEY_SCOPES, type ApiKeyScope, MEMBER_ROLES, type MemberRole } from '@rollcall/core';
import { hashApiKey } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type Actor, scopesOf, scopesOfRole } from '../access/actor.ts';

/** last_used_at is written at most this often: it is for people, not for counting. */
const LAST_USED_STEP_MS = 60_000;

/** The actor behind a key, or null when there is none, it is revoked or it has expired. */
export async function authenticateApiKey(db: Db, key: string, now: Date): Promise<Actor | null> {
  return toActor(db, await db.apiKey.findUnique({ where: { hash: hashApiKey(key) } }), now);
}

/** The same by the key's id, for what was signed in by the key earlier: it ends with the key. */
export async function authenticateApiKeyId(db: Db, id: string, now: Date): Promise<Actor | null> {
  return toActor(db, await db.apiKey.findUnique({ where: { id } }), now);
}

async function toActor(db: Db, row: Awaited<ReturnType<Db['apiKey']['findUnique']>>, now: Date): Promise<Actor | null> {
  if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return null;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > LAST_USED_STEP_MS) {
    await db.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  const scopes = row.scopes.filter((scope): scope is ApiKeyScope => (API_KEY_SCOPES as readonly string[]).includes(scope));
  return {
    organizationId: row.organizationId,
    kind: 'api_key',
    id: row.id,
    label: `API key ${row.name} (${row.prefix}…)`,
    role: null,
    scopes: scopesOf(scopes),
  };
}

/** The actor behind a signed-in user: the active organization when it is one of theirs, else the first they joined. */
export async function authenticateMember(
  db: Db,
  user: { id: string; email: string },
  activeOrganizationId: string | null,
): Promise<Actor | null> {
  const memberships = await db.member.findMany({ where: { userId: user.id }, orderBy: { createdAt: 'asc' } });
  const member = memberships.find(({ organizationId }) => organizationId === activeOrganizationId) ?? memberships[0];
  const role = MEMBER_ROLES.find((known) => known === member?.role) as MemberRole | undefined;
  if (!member || !role) return null;
  return { organizationId: member.organizationId, kind: 'member', id: user.id, label: user.email, role, scopes: scopesOfRole(role) };
}
