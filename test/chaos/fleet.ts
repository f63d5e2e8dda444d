import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FleetTimeline } from './fleet.main.ts';

export interface Fleet {
  /** Of the n-th endpoint; those of one group share a host, the others have a loopback address of their own. */
  urlOf(n: number, group: number | null): string;
  play(timeline: FleetTimeline): Promise<void>;
  stop(): void;
  readonly pid: number;
}

function hostOf(n: number, group: number | null): string {
  return group === null ? `127.${1 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}` : `127.200.${group}.1`;
}

/** The endpoints as a process of their own, so that their work does not hold up the judge's clock. */
export async function startFleet(): Promise<Fleet> {
  const child = fork(join(import.meta.dirname, 'fleet.main.ts'), { execArgv: ['--import', 'tsx'] });
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return {
    urlOf: (n, group) => `http://${hostOf(n, group)}:${message.port}/${n}/mcp`,
    async play(timeline) {
      const heard = once(child, 'message');
      child.send(timeline);
      await heard;
    },
    stop: () => child.disconnect(),
    pid: child.pid as number,
  };
}
