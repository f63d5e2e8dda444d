import { createEndpointSchema } from '@rollcall/contracts';
import { check } from '@rollcall/probe';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { json } from '../../../probe/test/servers.ts';
import { PRM, type SignInServer, startSignInServer } from '../../../probe/test/sign-in-server.ts';
import { actorOf, makeOrganization, sealer } from '../../test/notices.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { getEndpoint } from '../endpoints/read-endpoints.ts';
import { updateEndpoint } from '../endpoints/update-endpoint.ts';
import { type TargetRow, toTarget } from './load-target.ts';
import { recordProbes } from './record-probes.ts';

const auth = { type: 'oauth' as const, clientId: 'monitor', clientSecret: 'hush-4711-secret' };
const policy = { allowPrivate: true };
let database: TestDatabase;
let [first, second]: SignInServer[] = [];
let server: SignInServer;
let names: () => string;
beforeAll(async () => {
  database = await testDatabase();
  [first, second] = [await startSignInServer(), await startSignInServer()];
  names = () => first?.origin ?? '';
  server = await startSignInServer({
    [`${PRM}/mcp`]: (response, _asked, { origin }) => json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [names()] }),
    // No token of theirs is for long: each probe asks anew.
    '/mcp': (response, { headers }, it) =>
      headers.authorization === undefined
        ? response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${it.origin}${PRM}/mcp"` }).end()
        : response.writeHead(503).end(),
  });
});
afterAll(async () => {
  await Promise.all([first, second, server].map((one) => one?.close()));
  await database.close();
});

it('the issuer of the first token is remembered, another one is told and gets nothing, until the owner gives the credentials again', async () => {
  const { db } = database;
  const organizationId = await makeOrganization(db);
  const deps = { db, sealer, policy, region: 'default' };
  let clock = Date.parse('2026-11-20T12:00:00.000Z');
  const now = () => {
    clock += 60_000;
    return new Date(clock);
  };
  const input = createEndpointSchema.parse({ name: 'Bound', url: server.url, auth });
  const id = await db.$transaction((tx) => insertEndpoint(tx, deps, organizationId, input, { demo: false, now: now() }));
  // As the schedule does it, without the deep checks: these try other clients, who know nothing of the credentials, and take their time.
  const probe = async () => {
    const rows = await db.$queryRaw<TargetRow[]>`
      select e.url, e.transport, e.era, e.timeout_ms, e.credentials, e.expect, e.policy, st.summary, st.memory
      from endpoint e join endpoint_state st on st.endpoint_id = e.id where e.id = ${id}`;
    const target = toTarget(sealer, id, 'default', rows[0] as TargetRow, false);
    const startedAt = now();
    const { report, observation } = await check(target, { policy });
    const told = { ...report, startedAt: startedAt.toISOString() };
    const record = { endpointId: id, region: 'default', slot: startedAt.getTime(), kind: 'scheduled' as const, deep: false };
    await recordProbes(db, [{ ...record, report: told, observation, retryAfterMs: null }], {
      publicUrl: 'http://rollcall.test',
      now: startedAt,
    });
    return report;
  };
  const shown = async () => (await getEndpoint(db, actorOf(organizationId), id)).auth;
  const asked = () => [first, second].map((one) => one?.at('/token').length);

  expect(await shown()).toEqual({ type: 'oauth' });
  await probe();
  expect([await shown(), asked()]).toEqual([{ type: 'oauth', issuer: first?.origin }, [1, 0]]);
  names = () => second?.origin ?? '';
  expect((await probe()).cause?.code).toBe('auth.issuer_changed');
  // Another change of the endpoint is no word about its secret.
  await updateEndpoint(deps, actorOf(organizationId), id, { headers: { 'x-tenant': 'a' }, era: 'legacy' }, now());
  expect((await probe()).cause?.code).toBe('auth.issuer_changed');
  expect([await shown(), asked()]).toEqual([{ type: 'oauth', issuer: first?.origin }, [1, 0]]);
  expect(JSON.stringify(second?.asked)).not.toContain(auth.clientSecret);

  await updateEndpoint(deps, actorOf(organizationId), id, { auth }, now());
  await probe();
  expect([await shown(), asked()]).toEqual([{ type: 'oauth', issuer: second?.origin }, [1, 1]]);
  // Named by the owner it binds before the first token.
  await updateEndpoint(deps, actorOf(organizationId), id, { auth: { ...auth, issuer: first?.origin } }, now());
  expect((await probe()).cause?.code).toBe('auth.issuer_changed');
  expect(asked()).toEqual([1, 1]);
});
