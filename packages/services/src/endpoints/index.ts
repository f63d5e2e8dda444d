export * from './bulk-endpoints.ts';
export * from './check-targets.ts';
export * from './create-endpoint.ts';
export * from './delete-endpoint.ts';
export * from './read-endpoints.ts';
export * from './require-target.ts';
export * from './to-endpoint.ts';
export * from './update-endpoint.ts';
