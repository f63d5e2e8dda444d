export * from './organization-metrics.ts';
