export * from './import-client-config.ts';
