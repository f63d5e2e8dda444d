export { type CatalogueEntry, type CauseCode, catalogue, docsPath } from './catalogue/index.ts';
export { check } from './check.ts';
export { curlLine } from './curl.ts';
export { diagnose } from './diagnose.ts';
export { judge } from './judge.ts';
export type * from './observation.ts';
export { observe } from './observe/observe.ts';
export { toReport } from './report.ts';
export type * from './types.ts';
