export * from './maintenance.ts';
export { loadWindows, mergedOccurrences } from './windows.ts';
