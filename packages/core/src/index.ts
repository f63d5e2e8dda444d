export * from './alerts/plan-notices.ts';
export * from './app-error.ts';
export * from './assert-never.ts';
export * from './schedule/slots.ts';
export * from './state/memory.ts';
export * from './state/policy.ts';
export * from './state/step.ts';
export * from './terms.ts';
