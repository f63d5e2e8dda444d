// npm run chaos -- [options]: real processes of every role are killed at random while endpoints go up and down (docs/operations.md).
import { join } from 'node:path';
import { ensureTestPrograms } from './lib/debian.mjs';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
await ensureTestPrograms();
await ensureBuilt(['@rollcall/api', '@rollcall/worker']);
const { code } = await run(process.execPath, ['--import', 'tsx', join(root, 'test/chaos/run.ts'), ...process.argv.slice(2)]);
process.exit(code);
