export * from './incidents.ts';
export * from './postmortem.ts';
export * from './silence.ts';
export * from './unacknowledge.ts';
