import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '../..');

/** Ends the waiting at once: what was waited for can no longer come. */
export class GiveUp extends Error {}

/** Asks again until the answer is there. Bounded; the error says what was waited for and what was seen last. */
export async function eventually<T>(what: string, ask: () => Promise<T | null | undefined | false>, timeoutMs = 90_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      if (error instanceof GiveUp) throw error;
      last = error;
    }
    if (Date.now() > until)
      throw new Error(`${what}: not within ${timeoutMs / 1000} s; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The working tree as a newcomer gets it: what git tracks or would track, in an empty folder, without node_modules. */
export function cloneWorkingTree(): string {
  const target = mkdtempSync(join(tmpdir(), 'rollcall-clone-'));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    try {
      cpSync(join(repository, file), join(target, file));
    } catch (error) {
      // Listed as tracked and deleted in the work tree: a clone would not have it either.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return target;
}

export interface Started {
  readonly baseUrl: string;
  readonly process: ChildProcess;
  readonly output: () => string;
  /** SIGTERM to npm, as a service manager does it; resolves when it is gone. */
  stop(): Promise<void>;
  /** Ctrl-C: SIGINT to npm and to what it started, at once, as a terminal does it. */
  interrupt(): Promise<void>;
  /** SIGKILL to npm and everything it started that has not left its group. */
  kill(): void;
}

/** `npm start` in `cwd`. The environment is what is given plus PATH and HOME: nothing of this test run leaks in. */
export function npmStart(cwd: string, env: Record<string, string>, port: number): Started {
  const child = spawn('npm', ['start'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/tmp', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const gone = once(child, 'exit');
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
    async interrupt() {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      await gone;
    },
    kill() {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    },
  };
}

/** Waits for `/readyz`; fails at once, with its output, when the start has ended. */
export async function untilReady(started: Started, timeoutMs: number): Promise<void> {
  await eventually(
    `${started.baseUrl}/readyz`,
    async () => {
      if (started.process.exitCode !== null) throw new GiveUp(`npm start ended with ${started.process.exitCode}:\n${started.output()}`);
      const answer = await fetch(`${started.baseUrl}/readyz`).catch(() => null);
      return answer?.ok;
    },
    timeoutMs,
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${started.output()}`);
  });
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
}

export function readCredentials(dataDir: string): Credentials {
  return JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8'));
}

/** A client of the HTTP API as a script would write it. The answer is taken for a `T` of the contract. */
export function apiClient(baseUrl: string, apiKey: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> => {
    const answer = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as T };
  };
  const must = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    call,
    get: <T>(path: string) => must<T>('GET', path),
    post: <T>(path: string, body: unknown) => must<T>('POST', path, body),
    patch: <T>(path: string, body: unknown) => must<T>('PATCH', path, body),
    del: (path: string) => must<null>('DELETE', path),
  };
}
export type ApiClient = ReturnType<typeof apiClient>;

export interface Everything {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** The published reference server in one of its HTTP modes. */
export async function startEverything(mode: 'streamableHttp' | 'sse', port: number): Promise<Everything> {
  const entry = join(repository, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
  const child = spawn(process.execPath, [entry, mode], { env: { PATH: process.env['PATH'] ?? '', PORT: String(port) }, stdio: 'ignore' });
  const gone = once(child, 'exit');
  const url = `http://127.0.0.1:${port}${mode === 'sse' ? '/sse' : '/mcp'}`;
  await eventually(`server-everything ${mode}`, async () => {
    const controller = new AbortController();
    const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: controller.signal });
    controller.abort();
    return answer.status > 0;
  });
  return {
    url,
    port,
    async stop() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5 });
}
