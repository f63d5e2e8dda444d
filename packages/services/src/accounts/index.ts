export * from './authenticate.ts';
export * from './get-me.ts';
export * from './list-members.ts';
export * from './password.ts';
