import type { AuditEntry } from '../access/write-audit.ts';

/** The tables of better-auth whose changes the audit log tells. */
export const AUDITED_MODELS = ['user', 'account', 'twoFactor', 'session', 'member'] as const;
export type AuditedModel = (typeof AUDITED_MODELS)[number];

/** A row of such a table; null: it was not there, or is not any more. */
export interface RowChange {
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface PersonalEntry {
  readonly userId: string;
  /** Set: for that organization's log alone. Otherwise for every one that the user belongs to. */
  readonly organizationId?: string;
  readonly entry: AuditEntry;
}

/** better-auth ends and begins sessions by itself as well; these are asked for. */
const REVOKING = new Set(['/revoke-session', '/revoke-sessions', '/revoke-other-sessions', '/change-password', '/reset-password']);

/**
 * What rows say that changed, as entries without a secret: a password, a code or a token is named and never told. `path` is the
 * route of better-auth that was asked; the same column is written for several reasons. Pure.
 */
export function accountChanges(model: AuditedModel, changes: readonly RowChange[], path: string | null): PersonalEntry[] {
  switch (model) {
    case 'user':
      return changes.flatMap(userChange);
    case 'account':
      return changes.flatMap((change) => signInChange(change, path));
    case 'twoFactor':
      return changes.flatMap((change) => factorChange(change, path));
    case 'session':
      return sessionChanges(changes, path);
    case 'member':
      return changes.flatMap((change) => memberChange(change, path));
  }
}

const textOf = (row: Readonly<Record<string, unknown>>, name: string): string => String(row[name] ?? '');

function userChange({ before, after }: RowChange): PersonalEntry[] {
  if (before === null || after === null) return [];
  const userId = textOf(before, 'id');
  const of = (action: string, sides: Pick<AuditEntry, 'before' | 'after'> = {}): PersonalEntry => ({
    userId,
    entry: { action, target: userId, ...sides },
  });
  const changed = (name: string) => before[name] !== after[name];
  const both = (name: string) => ({ before: { [name]: before[name] }, after: { [name]: after[name] } });
  return [
    ...(changed('name') ? [of('account.renamed', both('name'))] : []),
    ...(changed('email') ? [of('account.email_changed', both('email'))] : []),
    ...(before['emailVerified'] !== true && after['emailVerified'] === true ? [of('account.email_verified')] : []),
    ...(before['twoFactorEnabled'] !== true && after['twoFactorEnabled'] === true ? [of('two_factor.enabled')] : []),
    ...(before['twoFactorEnabled'] === true && after['twoFactorEnabled'] !== true ? [of('two_factor.disabled')] : []),
  ];
}

/** Rows of `account`: a password, or another service that the person signs in by. */
function signInChange({ before, after }: RowChange, path: string | null): PersonalEntry[] {
  const row = after ?? before;
  if (row === null) return [];
  const userId = textOf(row, 'userId');
  const of = (action: string, sides: Pick<AuditEntry, 'before' | 'after'> = {}): PersonalEntry[] => [
    { userId, entry: { action, target: userId, ...sides } },
  ];
  const provider = { provider: textOf(row, 'providerId') };
  if (provider.provider !== 'credential') {
    if (before === null) return of('provider.linked', { after: provider });
    return after === null ? of('provider.unlinked', { before: provider }) : [];
  }
  if (after === null) return of('password.removed');
  if (path === '/reset-password') return of('password.reset');
  if (before === null) return path?.startsWith('/sign-up/') ? [] : of('password.set');
  return before['password'] === after['password'] ? [] : of('password.changed');
}

function factorChange({ before, after }: RowChange, path: string | null): PersonalEntry[] {
  if (before === null || after === null || before['backupCodes'] === after['backupCodes']) return [];
  const userId = textOf(before, 'userId');
  if (path === '/two-factor/verify-backup-code') return [{ userId, entry: { action: 'two_factor.code_used', target: userId } }];
  // Begun anew before it was ever proved: nothing is in force that could change.
  return before['verified'] === false ? [] : [{ userId, entry: { action: 'two_factor.codes_renewed', target: userId } }];
}

function sessionChanges(changes: readonly RowChange[], path: string | null): PersonalEntry[] {
  if (path === null || !REVOKING.has(path)) return [];
  const ended = changes.flatMap(({ before, after }) => (before !== null && after === null ? [before] : []));
  const byUser = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const row of ended) byUser.set(textOf(row, 'userId'), [...(byUser.get(textOf(row, 'userId')) ?? []), row]);
  return [...byUser].map(([userId, rows]) => ({
    userId,
    entry:
      rows.length === 1
        ? { action: 'session.revoked', target: textOf(rows[0] ?? {}, 'id') }
        : { action: 'sessions.revoked', target: userId, before: { sessions: rows.length } },
  }));
}

/** Members come and go by /api/v1; better-auth makes the one that a new organization begins with. */
function memberChange({ before, after }: RowChange, path: string | null): PersonalEntry[] {
  if (before !== null || after === null || path !== '/organization/create') return [];
  const organizationId = textOf(after, 'organizationId');
  return [{ userId: textOf(after, 'userId'), organizationId, entry: { action: 'organization.created', target: organizationId } }];
}
