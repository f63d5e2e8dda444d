import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { readDocument } from './document.ts';
import { startApi } from './harness.ts';

it('is valid OpenAPI 3.1, says a validator that is not ours', async () => {
  const api = await startApi();
  const document = structuredClone(await readDocument(api)) as unknown as Record<string, unknown>;
  await api.close();
  const validator = new Validator();
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const broken = { ...document, paths: { '/x': { get: { responses: { ok: {} } } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});
