import type { Endpoint } from '@rollcall/contracts';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { rowCounts, startApi, type TestApi } from '../harness.ts';

export const good = { name: 'Weather', url: 'https://mcp.example.com/mcp' };
export const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

interface Untouched {
  readonly api: TestApi;
  /** Of an endpoint that is there before. */
  readonly endpointId: string;
}

/** One api for the file, handed to `give`; answers with what holds that nothing was written since the test began. */
export function startUntouched(give: (started: Untouched) => void): () => Promise<void> {
  let api: TestApi;
  let before: Record<string, number>;
  let stored: string;
  const snapshot = async () => JSON.stringify([await api.db.endpoint.findMany(), await api.db.endpointSchedule.findMany()]);
  beforeAll(async () => {
    api = await startApi();
    const made = await api.call('POST', '/api/v1/endpoints', { body: { name: 'Kept', url: 'https://kept.example/mcp' } });
    give({ api, endpointId: made.json<Endpoint>().id });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    before = await rowCounts(api.db);
    stored = await snapshot();
  });
  return async () => {
    expect(await rowCounts(api.db)).toEqual(before);
    expect(await snapshot()).toBe(stored);
  };
}
