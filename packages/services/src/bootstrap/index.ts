export * from './bootstrap-installation.ts';
export * from './register-demo-endpoints.ts';
export * from './reseal.ts';
