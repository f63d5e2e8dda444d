import { eachOf, readArguments } from './kit/arguments.ts';
import { compareClients, type ParityRow, withoutParity } from './kit/parity.ts';
import { nameOf } from './kit/run.ts';
import { scenarios } from './scenarios/index.ts';

/**
 * Runs the real SDK clients against every fault and every twin and compares what they did with what the probe said of them.
 * `--json`: one line of JSON for each client and setting. Arguments: parts of scenario names; all by default.
 */
const { json, concurrency, options, isAsked, share } = readArguments();
const settings = scenarios
  .filter((scenario) => withoutParity(scenario) === null)
  .filter(isAsked)
  .flatMap((scenario) => [
    { scenario, side: 'fault' as const },
    { scenario, side: 'twin' as const },
  ]);
const counts = { agree: 0, disagree: 0, not_comparable: 0, error: 0 };

function print(row: ParityRow): void {
  counts[row.parity] += 1;
  if (json) process.stdout.write(`${JSON.stringify(row)}\n`);
  else if (row.parity === 'disagree' || row.parity === 'error')
    process.stdout.write(`✘ ${row.name}, ${row.side}, ${row.client}\n    said ${row.predicted}\n    did  ${row.did}\n`);
}

// The SDK's own faults must not end the run: what a client throws after its end is no result.
process.on('unhandledRejection', () => {});
await eachOf(share(settings), concurrency, async ({ scenario, side }) => {
  const rows = await compareClients(scenario, side, options).catch((error: unknown): ParityRow[] => [
    {
      name: nameOf(scenario),
      side,
      client: '-',
      predicted: '-',
      did: error instanceof Error ? error.message : String(error),
      parity: 'error',
    },
  ]);
  for (const row of rows) print(row);
});
if (!json) process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(0);
