import { once } from 'node:events';
import { type RoleProcess, startRole } from '../system/roles.ts';

export interface Place {
  readonly role: string;
  readonly name: string;
  /** Starts it, as a service manager does: until it is there. */
  up(): Promise<void>;
  /** SIGKILL. False: there was nobody to kill. */
  kill(): Promise<boolean>;
  /** SIGKILL for good. */
  end(): Promise<void>;
  readonly running: () => boolean;
}

export interface PlaceEvents {
  /** It ended without our doing after it had been ready. */
  readonly onCrash: (name: string, log: string) => void;
  readonly onReady: () => void;
  readonly onGone: () => void;
  /** It ended before it was ready; it is started again. */
  readonly onFailedStart: (name: string, log: string) => void;
}

const RESTART_MS = 500;

/** One process of a role and its successors. */
export function createPlace(
  of: { readonly role: string; readonly name: string; readonly app: 'api' | 'worker'; readonly env: Record<string, string> },
  events: PlaceEvents,
): Place {
  let current: RoleProcess | null = null;
  let starting: Promise<void> | null = null;
  let ended = false;

  async function start(): Promise<void> {
    while (!ended && current === null) {
      try {
        const started = await startRole(of.app, of.env);
        current = started;
        events.onReady();
        started.child.once('exit', () => {
          if (current !== started) return;
          current = null;
          events.onGone();
          events.onCrash(of.name, started.log());
          void up();
        });
      } catch (error) {
        events.onFailedStart(of.name, (error as Error).message);
        await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
      }
    }
  }

  function up(): Promise<void> {
    starting ??= start().finally(() => {
      starting = null;
    });
    return starting;
  }

  async function kill(): Promise<boolean> {
    const process = current;
    if (process === null) return false;
    current = null;
    events.onGone();
    if (process.child.exitCode === null && process.child.signalCode === null) {
      const gone = once(process.child, 'exit');
      process.child.kill('SIGKILL');
      await gone;
    }
    return true;
  }

  return {
    role: of.role,
    name: of.name,
    up,
    kill,
    running: () => current !== null,
    async end() {
      ended = true;
      await starting;
      await kill();
    },
  };
}
