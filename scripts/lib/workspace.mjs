// What every command needs before it can do its own work on a fresh clone: the right Node, the dependencies, the build.
// Plain JavaScript without dependencies, because it runs before there are any.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stampFile = join(root, 'node_modules', '.rollcall-lock-sha256');

/** Exits with one clear line when this Node is too old for the project (engines in package.json). */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Rollcall needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/**
 * Runs a command in the repository root and resolves with its exit code and output.
 * `quiet` keeps the output back and prints it only when the command fails.
 */
export function run(command, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code !== 0 && quiet) process.stderr.write(output);
      resolve({ code: code ?? (signal ? 1 : 0), output });
    });
  });
}

/** Runs it, or exits with its code after saying what failed. */
export async function must(what, command, args, options) {
  const { code } = await run(command, args, options);
  if (code === 0) return;
  process.stderr.write(`\n${what} failed (exit ${code}): ${command} ${args.join(' ')}\n`);
  process.exit(code);
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Whether node_modules is what package-lock.json says; `npm install` by hand counts when it left the same versions. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const hash = lockHash();
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8').trim() === hash;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  const same = Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.link || found[path]?.version === entry.version || !path.startsWith('node_modules/'),
  );
  if (same) writeFileSync(stampFile, `${hash}\n`);
  return same;
}

/** `npm ci` when something is missing. Answers whether it had to. */
export async function ensureInstalled() {
  if (isInstalled()) return false;
  rmSync(stampFile, { force: true });
  await must('Installing the dependencies', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  writeFileSync(stampFile, `${lockHash()}\n`);
  return true;
}

/** Builds what is stale; turbo knows by the hash of the inputs. `apps` are package names, all when empty. */
export async function ensureBuilt(apps = []) {
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
  const filters = apps.flatMap((name) => ['--filter', name]);
  const env = {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
  await must(
    'The build',
    process.execPath,
    [turbo, 'run', 'build', '--no-daemon', '--output-logs=errors-only', '--log-prefix=none', ...filters],
    { quiet: true, env },
  );
}
