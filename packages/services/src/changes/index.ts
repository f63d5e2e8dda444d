export * from './change-feed.ts';
export { type Fact, MAX_PAYLOAD_BYTES } from './facts.ts';
export * from './tell-changes.ts';
