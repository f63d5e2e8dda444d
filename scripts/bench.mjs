// npm run bench -- <probe|pipeline|read|blackbox> [options] [--json]
import { join } from 'node:path';
import { BLACKBOX, ensurePrograms } from './lib/debian.mjs';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './lib/workspace.mjs';

const benches = ['probe', 'pipeline', 'read', 'blackbox'];
/** They run the probe from its source and need no build. */
const unbuilt = ['probe', 'blackbox'];
const [name, ...options] = process.argv.slice(2);
if (!benches.includes(name)) {
  process.stderr.write(`usage: npm run bench -- <${benches.join('|')}> [options] [--json]\n`);
  process.exit(2);
}
requireNode();
await ensureInstalled();
if (!unbuilt.includes(name)) await ensureBuilt();
if (name === 'blackbox') await ensurePrograms(BLACKBOX, 'The comparison needs prometheus-blackbox-exporter.');
const bench = join(root, 'test/bench');
let program = ['--import', 'tsx', join(bench, `${name}.ts`)];
if (name === 'probe') {
  // Built as the worker is: what tsx puts around every function would be counted with the probe.
  const { bundle } = await import('./lib/bundle.mjs');
  await bundle([join(bench, 'probe.ts'), join(bench, 'target.ts')], join(bench, 'dist'));
  program = [join(bench, 'dist/probe.js')];
}
const { code } = await run(process.execPath, [...program, ...options]);
process.exit(code);
