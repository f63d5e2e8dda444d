#!/usr/bin/env node
// npx rollcall: in a checkout it first installs and builds what is missing or stale (said on stderr), then runs the bundle.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const bundle = join(root, 'apps/cli/dist/main.js');

/** Newest change below the folders that the bundle is made of. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'generated') continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

function run(what, command, args) {
  process.stderr.write(`rollcall: ${what} …\n`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}rollcall: ${what} failed\n`);
  process.exit(3);
}

const sources = [
  'apps/cli/src',
  'packages/probe/src',
  'packages/net/src',
  'packages/contracts/src',
  'packages/client/src',
  'packages/core/src',
].map((path) => join(root, path));
if (sources.every(existsSync)) {
  if (!existsSync(join(root, 'node_modules')))
    run('installing the dependencies', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!existsSync(bundle) || Math.max(...sources.map(newest)) > statSync(bundle).mtimeMs)
    run('building', process.execPath, [join(root, 'scripts/build-app.mjs'), 'apps/cli']);
}
await import(pathToFileURL(bundle).href);
