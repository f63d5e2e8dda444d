import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configFileJsonSchema } from '../packages/contracts/src/config-file.ts';

/** Writes docs/rollcall.schema.json, which editors read. `--check` writes nothing and exits 1 when it is stale. */
const path = fileURLToPath(new URL('../docs/rollcall.schema.json', import.meta.url));
const wanted = `${JSON.stringify(configFileJsonSchema(), null, 2)}\n`;
const present = await readFile(path, 'utf8').catch(() => '');

if (present === wanted) console.log('docs/rollcall.schema.json is up to date');
else if (process.argv.includes('--check')) {
  console.error('docs/rollcall.schema.json is stale. Run node --import tsx scripts/generate-config-schema.ts');
  process.exitCode = 1;
} else {
  await writeFile(path, wanted);
  console.log('docs/rollcall.schema.json: written');
}
