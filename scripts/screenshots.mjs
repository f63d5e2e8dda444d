// npm run screenshots: draws docs/images anew from the mock data of the dashboard's tests. Needs Chromium.
import { ensureTestPrograms } from './lib/debian.mjs';
import { ensureBuilt, ensureInstalled, requireNode, run } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
await ensureTestPrograms();
await ensureBuilt();
const { code } = await run(process.execPath, ['--import', 'tsx', 'apps/web/test/readme-images.ts', ...process.argv.slice(2)]);
process.exit(code);
