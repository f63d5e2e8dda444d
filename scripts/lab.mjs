// npm run lab: installs what is missing, then serves the fault lab. Arguments: parts of scenario names, --port.
import { ensureTestPrograms } from './lib/debian.mjs';
import { ensureInstalled, requireNode, run } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
await ensureTestPrograms();
const { code } = await run(process.execPath, ['--import', 'tsx', 'test/lab/serve.ts', ...process.argv.slice(2)]);
process.exit(code);
