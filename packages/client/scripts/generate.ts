import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../../../apps/api/src/openapi-document.ts';
import type { JsonObject } from './name-schemas.ts';
import { NAMES } from './names.ts';
import { printContract } from './print-contract.ts';

/** Writes the types of the HTTP API. `--check` writes nothing and exits 1 when they are stale. */
const name = 'packages/client/src/generated/contract.ts';
const path = fileURLToPath(new URL('../src/generated/contract.ts', import.meta.url));
const wanted = await printContract((await openApiDocument()) as JsonObject, NAMES);
const present = await readFile(path, 'utf8').catch(() => '');

if (present === wanted) console.log(`${name} is up to date`);
else if (process.argv.includes('--check')) {
  console.error(`${name} is stale: the API's schemas have changed. Run npm run generate`);
  process.exitCode = 1;
} else {
  await writeFile(path, wanted);
  console.log(`${name}: written`);
}
