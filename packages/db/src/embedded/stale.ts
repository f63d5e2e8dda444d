import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether that process is a PostgreSQL that works in this directory. Where /proc is missing we believe the file. */
async function servesDirectory(pid: number, dataDir: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(dataDir));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? process.platform !== 'linux' && alive(pid) : false;
  }
}

/**
 * Cleans up after a start that was killed: a PostgreSQL left running on this directory is stopped (fast shutdown,
 * SIGINT; after the deadline SIGQUIT, from which it recovers by its log), and a postmaster.pid whose process is gone
 * or is somebody else's by now is removed.
 */
export async function clearStalePostmaster(dataDir: string, deadlineMs = 30_000): Promise<'none' | 'stopped' | 'removed'> {
  const file = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return 'none';
  if (!alive(pid) || !(await servesDirectory(pid, dataDir))) {
    await rm(file, { force: true });
    return 'removed';
  }
  const until = Date.now() + deadlineMs;
  process.kill(pid, 'SIGINT');
  let forced = false;
  while (alive(pid)) {
    if (Date.now() > until && !forced) {
      forced = true;
      process.kill(pid, 'SIGQUIT');
    }
    if (Date.now() > until + 10_000)
      throw new Error(`PostgreSQL (process ${pid}) still runs on ${dataDir} and does not stop; stop it and start again`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 'stopped';
}
