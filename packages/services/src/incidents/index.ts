export * from './incidents.ts';
export * from './silence.ts';
