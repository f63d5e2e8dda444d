export * from './actor.ts';
export * from './page.ts';
export * from './precondition.ts';
export * from './write-audit.ts';
