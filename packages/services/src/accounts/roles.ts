import { AppError, type MemberRole } from '@rollcall/core';
import type { Actor } from '../access/actor.ts';

export interface RoleChange {
  /** Role of the member that is changed. */
  readonly from: MemberRole;
  /** Null: the member goes. */
  readonly to: MemberRole | null;
  /** Owners of the organization, this member included. */
  readonly owners: number;
  /** Whether the actor is this member. */
  readonly self: boolean;
}

/** Everybody may leave; only owners touch owners; an organization never loses its last one. @throws AppError forbidden, conflict. */
export function requireRoleChange(actor: Pick<Actor, 'role' | 'scopes'>, change: RoleChange): void {
  const leaving = change.self && change.to === null;
  if (!leaving && !actor.scopes.has('admin')) throw new AppError('forbidden', 'Members are changed by owners and admins.');
  if (!leaving && actor.role !== 'owner' && (change.from === 'owner' || change.to === 'owner'))
    throw new AppError('forbidden', 'Only an owner may change an owner or make one.');
  if (change.from === 'owner' && change.to !== 'owner' && change.owners <= 1)
    throw new AppError('conflict', 'This is the last owner: give the ownership to another member first, or delete the organization.');
}
