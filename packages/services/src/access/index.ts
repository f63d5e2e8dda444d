export * from './actor.ts';
export * from './page.ts';
export * from './write-audit.ts';
