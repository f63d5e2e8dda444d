export type { QueueConfig } from './backend.ts';
export { QUEUE_SCHEMA } from './backend.ts';
export * from './probe-queue.ts';
export type { ProbeTaker, TakenJob } from './probe-taker.ts';
export * from './queues.ts';
