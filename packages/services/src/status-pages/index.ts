export { addReportUpdate, createReport, deleteReport, getReport, listReports, updateReport } from './reports.ts';
export * from './status-pages.ts';
export { deleteSubscriber, listSubscribers } from './subscribers.ts';
