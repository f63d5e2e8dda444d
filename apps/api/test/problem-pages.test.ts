import { APP_ERROR_STATUS } from '@rollcall/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('the type of every problem leads to a page that explains it', async () => {
  const { type } = (await api.call('GET', '/api/v1/me', { key: null })).json<{ type: string }>();
  for (const path of [type, ...Object.keys(APP_ERROR_STATUS).map((code) => `/docs/problems/${code}`)]) {
    const answer = await api.call('GET', path, { key: null });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.body).toContain('What to do');
  }
  expect((await api.call('GET', '/docs/problems/nonsense', { key: null })).statusCode).toBe(404);
});
