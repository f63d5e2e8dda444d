import type { Me } from '@rollcall/contracts';
import type { MemberRole } from '@rollcall/core';

/** Whether the reader may manage members, keys and the organization, and read the audit log. */
export function mayManage(me: Pick<Me, 'role'>): boolean {
  return me.role === 'owner' || me.role === 'admin';
}

/** Widest first. */
export const ROLE_MEANING: Record<MemberRole, string> = {
  owner: 'Everything, owners and the end of the organization included',
  admin: 'And manage members, API keys, and read the audit log',
  member: 'And change endpoints, channels, status pages and incidents',
  viewer: 'Read',
};

export const ROLE_LABEL: Record<MemberRole, string> = { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' };
