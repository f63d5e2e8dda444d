export * from './acknowledge-tool-change.ts';
export * from './get-tools.ts';
export * from './list-tool-changes.ts';
export * from './prune-snapshots.ts';
export * from './tool-call-warnings.ts';
