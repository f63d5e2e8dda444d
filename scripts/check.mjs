// npm run check: format, lint, import rules, types, generated files. Runs all of them and says which failed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, requireNode, root, run } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();

const node = process.execPath;
const bin = (name, file) => join(root, 'node_modules', name, file);
const projects = ['packages', 'apps']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
  .filter((path) => existsSync(join(root, path, 'tsconfig.json')));

const checks = [
  ['generate', node, ['packages/db/scripts/generate.mjs']],
  ['format, lint, import rules', node, [bin('@biomejs/biome', 'bin/biome'), 'ci', '--error-on-warnings', '.']],
  ...[...projects, 'test']
    .filter((path) => existsSync(join(root, path, 'tsconfig.json')))
    .map((path) => [`types of ${path}`, node, [bin('typescript', 'bin/tsc'), '--noEmit', '-p', path]]),
  ['migrations match the schema', node, ['--import', 'tsx', 'scripts/check-migrations.ts']],
  ['docs/causes is up to date', node, ['--import', 'tsx', 'scripts/generate-causes.ts', '--check']],
  ['docs/rollcall.schema.json is up to date', node, ['--import', 'tsx', 'scripts/generate-config-schema.ts', '--check']],
  ['packages/client is up to date with the API', node, ['--import', 'tsx', 'packages/client/scripts/generate.ts', '--check']],
];

const failures = [];
for (const [name, command, args] of checks) {
  const since = Date.now();
  const { code } = await run(command, args, { quiet: true });
  process.stdout.write(`${code === 0 ? '✔' : '✘'} ${name}  ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
  if (code !== 0) failures.push(name);
}
if (failures.length > 0) {
  process.stderr.write(`\nnpm run check failed: ${failures.join('; ')}\n`);
  process.exit(1);
}
