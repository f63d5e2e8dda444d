import { catalogue } from '@rollcall/probe';
import { beforeAll, describe, expect, it } from 'vitest';
import { inNamespace } from './kit/namespace.ts';
import { nameOf, type Result } from './kit/run.ts';
import { UNPROVABLE_FIXES, WITHOUT_SCENARIO } from './not-in-the-lab.ts';
import { scenarios } from './scenarios/index.ts';

let results: Map<string, Result>;
let proved: ReadonlySet<string>;

beforeAll(async () => {
  const lines = (await inNamespace('test/lab/run.ts', ['--json'], 900_000)).map(
    (line) => JSON.parse(line) as Result | { proved: string[] },
  );
  results = new Map(lines.flatMap((line) => ('proved' in line ? [] : [[line.name, line]])));
  proved = new Set(lines.flatMap((line) => ('proved' in line ? line.proved : [])));
}, 900_000);

describe('the fault lab: every fault is reported as itself, and its healthy twin is not', () => {
  it.each(scenarios.map((scenario) => [nameOf(scenario)]))('%s', (name) => {
    const result = results.get(name);
    expect(result, 'the scenario ran').toBeDefined();
    expect(result?.problems).toEqual([]);
  });
});

describe('the lab as a whole', () => {
  it('has a scenario for every code of the catalogue, but for those that say why not', () => {
    const shown = new Set<string>(scenarios.map(({ code }) => code));
    expect(Object.keys(catalogue).filter((code) => !shown.has(code) && !(code in WITHOUT_SCENARIO))).toEqual([]);
    expect(Object.keys(WITHOUT_SCENARIO).filter((code) => shown.has(code) || !(code in catalogue))).toEqual([]);
  });

  it('names scenarios apart', () => {
    const names = scenarios.map(nameOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has a diagonal confusion table', () => {
    const rows = [...results.values()].filter(({ code, reported }) => code !== reported);
    const codes = new Set([...results.values()].map(({ code }) => code));
    process.stdout.write(`\n${results.size} scenarios of ${codes.size} causes; reported as something else: ${rows.length}\n`);
    for (const { name, reported } of rows) process.stdout.write(`  ${name} → ${reported}\n`);
    // No failure: some scenarios measure time, and a busy machine spoils that. One that stands here at every run is one to look at.
    const twice = [...results.values()].filter(({ firstRun }) => firstRun !== undefined);
    process.stdout.write(`${twice.length} needed their second run\n`);
    for (const { name, firstRun } of twice) process.stdout.write(`  ${name}: ${firstRun?.join('; ')}\n`);
    expect(rows.map(({ name, reported }) => `${name} → ${reported}`)).toEqual([]);
  });

  it('proves every line that the catalogue prints for nginx and Caddy with the real program, but for those that say why not', () => {
    const printed = Object.values(catalogue).flatMap(({ code, fixes }) =>
      fixes.flatMap((fix) =>
        (fix.for === 'nginx' || fix.for === 'caddy') && fix.snippet !== undefined ? [`${code} ${fix.for} ${fix.snippet}`] : [],
      ),
    );
    const excused = (line: string) => Object.keys(UNPROVABLE_FIXES).some((start) => line.startsWith(start));
    expect(printed.filter((line) => !proved.has(line) && !excused(line))).toEqual([]);
    expect(Object.keys(UNPROVABLE_FIXES).filter((start) => !printed.some((line) => line.startsWith(start) && !proved.has(line)))).toEqual(
      [],
    );
  });
});
