import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { must } from './workspace.mjs';

/** Real servers and the browser that the tests drive: the program looked for and the Debian package that has it. */
const NEEDED = [
  { program: 'redis-server', debianPackage: 'redis-server' },
  { program: 'nginx', debianPackage: 'nginx' },
  { program: 'caddy', debianPackage: 'caddy' },
  { program: 'chromium', debianPackage: 'chromium' },
  { program: 'ip', debianPackage: 'iproute2' },
  { program: 'openssl', debianPackage: 'openssl' },
  { program: 'pgbouncer', debianPackage: 'pgbouncer' },
  { program: 'promtool', debianPackage: 'prometheus' },
  { program: 'unshare', debianPackage: 'util-linux' },
  { program: 'systemd-analyze', debianPackage: 'systemd' },
  // Debian keeps the server's programs, pg_dump among them, in a folder for each version.
  { program: '/usr/lib/postgresql/*/bin/postgres', debianPackage: 'postgresql' },
];

const path = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin:/sbin`;

function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { env: { ...process.env, PATH: path } }).status === 0;
}

/** What `bench blackbox` compares with. */
export const BLACKBOX = [{ program: 'prometheus-blackbox-exporter', debianPackage: 'prometheus-blackbox-exporter' }];

export const ensureTestPrograms = () => ensurePrograms(NEEDED, 'The tests need real servers and a browser.');

/** Installs what is missing when we may (root on Debian or Ubuntu), else says exactly what to install and exits 1. */
export async function ensurePrograms(needed, why) {
  process.env.PATH = path;
  const missing = needed.filter(({ program }) => !has(program)).map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    process.stderr.write(`${why} Install: ${missing.join(', ')}\n  Debian/Ubuntu: sudo apt-get install ${missing.join(' ')}\n`);
    process.exit(1);
  }
  process.stdout.write(`Installing ${missing.join(', ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await must('apt-get update', 'apt-get', ['update', '-qq'], { quiet: true, env });
  await must('apt-get install', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { quiet: true, env });
}
