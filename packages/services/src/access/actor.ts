import { type ApiKeyScope, AppError, type MemberRole } from '@rollcall/core';

/** Who asks: a member through a session, or an API key. Every verb takes one and is scoped to its organization. */
export interface Actor {
  readonly organizationId: string;
  readonly kind: 'member' | 'api_key';
  /** Id of the user or of the key. */
  readonly id: string;
  /** How the audit log and an acknowledgement name it. */
  readonly label: string;
  readonly role: MemberRole | null;
  readonly scopes: ReadonlySet<ApiKeyScope>;
  /** Where the request came from; absent for the installation's own acts. */
  readonly address?: string;
  /** The program that asked, as it names itself; absent or null: it said nothing. */
  readonly userAgent?: string | null;
}

const ROLE_SCOPES: Readonly<Record<MemberRole, readonly ApiKeyScope[]>> = {
  owner: ['read', 'write', 'admin'],
  admin: ['read', 'write', 'admin'],
  member: ['read', 'write'],
  viewer: ['read'],
};

/** A wider scope holds the narrower ones. */
export function scopesOf(given: readonly ApiKeyScope[]): ReadonlySet<ApiKeyScope> {
  const scopes = new Set<ApiKeyScope>(given);
  if (scopes.has('admin')) scopes.add('write');
  if (scopes.has('write')) scopes.add('read');
  return scopes;
}

export function scopesOfRole(role: MemberRole): ReadonlySet<ApiKeyScope> {
  return new Set(ROLE_SCOPES[role]);
}

/** @throws AppError forbidden, naming what is missing. */
export function requireScope(actor: Actor, scope: ApiKeyScope): void {
  if (actor.scopes.has(scope)) return;
  throw new AppError(
    'forbidden',
    actor.kind === 'api_key' ? `This API key lacks the scope "${scope}".` : `Your role does not allow this; it needs "${scope}".`,
  );
}
