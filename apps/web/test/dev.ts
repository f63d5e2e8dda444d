/** Works on the dashboard without an API: `npx tsx apps/web/test/dev.ts [port]`, sign in with any email and "correct horse". */
import { startDashboard } from './dashboard.ts';

const dashboard = await startDashboard({ port: Number(process.argv[2] ?? 3000) });
console.log(`dashboard with mock data: ${dashboard.url}`);
process.once('SIGINT', () => dashboard.close().then(() => process.exit(0)));
process.once('SIGTERM', () => dashboard.close().then(() => process.exit(0)));
