export * from './formats.ts';
export * from './languages.ts';
export * from './localize.ts';
export type { PluralWords, StatusWords } from './words.ts';
