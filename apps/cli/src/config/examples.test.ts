import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bulkCreateSchema, configFileJsonSchema, configFileSchema, createEndpointSchema } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import { parseYaml } from './yaml-file.ts';

const docs = join(dirname(fileURLToPath(import.meta.url)), '../../../../docs');
const read = (name: string) => readFileSync(join(docs, name), 'utf8');
const env = { SEARCH_TOKEN: 't', ORDERS_KEY: 'k', ON_CALL_URL: 'https://hook.example/in' };

describe('the examples of the documentation', () => {
  it('are files that are taken', () => {
    const { value } = parseYaml('rollcall.yaml', read('examples/rollcall.yaml'), { env, keepUnset: false });
    expect(configFileSchema.parse(value)).toMatchObject({ name: 'shop', endpoints: { orders: { headers: { 'X-Api-Key': 'k' } } } });
    const page = /```yaml\n([\s\S]*?)```/.exec(read('configuration-as-code.md'))?.[1] ?? '';
    expect(Object.keys(configFileSchema.parse(parseYaml('page', page, { env, keepUnset: false }).value).channels)).toEqual([
      'on-call',
      'team',
    ]);
    const bulk = bulkCreateSchema.parse(JSON.parse(read('examples/endpoints.json')));
    for (const endpoint of bulk.endpoints) createEndpointSchema.parse(endpoint);
  });

  it('come with the schema that checks them', () => {
    expect(JSON.parse(read('rollcall.schema.json'))).toEqual(configFileJsonSchema());
  });
});
