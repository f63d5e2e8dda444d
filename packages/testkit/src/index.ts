export * from './database.ts';
export * from './free-port.ts';
export * from './http-sink.ts';
export * from './pgbouncer.ts';
export * from './prober-fixtures.ts';
export * from './redis.ts';
export * from './reports.ts';
export * from './smtp-sink.ts';
