import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ProbeTarget } from '@rollcall/probe';

/** The local server of the benchmarks (target.ts) as a process of its own, so that its CPU is nobody else's. */
export async function startTarget(): Promise<{ url: string; stop(): void }> {
  const child = fork(join(import.meta.dirname, 'target.ts'), { execArgv: ['--import', 'tsx'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the benchmark's target ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}/mcp`, stop: () => child.disconnect() };
}

/** How an installation probes it once it knows what it speaks. */
export function settingsFor(url: string): ProbeTarget {
  return {
    url,
    transport: 'streamable-http',
    era: 'legacy',
    headers: {},
    auth: { type: 'none' },
    timeoutMs: 30_000,
    deep: false,
    region: 'default',
    hint: { transport: 'streamable-http', era: 'legacy', protocolVersion: '2025-11-25' },
    expect: {},
    baseline: null,
  };
}
