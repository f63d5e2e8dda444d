import { type ConfigFileInput, type ConfigResult, configFileSchema, type Problem } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { openCredentials } from '@rollcall/services';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SECRET, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.db.endpoint.deleteMany();
  await api.db.channel.deleteMany();
  await api.db.maintenanceWindow.deleteMany();
});

const put = (config: object, more: object = {}, key = api.ours.keys.write) =>
  api.call('PUT', '/api/v1/config', { body: { config: { version: 1, ...config }, ...more }, key });
async function apply(config: object, more: object = {}): Promise<ConfigResult> {
  const answer = await put(config, more);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ConfigResult>();
}
async function exported(query = ''): Promise<ConfigFileInput> {
  const answer = await api.call('GET', `/api/v1/config${query}`, { key: api.ours.keys.read });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ConfigFileInput>();
}
const actions = ({ items }: ConfigResult) => items.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
const everything = async () => {
  const shown = [
    await api.db.endpoint.findMany({ orderBy: { id: 'asc' } }),
    await api.db.endpointSchedule.findMany({ orderBy: { endpointId: 'asc' } }),
  ];
  return JSON.stringify([
    ...shown,
    await api.db.channel.findMany(),
    await api.db.maintenanceWindow.findMany(),
    await api.db.auditLog.count(),
  ]);
};

const FILE = {
  name: 'shop',
  endpoints: {
    search: {
      url: 'https://search.example/mcp',
      intervalSeconds: 30,
      tags: ['prod'],
      auth: { type: 'bearer', token: 'secret-token' },
      headers: { 'X-Key': 'secret-key' },
    },
    orders: { url: 'https://orders.example/mcp', expect: { minTools: 1 } },
  },
  channels: {
    'on-call': {
      type: 'webhook',
      config: { url: 'https://hook.example/in?key=secret-hook' },
      routes: [{ endpoints: ['search'], events: ['endpoint.down'] }],
    },
    team: { type: 'email', config: { to: ['a@b.example', 'c@d.example'] } },
  },
  maintenanceWindows: {
    nightly: {
      startsAt: '2027-01-01T02:00:00+01:00',
      endsAt: '2027-01-01T03:00:00+01:00',
      recurrence: { every: 'day' },
      endpoints: ['orders'],
    },
  },
};

describe('PUT /config', () => {
  it('makes what the file says, and nothing the second time', async () => {
    const first = await apply(FILE);
    expect(actions(first)).toEqual([
      'create endpoint search',
      'create endpoint orders',
      'create channel on-call',
      'create channel team',
      'create maintenanceWindow nightly',
    ]);
    const search = await api.db.endpoint.findFirstOrThrow({ where: { name: 'search' }, include: { state: true, schedules: true } });
    expect(search).toMatchObject({ id: first.items[0]?.id, source: 'shop', intervalSeconds: 30, state: { status: 'pending' } });
    expect(search.schedules).toHaveLength(1);
    expect(openCredentials(createSealer(SECRET), search.id, search.credentials)).toEqual({
      headers: { 'X-Key': 'secret-key' },
      auth: { type: 'bearer', token: 'secret-token' },
    });
    const onCall = await api.db.channel.findFirstOrThrow({ where: { name: 'on-call' } });
    expect(onCall.routes).toEqual([{ endpoints: [search.id], events: ['endpoint.down'] }]);
    expect(first.items[2]?.secret).toMatch(/^whsec_/);
    expect((await api.db.maintenanceWindow.findFirstOrThrow()).startsAt.toISOString()).toBe('2027-01-01T01:00:00.000Z');
    expect(await api.db.auditLog.count({ where: { action: 'config.applied', target: 'shop' } })).toBe(1);

    const before = await everything();
    const second = await apply(FILE);
    expect(second.counts).toEqual({ create: 0, update: 0, delete: 0, unchanged: 5 });
    expect(await everything()).toBe(before);
  });

  it('lets channels of one file escalate to each other, by name', async () => {
    const mail = (to: string, other: string) => ({ type: 'email', config: { to }, escalation: [{ afterMinutes: 5, channel: other }] });
    const file = { channels: { first: mail('a@b.example', 'second'), second: mail('c@d.example', 'first') } };
    await apply(file);
    const [first, second] = await api.db.channel.findMany({ orderBy: { name: 'asc' } });
    expect([first?.escalation, second?.escalation]).toEqual([
      [{ afterMinutes: 5, channel: second?.id }],
      [{ afterMinutes: 5, channel: first?.id }],
    ]);
    expect((await apply(file)).counts.unchanged).toBe(2);
    expect((await exported()).channels?.['first']).toMatchObject({ escalation: [{ afterMinutes: 5, channel: 'second' }] });
    const self = await put({ channels: { first: mail('a@b.example', 'first') } });
    expect(self.json<Problem>().errors?.[0]).toEqual({
      pointer: '/config/channels/first/escalation/0/channel',
      message: 'must be another channel',
    });
  });

  it('says on a dry run what it would do, without secrets, and does nothing', async () => {
    await apply(FILE);
    const before = await everything();
    const changed = {
      ...FILE,
      endpoints: {
        search: { ...FILE.endpoints.search, intervalSeconds: 60, auth: { type: 'bearer', token: 'another' } },
        fresh: { url: 'https://f.example/mcp' },
      },
    };
    const { maintenanceWindows, ...rest } = changed;
    void maintenanceWindows;
    const plan = await apply(rest, { dryRun: true, prune: true });
    expect(actions(plan)).toEqual([
      'update endpoint search',
      'create endpoint fresh',
      'delete endpoint orders',
      'unchanged channel on-call',
      'unchanged channel team',
      'delete maintenanceWindow nightly',
    ]);
    expect(plan.items[0]?.changes).toEqual([
      { member: 'intervalSeconds', before: 30, after: 60 },
      { member: 'auth', before: { type: 'bearer' }, after: { type: 'bearer' } },
    ]);
    expect(plan.items[1]?.id).toBeNull();
    expect(JSON.stringify(plan)).not.toMatch(/another|secret/);
    expect(await everything()).toBe(before);
  });

  it('changes only what differs, and leaves the rest of an endpoint as it is', async () => {
    await apply(FILE);
    await api.db.endpointState.updateMany({ data: { status: 'up', latencyMs: 7 } });
    const search = { ...FILE.endpoints.search, tags: ['prod', 'eu'] };
    const done = await apply({ ...FILE, endpoints: { ...FILE.endpoints, search } });
    expect(
      done.items.filter(({ action }) => action === 'update').map(({ key, changes }) => [key, changes.map(({ member }) => member)]),
    ).toEqual([['search', ['tags']]]);
    expect(await api.db.endpointState.count({ where: { status: 'up' } })).toBe(2);
    expect(await api.db.auditLog.count({ where: { action: 'endpoint.updated' } })).toBe(1);
  });

  it('prunes what came from the file of that name and nothing else', async () => {
    await apply(FILE);
    await apply({ name: 'other', endpoints: { theirs: { url: 'https://o.example/mcp' } } });
    await api.call('POST', '/api/v1/endpoints', { body: { name: 'by hand', url: 'https://h.example/mcp' } });
    expect((await apply({ name: 'shop', endpoints: { search: FILE.endpoints.search } })).counts.delete).toBe(0);
    const done = await apply({ name: 'shop', endpoints: { search: FILE.endpoints.search } }, { prune: true });
    expect(
      actions(done)
        .filter((line) => line.startsWith('delete'))
        .sort(),
    ).toEqual(['delete channel on-call', 'delete channel team', 'delete endpoint orders', 'delete maintenanceWindow nightly']);
    expect((await api.db.endpoint.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)).toEqual(['by hand', 'search', 'theirs']);
    expect(await api.db.maintenanceWindow.count({ where: { deletedAt: null } })).toBe(0);
  });

  it('changes what was made by hand without owning it, unless it is told to take it over', async () => {
    await api.call('POST', '/api/v1/endpoints', { body: { name: 'search', url: 'https://search.example/mcp' } });
    const file = { name: 'shop', endpoints: { search: { url: 'https://search.example/mcp', intervalSeconds: 90 } } };
    expect(actions(await apply(file))).toEqual(['update endpoint search']);
    expect((await apply({ name: 'shop' }, { prune: true })).counts.delete).toBe(0);
    const taken = await apply(file, { adopt: true });
    expect(taken.items[0]).toMatchObject({ action: 'update', changes: [{ member: 'source', before: null, after: 'shop' }] });
    expect((await apply(file, { adopt: true })).counts).toMatchObject({ update: 0, unchanged: 1 });
    const foreign = await put({ name: 'other', endpoints: { search: { url: 'https://search.example/mcp' } } });
    expect(foreign.statusCode).toBe(400);
    expect(foreign.json<Problem>().errors).toEqual([{ pointer: '/config/endpoints/search', message: expect.stringContaining('"shop"') }]);
    expect((await apply({ name: 'shop' }, { prune: true })).counts.delete).toBe(1);
  });

  it('names what could mean several instead of guessing', async () => {
    for (const host of ['a', 'b'])
      await api.call('POST', '/api/v1/endpoints', { body: { name: 'twin', url: `https://${host}.example/mcp` } });
    const answer = await put({ endpoints: { twin: { url: 'https://c.example/mcp' } } });
    expect(answer.json<Problem>().errors?.[0]?.message).toMatch(/several/);
    expect((await apply({ endpoints: { twin: { url: 'https://b.example/mcp' } } })).counts.unchanged).toBe(1);
  });

  it('does not let a kept secret follow the endpoint to another origin', async () => {
    await apply(FILE);
    const kept = { 'X-Key': '$'.concat('{KEY}') };
    const moved = { ...FILE.endpoints.search, url: 'https://evil.example/mcp', headers: kept };
    const answer = await put({ ...FILE, endpoints: { ...FILE.endpoints, search: moved } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<Problem>().errors?.[0]?.pointer).toBe('/config/endpoints/search/url');
    const again = await apply({ ...FILE, endpoints: { ...FILE.endpoints, search: { ...moved, headers: { 'X-Key': 'k' } } } });
    expect(again.counts.update).toBe(1);
  });

  it('does all or nothing when the addresses are not allowed', async () => {
    const guarded = await startApi({ allowPrivate: false });
    try {
      const config = {
        version: 1,
        endpoints: { ok: { url: 'https://ok.invalid/mcp' }, inside: { url: 'http://127.0.0.1/mcp' } },
        channels: { c: { type: 'webhook', config: { url: 'http://10.0.0.1/' } } },
      };
      const answer = await guarded.call('PUT', '/api/v1/config', { body: { config } });
      expect(answer.statusCode).toBe(400);
      expect(answer.json<Problem>().errors?.map(({ pointer }) => pointer)).toEqual([
        '/config/endpoints/inside/url',
        '/config/channels/c/config/url',
      ]);
      expect(await guarded.db.endpoint.count()).toBe(0);
    } finally {
      await guarded.close();
    }
  });

  it('sees and touches nothing of another organization', async () => {
    await put(FILE, {}, api.theirs.keys.write);
    expect(await exported()).toEqual({ version: 1, endpoints: {}, channels: {}, maintenanceWindows: {} });
    expect((await apply({ name: 'shop' }, { prune: true })).counts).toEqual({ create: 0, update: 0, delete: 0, unchanged: 0 });
    expect(actions(await apply(FILE))).toHaveLength(5);
    expect(await api.db.endpoint.count({ where: { organizationId: api.theirs.id } })).toBe(2);
  });

  it('takes a change that comes between its look and its own for what it is: another version', async () => {
    const { items } = await apply(FILE);
    const id = items.find(({ key }) => key === 'search')?.id ?? '';
    const etag = String((await api.call('GET', '/api/v1/config')).headers['etag']);
    const slower = { version: 1, ...FILE, endpoints: { ...FILE.endpoints, search: { ...FILE.endpoints.search, intervalSeconds: 90 } } };
    const { answer } = await api.db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from endpoint_state where endpoint_id = ${id} for update`;
      const waiting = api.call('PUT', '/api/v1/config', { body: { config: slower }, headers: { 'if-match': etag } });
      const waiters = () => api.db.$queryRaw<unknown[]>`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await waiters()).length, { timeout: 30_000 }).toBeGreaterThan(0);
      await tx.$executeRaw`update endpoint set tags = '{changed}', version = version + 1 where id = ${id}`;
      return { answer: waiting };
    });
    expect((await answer).statusCode).toBe(412);
    expect(await api.db.endpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({ tags: ['changed'], intervalSeconds: 30 });
  });
});

describe('GET /config', () => {
  it('writes names for ids and placeholders for secrets', async () => {
    await apply(FILE);
    const file = await exported();
    expect(JSON.stringify(file)).not.toMatch(/secret-|whsec_/);
    expect(file).toEqual({
      version: 1,
      endpoints: {
        search: {
          url: 'https://search.example/mcp',
          intervalSeconds: 30,
          tags: ['prod'],
          headers: { 'X-Key': '$'.concat('{SEARCH_X_KEY}') },
          auth: { type: 'bearer', token: '$'.concat('{SEARCH_TOKEN}') },
        },
        orders: { url: 'https://orders.example/mcp', expect: { minTools: 1 } },
      },
      channels: {
        'on-call': {
          type: 'webhook',
          config: { url: '$'.concat('{ON_CALL_URL}'), secret: '$'.concat('{ON_CALL_SECRET}') },
          routes: [{ endpoints: ['search'], events: ['endpoint.down'] }],
        },
        team: { type: 'email', config: { to: ['a@b.example', 'c@d.example'] } },
      },
      maintenanceWindows: {
        nightly: {
          startsAt: '2027-01-01T01:00:00.000Z',
          endsAt: '2027-01-01T02:00:00.000Z',
          recurrence: { every: 'day', timeZone: 'UTC', until: null },
          endpoints: ['orders'],
        },
      },
    });
    expect(configFileSchema.safeParse(file).success).toBe(true);
    expect(await exported('?name=nobody')).toMatchObject({ name: 'nobody', endpoints: {} });
  });

  it('serves the schema of the file to editors, which have no key', async () => {
    const schema = (await api.call('GET', '/api/v1/config/schema.json', { key: null })).json<{ properties: object }>();
    expect(Object.keys(schema.properties)).toEqual(['$schema', 'version', 'name', 'endpoints', 'channels', 'maintenanceWindows']);
  });

  it('property: whatever there is, its export applied changes nothing', async () => {
    const name = fc
      .oneof(
        fc.constantFrom('a', 'b', '__proto__', 'constructor', '7', 'ep_x', '$'.concat('{X}'), 'x #2'),
        fc.string({ minLength: 1, maxLength: 12 }),
      )
      .map((text) => text.replaceAll('\0', '').trim())
      .filter((text) => text !== '');
    const host = fc.constantFrom('https://a.example/mcp', 'https://b.example/sse', 'https://A.example/x?token=abc#f');
    const secret = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', '$', '{', '}', '"', ' ') });
    const endpoint = fc.record(
      {
        name,
        url: host,
        intervalSeconds: fc.integer({ min: 10, max: 86_400 }),
        regions: fc.constantFrom(['default'], ['eu', 'us']),
        headers: fc.dictionary(fc.constantFrom('X-A', 'x-a', 'Authorization'), secret, { maxKeys: 3 }),
        auth: fc.oneof(
          fc.constant({ type: 'none' }),
          fc.record({ type: fc.constant('bearer'), token: secret }),
          fc.record(
            { type: fc.constant('oauth'), clientId: secret, clientSecret: secret },
            { requiredKeys: ['type', 'clientId', 'clientSecret'] },
          ),
        ),
        expect: fc.record({ minTools: fc.nat(5), requiredTools: fc.array(fc.constantFrom('b', 'a')) }, { requiredKeys: [] }),
        policy: fc.record({ confirmations: fc.nat(10), quorum: fc.constantFrom('any', 2) }, { requiredKeys: [] }),
        tags: fc.array(fc.constantFrom('z', 'a', 'm'), { maxLength: 3 }),
        paused: fc.boolean(),
      },
      { requiredKeys: ['name', 'url'] },
    );
    const channelConfig = fc.oneof(
      fc.record({
        type: fc.constant('webhook'),
        config: fc.record(
          { url: host, headers: fc.dictionary(fc.constantFrom('X-B'), fc.constantFrom('one', 'two')) },
          { requiredKeys: ['url'] },
        ),
      }),
      fc.constantFrom(
        { type: 'email', config: { to: 'a@b.example' } },
        { type: 'slack', config: { url: 'https://hooks.slack.com/services/T/B/x' } },
        { type: 'slack', config: { token: 'xoxb-1', channel: '#ops' } },
        { type: 'ntfy', config: { topic: 'hidden', token: 'tk_1' } },
        { type: 'telegram', config: { botToken: '123456:abcdefghijklmnopqrstuvwxyz', chatId: -5 } },
        { type: 'pagerduty', config: { routingKey: 'a'.repeat(32) } },
      ),
    );
    const channel = fc
      .tuple(name, channelConfig, fc.boolean(), fc.boolean())
      .map(([title, rest, enabled, routed]) => ({ body: { name: title, ...rest, enabled }, routed }));
    const world = fc.record({
      endpoints: fc.array(endpoint, { maxLength: 5 }),
      channels: fc.array(channel, { maxLength: 3 }),
      windows: fc.array(name, { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ endpoints, channels, windows }) => {
        await api.db.endpoint.deleteMany();
        await api.db.channel.deleteMany();
        await api.db.maintenanceWindow.deleteMany();
        const made = async (path: string, body: object) => {
          const answer = await api.call('POST', `/api/v1${path}`, { body });
          expect(answer.statusCode, `${JSON.stringify(body)} → ${answer.body}`).toBe(201);
          return answer.json<{ id: string }>().id;
        };
        const ids: string[] = ['ep_gone'];
        for (const body of endpoints) ids.push(await made('/endpoints', body));
        for (const { body, routed } of channels) await made('/channels', { ...body, routes: routed ? [{ endpoints: ids }] : [] });
        for (const title of windows)
          await made('/maintenance-windows', {
            name: title,
            startsAt: '2027-01-01T00:00:00Z',
            endsAt: '2027-01-01T01:00:00Z',
            endpoints: ids.slice(1),
          });
        const before = await everything();
        const file = await exported();
        const { counts } = await apply(JSON.parse(JSON.stringify(file)));
        expect(counts, JSON.stringify(file)).toEqual({
          create: 0,
          update: 0,
          delete: 0,
          unchanged: endpoints.length + channels.length + windows.length,
        });
        expect(await everything()).toBe(before);
      }),
      { numRuns: 40 },
    );
  }, 240_000);
});
