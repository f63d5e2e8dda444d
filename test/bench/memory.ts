import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Sample } from './slope.ts';

/** Where memory of a process is, in MB after a full collection. `heap`: JavaScript; `external`: what V8 counts beside it, buffers included. */
export const PARTS = ['heap', 'external', 'buffers', 'rss'] as const;
export type Memory = Readonly<Record<(typeof PARTS)[number], number>>;

/** For the environment of a role that is to be asked. */
export const MEMORY_OPTIONS = `--import ${pathToFileURL(join(import.meta.dirname, 'memory.mjs')).href}`;
const ANSWER_MS = 20_000;
const MB = 1024 * 1024;

/** Has the process collect its garbage and say what is left. */
export function memoryOf(child: ChildProcess): Promise<Memory> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.off('message', take);
      reject(new Error('the process does not say what its memory is'));
    }, ANSWER_MS);
    const take = (message: unknown) => {
      const said = message as { type?: string } & NodeJS.MemoryUsage;
      if (said.type !== 'memory') return;
      clearTimeout(late);
      child.off('message', take);
      resolve({ heap: said.heapUsed / MB, external: said.external / MB, buffers: said.arrayBuffers / MB, rss: said.rss / MB });
    };
    child.on('message', take);
    child.send({ type: 'memory' });
  });
}

/** Caches are full and code is compiled: over the last `spanSeconds` the second half is not above the first by more than a hundredth. Pure. */
export function hasSettled(samples: readonly Sample[], spanSeconds: number): boolean {
  const last = samples.at(-1)?.at ?? 0;
  const first = samples[0]?.at ?? 0;
  if (last - first < spanSeconds) return false;
  const lowest = (from: number, to: number) => Math.min(...samples.filter(({ at }) => at > from && at <= to).map(({ mb }) => mb));
  const [before, after] = [lowest(last - spanSeconds, last - spanSeconds / 2), lowest(last - spanSeconds / 2, last)];
  return after <= before * 1.01;
}
