export { affectedClients } from './apply-incidents.ts';
export { NOTICE_CHANNEL } from './insert-notices.ts';
export * from './load-target.ts';
export * from './pg-json.ts';
export * from './probe-id.ts';
export * from './probe-row.ts';
export * from './record-probes.ts';
export * from './run-probe-now.ts';
export * from './summary.ts';
