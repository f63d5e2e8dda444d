// npm run soak -- [--seconds 600] [--warmup 60] [--endpoints N] [--interval S] [--json]: is a prober's memory flat at full load?
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { code } = await run(process.execPath, ['--import', 'tsx', join(root, 'test/bench/soak.ts'), ...process.argv.slice(2)]);
process.exit(code);
