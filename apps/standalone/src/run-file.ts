import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Who works on a data directory: `running.json`. Stale after a SIGKILL, which is why pids are never believed alone. */
const runSchema = z.object({ pid: z.number().int(), children: z.array(z.number().int()), startedAt: z.string() });

export class AlreadyRunningError extends Error {}

/** Whether that process exists and is one of ours: on Linux its command line must name this checkout. */
async function isOurs(pid: number, root: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (commandLine === null) return process.platform !== 'linux';
  return commandLine.includes(root) || commandLine.includes('scripts/start.mjs');
}

async function waitGone(pids: readonly number[], root: string, waitMs: number): Promise<boolean> {
  const until = Date.now() + waitMs;
  for (;;) {
    const left = await Promise.all(pids.map((pid) => isOurs(pid, root)));
    if (!left.includes(true)) return true;
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Claims the data directory. Refuses when another start works on it; ends what a killed start left behind.
 * @throws AlreadyRunningError
 */
export async function claimDataDir(dataDir: string, root: string): Promise<void> {
  const file = join(dataDir, 'running.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  const former = text === null ? null : runSchema.safeParse(parseJson(text));
  if (former?.success) {
    if (former.data.pid !== process.pid && (await isOurs(former.data.pid, root))) {
      throw new AlreadyRunningError(
        `Rollcall already runs on ${dataDir} (process ${former.data.pid}); stop it first, or set ROLLCALL_DATA_DIR and PORT for a second one`,
      );
    }
    if (!(await waitGone(former.data.children, root, 3000))) {
      for (const pid of former.data.children) if (await isOurs(pid, root)) process.kill(pid, 'SIGKILL');
      await waitGone(former.data.children, root, 5000);
    }
  }
  await writeRunFile(dataDir, []);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function writeRunFile(dataDir: string, children: readonly number[]): Promise<void> {
  await writeFile(join(dataDir, 'running.json'), JSON.stringify({ pid: process.pid, children, startedAt: new Date().toISOString() }));
}

export async function releaseDataDir(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'running.json'), { force: true });
}
