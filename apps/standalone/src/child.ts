import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { stat, truncate } from 'node:fs/promises';

export interface ChildSpec {
  readonly name: string;
  /** JavaScript file that sends {type:'ready'} over IPC once it serves. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly readyWithinMs: number;
  /** How long it may drain after SIGTERM before SIGKILL. */
  readonly stopWithinMs: number;
}

export interface Child {
  readonly name: string;
  pid(): number | undefined;
  /** Resolves when it is ready the first time; rejects with the end of its log when it ends before that. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

export interface ChildEvents {
  readonly onRestart: (name: string, code: number | null, signal: string | null) => void;
  readonly onPidChange: () => void;
  /** It ended because starting again is no use (sysexits.h EX_CONFIG); `said`: the end of its log. */
  readonly onGiveUp: (name: string, said: string) => void;
}

const EXIT_CONFIG = 78;

const MAX_LOG_BYTES = 50 * 1024 * 1024;
const TAIL_BYTES = 4000;

async function openLog(file: string): Promise<WriteStream> {
  const size = await stat(file).then(
    (s) => s.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await truncate(file);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}

/** How long to wait before the n-th restart in a row: 0.2 s, doubling to 10 s. */
export function restartDelayMs(restartsInARow: number): number {
  return Math.min(10_000, 200 * 2 ** Math.min(restartsInARow, 10));
}

/** Starts a role as a process of its own and keeps it running until stopped. It ends with us: its IPC channel closes. */
export async function superviseChild(spec: ChildSpec, events: ChildEvents): Promise<Child> {
  const log = await openLog(spec.logFile);
  let current: ChildProcess | undefined;
  let stopping = false;
  let restarts = 0;
  let timer: NodeJS.Timeout | undefined;
  let wasReady = false;
  let tail = '';
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const deadline = setTimeout(
    () => settle?.reject(new Error(`${spec.name} was not ready within ${spec.readyWithinMs / 1000} s; see ${spec.logFile}`)),
    spec.readyWithinMs,
  );

  const keep = (chunk: Buffer) => {
    log.write(chunk);
    tail = (tail + chunk.toString()).slice(-TAIL_BYTES);
  };
  const start = () => {
    const startedAt = Date.now();
    // A process group of its own: Ctrl-C in the terminal reaches only us, and we stop the roles in order.
    const child = fork(spec.file, [], { env: spec.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
    current = child;
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => keep(Buffer.from(`${error.stack}\n`)));
    child.on('message', (message) => {
      if ((message as { type?: unknown } | null)?.type !== 'ready') return;
      clearTimeout(deadline);
      wasReady = true;
      settle?.resolve();
    });
    child.once('exit', (code, signal) => {
      if (stopping) return;
      if (!wasReady) {
        clearTimeout(deadline);
        settle?.reject(new Error(`${spec.name} ended (${signal ?? `exit ${code}`}) before it was ready:\n${tail.trim()}`));
        return;
      }
      if (code === EXIT_CONFIG) {
        events.onGiveUp(spec.name, tail.trim());
        return;
      }
      restarts = Date.now() - startedAt > 60_000 ? 0 : restarts + 1;
      events.onRestart(spec.name, code, signal);
      timer = setTimeout(start, restartDelayMs(restarts));
    });
    events.onPidChange();
  };
  start();

  return {
    name: spec.name,
    pid: () => current?.pid,
    ready,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      clearTimeout(deadline);
      const child = current;
      if (child && child.exitCode === null && child.signalCode === null) {
        const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
        child.kill('SIGTERM');
        const force = setTimeout(() => child.kill('SIGKILL'), spec.stopWithinMs);
        await gone;
        clearTimeout(force);
      }
      await new Promise<void>((resolve) => log.end(resolve));
    },
  };
}
