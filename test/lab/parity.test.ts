import { beforeAll, describe, expect, it } from 'vitest';
import { inNamespace } from './kit/namespace.ts';
import { type ParityRow, withoutParity } from './kit/parity.ts';
import { nameOf } from './kit/run.ts';
import { scenarios } from './scenarios/index.ts';

let rows: ParityRow[];
beforeAll(async () => {
  // One process for each core: clients and servers live in it together.
  const parts = await Promise.all(
    ['1/2', '2/2'].map((part) => inNamespace('test/lab/run-parity.ts', ['--json', '--concurrency', '24', '--part', part], 900_000)),
  );
  rows = parts.flat().map((line) => JSON.parse(line) as ParityRow);
}, 900_000);

describe('the real SDK clients do what the client verdict says', () => {
  it('over every fault and every twin of the lab', () => {
    const wrong = rows.filter(({ parity }) => parity === 'disagree' || parity === 'error');
    expect(wrong.map(({ name, side, client, predicted, did }) => `${name}, ${side}, ${client}: said ${predicted}, did ${did}`)).toEqual([]);
    const compared = new Set(rows.map(({ name }) => name));
    const expected = scenarios.filter((scenario) => withoutParity(scenario) === null).map(nameOf);
    expect(expected.filter((name) => !compared.has(name))).toEqual([]);
  });

  it('and says so of nearly all: unknown is no way out', () => {
    const agreed = rows.filter(({ parity }) => parity === 'agree').length;
    process.stdout.write(`\nparity: ${agreed} of ${rows.length} verdicts on SDK clients compared and right\n`);
    expect(agreed / rows.length).toBeGreaterThan(0.85);
  });
});
