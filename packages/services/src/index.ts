export * from './notices/index.ts';
export * from './probes/index.ts';
export * from './schedule/index.ts';
