import { parseArgs } from 'node:util';
import type { BenchOptions } from './bench.ts';
import { nameOf } from './run.ts';
import type { Scenario } from './types.ts';

interface Arguments {
  readonly json: boolean;
  readonly concurrency: number;
  readonly options: BenchOptions;
  isAsked(scenario: Scenario): boolean;
  /** Of a list that several processes share, what falls to this one. */
  share<T>(items: readonly T[]): T[];
}

/**
 * What run.ts and run-parity.ts are told: parts of scenario names (all by default), how many at once, what the namespace offers, and
 * with `--part 2/3` that two other processes run the rest.
 */
export function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      concurrency: { type: 'string', default: '6' },
      json: { type: 'boolean', default: false },
      part: { type: 'string', default: '1/1' },
      'public-v4': { type: 'string' },
      'public-v6': { type: 'string' },
    },
  });
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  return {
    json: values.json,
    concurrency: Number(values.concurrency),
    options: {
      lowPorts: values['public-v4'] !== undefined || process.getuid?.() === 0,
      publicV4: values['public-v4'] ?? null,
      publicV6: values['public-v6'] ?? null,
    },
    isAsked: (scenario) => positionals.length === 0 || positionals.some((text) => nameOf(scenario).includes(text)),
    share: (items) => items.filter((_item, index) => index % parts === part - 1),
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
