export * from './claim-due.ts';
export * from './watch-silence.ts';
