export * from './get-stats.ts';
export * from './history.ts';
export * from './uptime.ts';
