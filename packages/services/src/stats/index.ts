export * from './get-stats.ts';
