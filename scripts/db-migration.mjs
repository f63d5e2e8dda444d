// npm run db:migration NAME: writes prisma/migrations/<time>_NAME/migration.sql with what the schema says beyond the last commit's schema.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, requireNode, root } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
const run = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/write-migration.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
