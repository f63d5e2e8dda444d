import { parseArgs } from 'node:util';
import type { BenchOptions } from './bench.ts';
import { nameOf } from './run.ts';
import type { Scenario } from './types.ts';

/** What run.ts and run-parity.ts are told: parts of scenario names (all by default), how many at once, and what the namespace offers. */
export function readArguments(): { json: boolean; concurrency: number; options: BenchOptions; isAsked(scenario: Scenario): boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      concurrency: { type: 'string', default: '6' },
      json: { type: 'boolean', default: false },
      'public-v4': { type: 'string' },
      'public-v6': { type: 'string' },
    },
  });
  return {
    json: values.json,
    concurrency: Number(values.concurrency),
    options: {
      lowPorts: values['public-v4'] !== undefined || process.getuid?.() === 0,
      publicV4: values['public-v4'] ?? null,
      publicV6: values['public-v6'] ?? null,
    },
    isAsked: (scenario) => positionals.length === 0 || positionals.some((part) => nameOf(scenario).includes(part)),
  };
}

/** Works through a list, so many at once. */
export async function eachOf<T>(items: readonly T[], concurrency: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
    }),
  );
}
