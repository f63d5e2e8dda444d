export * from './notices/index.ts';
