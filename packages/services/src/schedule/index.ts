export * from './claim-due.ts';
export * from './erase-probes.ts';
export * from './pack-partitions.ts';
export * from './partitions.ts';
export * from './revive-lost.ts';
export * from './watch-silence.ts';
