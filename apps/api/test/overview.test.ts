import type { Endpoint, Overview } from '@rollcall/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';
import { toolChange } from './tool-change.ts';

const DAY_MS = 86_400_000;
let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function register(name: string): Promise<Endpoint> {
  return (await api.call('POST', '/api/v1/endpoints', { body: { name, url: `https://${name}.example/mcp` } })).json<Endpoint>();
}

async function certificateUntil(endpointId: string, days: number): Promise<void> {
  const notAfter = new Date(Date.now() + days * DAY_MS + 3_600_000).toISOString();
  const certificate = { subject: 'x', issuer: 'y', sha256: 'z', notBefore: new Date(0).toISOString(), notAfter };
  await api.db.endpointState.update({ where: { endpointId }, data: { summary: { certificate } } });
}

const overview = async (key?: string) => (await api.call('GET', '/api/v1/overview', key === undefined ? {} : { key })).json<Overview>();

describe('GET /overview', () => {
  it('names certificates that end within 30 days or have ended, soonest first', async () => {
    for (const [name, days] of [
      ['long', 80],
      ['soon', 20],
      ['ended', -3],
      ['tomorrow', 1],
    ] as const)
      await certificateUntil((await register(name)).id, days);
    expect((await overview()).certificates.map(({ endpoint, daysLeft }) => [endpoint.name, daysLeft])).toEqual([
      ['ended', -3],
      ['tomorrow', 1],
      ['soon', 20],
    ]);
    expect((await overview(api.theirs.keys.read)).certificates).toEqual([]);
  });

  it('names changes of tools until somebody accepts them', async () => {
    const { id } = await register('drifting');
    const changeId = await toolChange(api.db, id, api.ours.id);
    expect((await overview()).toolChanges).toMatchObject([
      { id: changeId, class: 'breaking', summary: 'Breaking: 1 tool removed', endpoint: { id } },
    ]);
    expect((await overview(api.theirs.keys.read)).toolChanges).toEqual([]);
    await api.db.toolChange.update({ where: { id: changeId }, data: { acknowledgedAt: new Date(), acknowledgedBy: 'x' } });
    expect((await overview()).toolChanges).toEqual([]);
  });
});
