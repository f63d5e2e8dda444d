export * from './public-checks.ts';
