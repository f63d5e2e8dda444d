import { createEndpointSchema } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopesOf } from '../access/actor.ts';
import { openCredentials } from '../probes/load-target.ts';
import { createEndpoint } from './create-endpoint.ts';
import { updateEndpoint } from './update-endpoint.ts';

const sealer = createSealer(Buffer.alloc(32, 5).toString('base64'));
const now = new Date('2026-11-20T12:00:00.000Z');
let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await testDatabase();
  const organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'Test', slug: organizationId } });
  actor = { organizationId, kind: 'api_key', id: 'key_1', label: 'key', role: null, scopes: scopesOf(['write']) };
});
afterAll(async () => {
  await database.close();
});

describe('updateEndpoint', () => {
  it('never sends stored secrets to another origin that somebody without them chose', async () => {
    const deps = { db: database.db, sealer, policy: { allowPrivate: true }, region: 'default' };
    const body = createEndpointSchema.parse({
      name: 'x',
      url: 'http://127.0.0.1:4000/mcp',
      auth: { type: 'bearer', token: 'secret' },
      headers: { 'X-Key': 'k' },
    });
    const { id } = await createEndpoint(deps, actor, body, now);
    const move = updateEndpoint(deps, actor, id, { url: 'http://127.0.0.1:4001/mcp' }, now);
    await expect(move).rejects.toMatchObject({ code: 'invalid_request', culprits: [{ pointer: '/auth' }, { pointer: '/headers' }] });
    expect((await updateEndpoint(deps, actor, id, { url: 'http://127.0.0.1:4000/other' }, now)).url).toBe('http://127.0.0.1:4000/other');
    await updateEndpoint(deps, actor, id, { url: 'http://127.0.0.1:4001/mcp', auth: { type: 'none' }, headers: {} }, now);
    const row = await database.db.endpoint.findUniqueOrThrow({ where: { id } });
    expect(openCredentials(sealer, id, row.credentials)).toEqual({ headers: {}, auth: { type: 'none' } });
  });
});
