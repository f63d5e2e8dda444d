export * from './claim-due.ts';
export * from './partitions.ts';
export * from './watch-silence.ts';
