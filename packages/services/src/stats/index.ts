export * from './get-stats.ts';
export * from './uptime.ts';
