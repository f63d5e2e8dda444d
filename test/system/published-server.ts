import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@rollcall/testkit';
import { eventually, GiveUp, repository } from './rollcall.ts';

export interface PublishedServer {
  /** Of the npm package whose command is run. */
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  readonly env?: (port: number) => Record<string, string>;
  readonly path: string;
  /** Some answer only to the name they are bound to. */
  readonly host?: 'localhost' | '127.0.0.1';
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The script behind the command of an installed package. */
export function commandOf(name: string): string {
  const folder = join(repository, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : Object.values(bin)[0];
  if (script === undefined) throw new Error(`${name} has no command`);
  return join(folder, script);
}

/** Starts a server as its users do, in a process group of its own, and waits until it accepts connections. */
export async function startPublished({ command, args, env, path, host = '127.0.0.1' }: PublishedServer): Promise<RunningServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [commandOf(command), ...args(port)], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/tmp', ...env?.(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = (output + chunk).slice(-4000)));
  try {
    await eventually(`${command} listens`, () => accepts(child, host, port, () => output), 60_000);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { url: `http://${host}:${port}${path}`, stop: () => stop(child) };
}

async function accepts(child: ChildProcess, host: string, port: number, output: () => string): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) throw new GiveUp(`it ended: ${output()}`);
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}
