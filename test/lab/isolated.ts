import { inNamespace } from './kit/namespace.ts';

/** `node --import tsx test/lab/isolated.ts [--parity] [parts of names]`: run.ts, or run-parity.ts, inside the lab's own network namespace. */
const args = process.argv.slice(2);
const script = args.includes('--parity') ? 'test/lab/run-parity.ts' : 'test/lab/run.ts';
const lines = await inNamespace(
  script,
  args.filter((arg) => arg !== '--parity'),
  900_000,
);
process.stdout.write(`${lines.join('\n')}\n`);
