#!/usr/bin/env node
// npx rollcall: in a checkout it first installs and builds what is missing or stale (said on stderr), then runs the bundle.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
const installed = () => existsSync(join(root, 'node_modules'));
const built = () => existsSync(bundle) && Math.max(...sources.map(newest)) <= statSync(bundle).mtimeMs;

/** Held while somebody installs or builds: what they leave half done is not read, and nobody does it twice. */
const lock = join(root, 'apps/cli/.building');
function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}
function holderLives() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (sources.every(existsSync) && (existsSync(lock) || !installed() || !built())) {
  while (!take()) {
    if (holderLives()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    else rmSync(lock, { force: true });
  }
  process.once('exit', () => rmSync(lock, { force: true }));
  if (!installed()) run('installing the dependencies', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!built()) run('building', process.execPath, [join(root, 'scripts/build-app.mjs'), 'apps/cli']);
  rmSync(lock, { force: true });
}
await import(pathToFileURL(bundle).href);
