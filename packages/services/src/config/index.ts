export { applyConfig } from './apply-config.ts';
export { configEtag } from './config-etag.ts';
export { exportConfig, toConfigFile } from './export-config.ts';
export { type ConfigPlan, type PlannedItem, planConfig } from './plan.ts';
