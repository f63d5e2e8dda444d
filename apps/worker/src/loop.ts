import type { Logger } from 'pino';

/** Runs `work` again and again, never twice at once, `everyMs` after it ended; ends when stopped. A fault is logged and does not end it. */
export interface Loop {
  /** Resolves when the run in progress is over. */
  stop(): Promise<void>;
  /** When `work` last ended well; null before. */
  lastRunAt(): Date | null;
}

export interface LoopOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly log: Pick<Logger, 'error'>;
}

/** `work` answers true when there is more to do at once. */
export function startLoop(options: LoopOptions, work: () => Promise<boolean | undefined>): Loop {
  let stopping = false;
  let wake: () => void = () => undefined;
  let last: Date | null = null;
  const running = (async () => {
    while (!stopping) {
      let more: boolean | undefined = false;
      try {
        more = await work();
        last = new Date();
      } catch (error) {
        options.log.error({ loop: options.name, err: error }, 'loop.fault');
      }
      if (stopping || more) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake();
      await running;
    },
    lastRunAt: () => last,
  };
}
