export * from './attempt-notice.ts';
export * from './channel-config.ts';
export * from './claim-notices.ts';
export * from './expire-notices.ts';
export * from './list-deliveries.ts';
export * from './record-delivery.ts';
export * from './resend-notice.ts';
export * from './send-test.ts';
