import { inNamespace } from './kit/namespace.ts';

/** `node --import tsx test/lab/isolated.ts [parts of names]`: run.ts inside the lab's own network namespace, for people. */
const lines = await inNamespace('test/lab/run.ts', process.argv.slice(2), 900_000);
process.stdout.write(`${lines.join('\n')}\n`);
