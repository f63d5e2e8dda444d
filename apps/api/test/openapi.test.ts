import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Described, readOperations } from './document.ts';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
let operations: Described[];
beforeAll(async () => {
  api = await startApi();
  operations = await readOperations(api);
});
afterAll(() => api.close());

/** Every route that fastify has, as `GET /api/v1/endpoints/{id}`, read from its printed tree. */
function routesOf(tree: string): string[] {
  const prefixes: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│├└─\s]*)(\S*)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    const depth = indent.length / 4;
    if (part === '') return [];
    prefixes.length = depth;
    prefixes[depth] = `${prefixes[depth - 1] ?? ''}${part}`;
    const path = (prefixes[depth] ?? '').replace(/:(\w+)/g, '{$1}');
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path}`);
  });
}

/** What somebody with no credentials may call. */
const OPEN = ['GET /config/schema.json', 'GET /sign-in-options', 'POST /invitations/accept', 'POST /invitations/read'];

describe('the OpenAPI document', () => {
  it('has every route of the API and no other', () => {
    const routes = routesOf(api.app.printRoutes({ commonPrefix: false })).filter(
      (route) => route.includes(' /api/v1/') && !route.startsWith('HEAD ') && !route.endsWith('/openapi.json'),
    );
    expect(routes.length).toBeGreaterThan(80);
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(routes.toSorted());
  });

  it('does not tell what it passes on to the pages', async () => {
    const whole = await startApi({ config: { webUrl: 'http://127.0.0.1:9' } });
    const { paths } = (await whole.call('GET', '/api/v1/openapi.json')).json<{ paths: Record<string, unknown> }>();
    await whole.close();
    expect(Object.keys(paths).filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);
  });

  it('says of every operation what it does, what it answers and how it refuses', () => {
    for (const { name, operation, method } of operations) {
      expect(operation.summary, name).toMatch(/^.{5,}[^.]$/);
      const good = Object.entries(operation.responses).filter(([status]) => status < '400');
      expect(good, name).toHaveLength(1);
      const [status, response] = good[0] as (typeof good)[number];
      if (status !== '204') expect(Object.values(response.content ?? {})[0]?.schema, name).toBeTruthy();
      if (name === 'GET /config/schema.json') continue;
      expect(operation.responses['400'], name).toEqual({ $ref: '#/components/responses/Problem' });
      const takesKey = operation.parameters?.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey') ?? false;
      expect(takesKey, name).toBe(method === 'POST' && !name.includes(' /prober/'));
    }
  });

  it('says which operations are open to everybody, and the others ask for credentials', async () => {
    expect(operations.flatMap(({ name, operation }) => (operation.security?.length === 0 ? [name] : [])).toSorted()).toEqual(OPEN);
    for (const { name, method, path } of operations.filter((one) => !OPEN.includes(one.name))) {
      const answer = await api.call(method, path.replace(/\{\w+\}/g, 'x'), { key: null });
      expect([name, answer.statusCode]).toEqual([name, 401]);
    }
  });
});
