import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ config: { signIn: { github: { clientId: 'a', clientSecret: 'hidden' }, google: null, oidc: null } } });
});
afterAll(() => api.close());

it('the organization tells its name and how much of its plan it uses, without what is of others', async () => {
  await api.call('POST', '/api/v1/endpoints', { body: { name: 'Mine', url: 'https://mine.example/mcp' } });
  await api.call('POST', '/api/v1/endpoints', { key: api.theirs.keys.admin, body: { name: 'Theirs', url: 'https://t.example/mcp' } });
  const answer = await api.call('GET', '/api/v1/organization', { key: api.ours.keys.read });
  expect(answer.json()).toMatchObject({
    id: api.ours.id,
    name: 'ours',
    signup: 'invite',
    plan: 'standard',
    quotas: { endpoints: 100_000, channels: 1000, minIntervalSeconds: 10 },
    usage: { endpoints: 1, channels: 0, members: 4 },
  });
});

it('renaming is written down with before and after, and changes nobody else', async () => {
  const answer = await api.call('PATCH', '/api/v1/organization', { body: { name: 'Northwind', slug: 'northwind' } });
  expect(answer.json(), answer.body).toMatchObject({ name: 'Northwind', slug: 'northwind' });
  const theirs = await api.call('GET', '/api/v1/organization', { key: api.theirs.keys.read });
  expect(theirs.json()).toMatchObject({ name: 'theirs', slug: api.theirs.id });
  const log = await api.db.auditLog.findMany({ where: { action: 'organization.updated' } });
  expect(log).toMatchObject([
    { organizationId: api.ours.id, before: { name: 'ours', slug: api.ours.id }, after: { name: 'Northwind', slug: 'northwind' } },
  ]);
  await api.call('PATCH', '/api/v1/organization', { body: { name: 'Northwind' } });
  expect(await api.db.auditLog.count({ where: { action: 'organization.updated' } })).toBe(1);
});

it('a slug that another organization has is refused, naming it', async () => {
  await api.call('PATCH', '/api/v1/organization', { body: { slug: 'taken' } });
  const answer = await api.call('PATCH', '/api/v1/organization', { key: api.theirs.keys.admin, body: { name: 'New', slug: 'taken' } });
  expect(answer.statusCode).toBe(409);
  expect(answer.json()).toMatchObject({ errors: [{ pointer: '/slug' }] });
  expect((await api.call('GET', '/api/v1/organization', { key: api.theirs.keys.read })).json()).toMatchObject({ name: 'theirs' });
});

it('everybody may know which ways of signing in there are, and nothing secret of them', async () => {
  const answer = await api.call('GET', '/api/v1/sign-in-options', { key: null });
  expect(answer.json()).toEqual({ signup: 'invite', confirmsAddress: false, providers: ['github'] });
  expect(answer.body).not.toContain('hidden');
});
