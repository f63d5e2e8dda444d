import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CLIENT_CONFIG_FORMATS } from './index.ts';

const here = dirname(fileURLToPath(import.meta.url));
const page = readFileSync(join(here, '../../../../docs/import.md'), 'utf8');

it('names every finding and every format in docs/import.md', () => {
  const sources = readdirSync(here)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(here, name), 'utf8'))
    .join('\n');
  const codes = [...sources.matchAll(/\.add\(\s*'(?:error|warning|notice)',\s*'([\w.]+)'/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(25);
  for (const code of [...codes, 'json.comment', 'json.trailing_comma', 'json.byte_order_mark', ...CLIENT_CONFIG_FORMATS]) {
    expect(page, code).toContain(`\`${code}\``);
  }
});
