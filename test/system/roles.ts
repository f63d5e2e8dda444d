import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from './rollcall.ts';

export interface RoleProcess {
  readonly child: ChildProcess;
  readonly log: () => string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** One role from this checkout's build as a process of its own, as a machine of a distributed installation runs it. Does not wait for it. */
export function spawnRole(app: 'api' | 'web' | 'worker', env: Record<string, string>): RoleProcess {
  const child = spawn(process.execPath, [join(repository, 'apps', app, app === 'web' ? 'server.mjs' : 'dist/main.js')], {
    cwd: repository,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/tmp', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return {
    child,
    log: () => log,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** As systemd has it, where nothing else is said. */
const READY_WITHIN_MS = 90_000;

/** The same, ready; ended when it is not within `withinMs`. */
export async function startRole(
  app: 'api' | 'web' | 'worker',
  env: Record<string, string>,
  withinMs = READY_WITHIN_MS,
): Promise<RoleProcess> {
  const started = spawnRole(app, env);
  let late: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    late = setTimeout(() => {
      started.child.kill('SIGKILL');
      reject(new Error(`${app} was not ready within ${withinMs / 1000} s:\n${started.log()}`));
    }, withinMs);
    started.child.on('message', (message) => {
      if ((message as { type?: string }).type === 'ready') resolve();
    });
    started.child.once('exit', (code) => reject(new Error(`${app} ended with ${code}:\n${started.log()}`)));
  }).finally(() => clearTimeout(late));
  return started;
}
