// npm run rollcall-admin -- COMMAND: what the operator does to the installation itself; without a command it says which there are.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, requireNode, root } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
const run = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'apps/api/src/admin.main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
