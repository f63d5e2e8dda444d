// npm run bench -- <probe|pipeline|read> [options] [--json]
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './lib/workspace.mjs';

const benches = ['probe', 'pipeline', 'read'];
const [name, ...options] = process.argv.slice(2);
if (!benches.includes(name)) {
  process.stderr.write(`usage: npm run bench -- <${benches.join('|')}> [options] [--json]\n`);
  process.exit(2);
}
requireNode();
await ensureInstalled();
if (name !== 'probe') await ensureBuilt();
const { code } = await run(process.execPath, ['--import', 'tsx', join(root, 'test/bench', `${name}.ts`), ...options]);
process.exit(code);
