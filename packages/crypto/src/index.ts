export * from './api-key.ts';
export * from './ids.ts';
export * from './sealer.ts';
