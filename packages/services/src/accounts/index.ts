export * from './authenticate.ts';
export { removeMember, transferOwnership, updateMember } from './change-members.ts';
export * from './get-me.ts';
export * from './invitations.ts';
export * from './list-audit-log.ts';
export * from './list-members.ts';
export * from './own-organization.ts';
export * from './password.ts';
export * from './sessions.ts';
