import { eachOf, readArguments } from './kit/arguments.ts';
import { fixesProved } from './kit/bench.ts';
import { type Result, runScenario } from './kit/run.ts';
import type { Scenario } from './kit/types.ts';
import { scenarios } from './scenarios/index.ts';

/**
 * Runs scenarios and says of each whether it showed exactly its cause, and whether only at its second run (`--json`: one line of JSON each, then one with the fixes that the
 * twins proved). Arguments: parts of scenario names; all by default. The test runs it inside the network namespace of `namespace.ts`.
 */
const { json, concurrency, options, isAsked } = readArguments();
const asked = scenarios.filter(isAsked);
const chosen = asked.filter(({ publicAddress }) => publicAddress !== true || options.publicV4 !== null);
if (chosen.length < asked.length) process.stderr.write(`${asked.length - chosen.length} need a public address: run isolated.ts for them\n`);

const print = (line: Result | { proved: string[] }): void => {
  if (json) process.stdout.write(`${JSON.stringify(line)}\n`);
  else if ('proved' in line) process.stdout.write(`\n${line.proved.length} printed fixes proved\n`);
  else {
    const { name, problems, fault, twin, ms, firstRun } = line;
    process.stdout.write(`${problems.length === 0 ? '✔' : '✘'} ${name}  ${ms} ms${firstRun === undefined ? '' : '  (second run)'}\n`);
    for (const problem of firstRun ?? []) process.stdout.write(`    first run: ${problem}\n`);
    for (const problem of problems) process.stdout.write(`    ${problem}\n`);
    if (problems.length > 0) process.stdout.write(`    fault ${JSON.stringify(brief(fault))}\n    twin  ${JSON.stringify(brief(twin))}\n`);
  }
};
const brief = (seen: Result['fault']) => ('error' in seen ? seen : { verdict: seen.verdict, codes: seen.codes });
// Some scenarios measure time, and a busy machine spoils that: what went wrong among the others is run once more by itself.
const again: { scenario: Scenario; firstRun: readonly string[] }[] = [];
await eachOf(chosen, concurrency, async (scenario) => {
  const result = await runScenario(scenario, options);
  if (result.problems.length === 0) print(result);
  else again.push({ scenario, firstRun: result.problems });
});
for (const { scenario, firstRun } of again) print({ ...(await runScenario(scenario, options)), firstRun });
print({ proved: [...fixesProved()] });
process.exit(0);
