import { parseArgs } from 'node:util';
import type { BenchOptions } from './kit/bench.ts';
import { fixesProved } from './kit/bench.ts';
import { nameOf, type Result, runScenario } from './kit/run.ts';
import type { Scenario } from './kit/types.ts';
import { scenarios } from './scenarios/index.ts';

/**
 * Runs scenarios and says of each whether it showed exactly its cause (`--json`: one line of JSON each, then one with the fixes that the
 * twins proved). Arguments: parts of scenario names; all by default. The test runs it inside the network namespace of `namespace.ts`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    concurrency: { type: 'string', default: '6' },
    json: { type: 'boolean', default: false },
    'public-v4': { type: 'string' },
    'public-v6': { type: 'string' },
  },
});
const options: BenchOptions = {
  lowPorts: values['public-v4'] !== undefined || process.getuid?.() === 0,
  publicV4: values['public-v4'] ?? null,
  publicV6: values['public-v6'] ?? null,
};
const asked = scenarios.filter((scenario) => positionals.length === 0 || positionals.some((part) => nameOf(scenario).includes(part)));
const chosen = asked.filter(({ publicAddress }) => publicAddress !== true || options.publicV4 !== null);
if (chosen.length < asked.length) process.stderr.write(`${asked.length - chosen.length} need a public address: run isolated.ts for them\n`);
const waiting = [...chosen];
const print = (line: Result | { proved: string[] }): void => {
  if (values.json) process.stdout.write(`${JSON.stringify(line)}\n`);
  else if ('proved' in line) process.stdout.write(`\n${line.proved.length} printed fixes proved\n`);
  else {
    const { name, problems, fault, twin, ms } = line;
    process.stdout.write(`${problems.length === 0 ? '✔' : '✘'} ${name}  ${ms} ms\n`);
    for (const problem of problems) process.stdout.write(`    ${problem}\n`);
    if (problems.length > 0) process.stdout.write(`    fault ${JSON.stringify(brief(fault))}\n    twin  ${JSON.stringify(brief(twin))}\n`);
  }
};
const brief = (seen: Result['fault']) => ('error' in seen ? seen : { verdict: seen.verdict, codes: seen.codes });
// Some scenarios measure time, and a busy machine spoils that: what went wrong among the others is run once more by itself.
const again: Scenario[] = [];
await Promise.all(
  Array.from({ length: Number(values.concurrency) }, async () => {
    for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
      const result = await runScenario(scenario, options);
      if (result.problems.length === 0) print(result);
      else again.push(scenario);
    }
  }),
);
for (const scenario of again) print(await runScenario(scenario, options));
print({ proved: [...fixesProved()] });
process.exit(0);
