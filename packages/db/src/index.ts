export * from './backup/index.ts';
export * from './client.ts';
export * from './embedded/index.ts';
export * from './listener.ts';
export * from './migrate.ts';
