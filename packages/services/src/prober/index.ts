export { type LeaseDeps, leaseJobs, renewLeases, returnJobs } from './lease-jobs.ts';
export * from './region-keys.ts';
export * from './take-results.ts';
