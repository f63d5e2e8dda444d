export { announceIncidents } from './announce.ts';
export * from './page-cache.ts';
export * from './preview-page.ts';
export { buildPublicPage } from './public-page.ts';
export * from './public-status.ts';
export { addReportUpdate, createReport, deleteReport, getReport, listReports, updateReport } from './reports.ts';
export * from './status-pages.ts';
export * from './subscribe.ts';
export { deleteSubscriber, listSubscribers } from './subscribers.ts';
