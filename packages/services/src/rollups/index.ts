export * from './drop-rollups.ts';
export * from './histogram.ts';
export * from './mark-due.ts';
export * from './retention.ts';
export * from './roll-up.ts';
export * from './rollup-state.ts';
