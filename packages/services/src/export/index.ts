export { exportAccount } from './export-account.ts';
export { exportOrganization } from './export-organization.ts';
