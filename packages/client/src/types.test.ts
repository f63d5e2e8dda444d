import { expect, expectTypeOf, it } from 'vitest';
import { address, type Client, type CreateEndpoint, createClient, type Endpoint, type Item } from './index.ts';

/** Never called: what must not compile is compiled (`npm run check`), and each expected error that is none fails there. */
async function mustNotCompile(client: Client): Promise<void> {
  // @ts-expect-error: there is no such path
  await client.get('/endpoint');
  // @ts-expect-error: a stream has no end
  await client.get('/events');
  // @ts-expect-error: the path takes no PUT
  await client.put('/endpoints');
  // @ts-expect-error: the id is missing
  await client.get('/endpoints/{id}');
  // @ts-expect-error: the id has another name
  await client.get('/endpoints/{id}', { path: { endpoint: 'ep_1' } });
  // @ts-expect-error: the body is missing
  await client.post('/endpoints');
  // @ts-expect-error: a member that must be there is missing
  await client.post('/endpoints', { body: { url: 'https://mcp.example/mcp' } });
  // @ts-expect-error: a member that is not known
  await client.post('/endpoints', { body: { name: 'x', url: 'https://mcp.example/mcp', interval: 60 } });
  // @ts-expect-error: a member of another type
  await client.post('/endpoints', { body: { name: 'x', url: 'https://mcp.example/mcp', intervalSeconds: '60' } });
  // @ts-expect-error: a value that is none of the known ones
  await client.get('/endpoints', { query: { status: 'broken' } });
  // @ts-expect-error: a parameter that is not known
  await client.get('/endpoints', { query: { stauts: 'up' } });
  // @ts-expect-error: a query that must be there
  await client.get('/endpoints/hours');
  // @ts-expect-error: a GET has no body
  await client.get('/endpoints', { body: {} });
  // @ts-expect-error: a PATCH takes no Idempotency-Key
  await client.patch('/endpoints/{id}', { path: { id: 'ep_1' }, body: { paused: true }, idempotencyKey: 'k' });
  // @ts-expect-error: a POST takes no If-Match
  await client.post('/endpoints', { body: { name: 'x', url: 'https://mcp.example/mcp' }, ifMatch: 'e' });
  // @ts-expect-error: the answer has no such member
  (await client.get('/endpoints/{id}', { path: { id: 'ep_1' } })).status;
  // @ts-expect-error: nothing is answered
  (await client.delete('/endpoints/{id}', { path: { id: 'ep_1' } })).id;
  // @ts-expect-error: a text says nothing of its answer
  await client.read('/me');
  // @ts-expect-error: the id is missing
  address('/endpoints/{id}');
  // @ts-expect-error: one endpoint is not a list
  client.list('/endpoints/{id}', { path: { id: 'ep_1' } });
}

/** Never called either. */
async function mustCompile(client: Client): Promise<void> {
  const endpoint = await client.get('/endpoints/{id}', { path: { id: 'ep_1' } });
  expectTypeOf(endpoint).toEqualTypeOf<Endpoint>();
  expectTypeOf(endpoint.state.cause).toEqualTypeOf<{ code: string; title: string; severity: string } | null>();
  const body: CreateEndpoint = { name: 'x', url: 'https://mcp.example/mcp' };
  const made = await client.request('post', '/endpoints', { body: { ...body, paused: undefined }, idempotencyKey: 'k' });
  expectTypeOf(made.status).toEqualTypeOf<201>();
  expectTypeOf(made.data).toEqualTypeOf<Endpoint>();
  expectTypeOf(await client.delete('/demo')).toEqualTypeOf<undefined>();
  expectTypeOf(await client.get('/metrics')).toEqualTypeOf<string>();
  const asked = address('/endpoints/{id}', { path: { id: 'ep_1' } });
  expectTypeOf(await client.read(asked)).toEqualTypeOf<Endpoint>();
  expectTypeOf(asked).toExtend<string>();
  for await (const incident of client.list('/incidents', { query: { status: 'open' } })) {
    expectTypeOf(incident).toEqualTypeOf<Item<'/incidents'>>();
    expectTypeOf(incident.openedAt).toBeString();
  }
}

it('has every verb, and types that this file is compiled against', () => {
  const client = createClient({ baseUrl: 'https://rollcall.example' });
  expect(Object.keys(client).toSorted()).toEqual(['delete', 'get', 'list', 'patch', 'post', 'put', 'read', 'request']);
  expect([mustCompile, mustNotCompile]).toHaveLength(2);
});
