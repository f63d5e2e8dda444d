import { createHash } from 'node:crypto';
import { newId } from '@rollcall/crypto';
import { freePort } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Described, fillPath, readOperations } from './document.ts';
import { type Filled, fillOrganization } from './fill.ts';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';
import { type AnyWrites, watchWrites } from './writes.ts';

let api: TestApi;
let filled: Filled;
let operations: Described[];
let cookie: string;
let closed: string;
let anyWrites: AnyWrites;
let ids: Record<string, string>;
beforeAll(async () => {
  api = await startApi();
  closed = `http://127.0.0.1:${await freePort()}`;
  operations = await readOperations(api);
  await api.signIn(api.ours.emails.owner);
  cookie = await api.signIn(api.ours.emails.owner);
  await fillOrganization(api, api.ours, 'first');
  filled = await fillOrganization(api, api.ours, 'second', closed);
  ids = { ...filled.ids, session: (await api.db.session.findFirstOrThrow()).id };
  await copyRows(filled);
  anyWrites = await watchWrites(api.db);
});
afterAll(() => api.close());

/** Of what a fill makes once below an endpoint or a page, a second one: a list of one has no second page. */
async function copyRows({ ids: { subscriber, toolChange, report } }: Filled): Promise<void> {
  const change = await api.db.toolChange.findUniqueOrThrow({ where: { id: toolChange } });
  await api.db.toolChange.create({ data: { ...change, id: newId('tc'), data: change.data as object } });
  const draft = await api.db.statusReport.findUniqueOrThrow({ where: { id: report } });
  await api.db.statusReport.create({ data: { ...draft, id: newId('rp'), affected: [] } });
  const reader = await api.db.statusSubscriber.findUniqueOrThrow({ where: { id: subscriber }, include: { channel: true } });
  const { channel, ...row } = reader;
  const channelId = newId('ch');
  await api.db.channel.create({
    data: { id: channelId, organizationId: channel.organizationId, type: 'email', name: 'x', config: 'sealed', statusPageId: row.pageId },
  });
  const hash = () => createHash('sha256').update(newId('sub')).digest('hex');
  await api.db.statusSubscriber.create({
    data: { ...row, id: newId('sub'), channelId, targetHash: hash(), confirmTokenHash: hash(), unsubscribeTokenHash: hash() },
  });
}

/** As the owner with a session, who may call everything; without credentials what is open. */
function call({ method, path, operation }: Described, more: { query?: string; body?: unknown; headers?: Record<string, string> } = {}) {
  const open = operation.security?.length === 0;
  return api.call(method, `${fillPath(path, ids)}${more.query ?? ''}`, {
    key: null,
    headers: { ...(open ? {} : { cookie, origin: `http://${HOST}` }), ...more.headers },
    ...(more.body === undefined ? {} : { body: more.body }),
  });
}

/** Probers have a protocol of leases, which says again what was said before. */
const ofProbers = ({ operation }: Described) => operation.security?.some((way) => 'regionKey' in way) ?? false;

describe('every list', () => {
  const BOUNDED = ['GET /endpoints/hours', 'GET /endpoints/{id}/client-configs', 'GET /endpoints/{id}/tools'];

  it('of the document is one with limit and cursor, but for what is bounded by itself', () => {
    const withData = operations.filter(({ method, answer }) => method === 'GET' && answer?.properties?.['data']?.type === 'array');
    expect(withData.length).toBeGreaterThan(15);
    const lists = withData.filter(({ answer }) => answer?.properties?.['nextCursor'] !== undefined);
    expect(withData.flatMap((one) => (lists.includes(one) ? [] : [one.name])).toSorted()).toEqual(BOUNDED);
    for (const { name, query } of lists)
      expect([name, ...query.filter((one) => one === 'limit' || one === 'cursor')]).toEqual([name, 'limit', 'cursor']);
    expect(operations.filter(({ method, answer }) => method === 'GET' && answer?.type === 'array')).toEqual([]);
  });

  it('is walked page by page without a gap and without one twice, and takes no cursor but its own', async () => {
    for (const list of operations.filter(({ answer, query }) => answer?.properties?.['nextCursor'] && query.includes('cursor'))) {
      interface Page {
        data: { id: string }[];
        nextCursor: string | null;
      }
      const read = async (query: string) => {
        const answer = await call(list, { query });
        expect(answer.statusCode, `${list.name}${query} ${answer.body}`).toBe(200);
        return answer.json<Page>();
      };
      const whole = await read('?limit=200');
      expect(whole.data.length, list.name).toBeGreaterThan(1);
      expect(whole.nextCursor, list.name).toBeNull();
      // One by one where they are few.
      const step = Math.max(1, Math.floor(whole.data.length / 5));
      const walked: string[] = [];
      for (let cursor: string | null = ''; cursor !== null && walked.length <= whole.data.length; ) {
        const page: Page = await read(`?limit=${step}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
        walked.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(walked, list.name).toEqual(whole.data.map(({ id }) => id));
      for (const query of ['?cursor=nonsense', '?limit=0', '?limit=201', '?limit=x', '?nothing=1']) {
        const refused = await call(list, { query });
        expect([refused.statusCode, refused.json().errors?.length], `${list.name}${query}`).toEqual([400, 1]);
      }
    }
  });
});

/** What each POST takes, so that it does something; with what it takes as well, the body of another request. */
function bodies(): Record<string, object | null> {
  const at = { startsAt: '2027-02-01T00:00:00Z', endsAt: '2027-02-01T01:00:00Z' };
  const token = 'a-token-that-only-the-guest-has-0123456789';
  return {
    'POST /endpoints': { name: 'Posted', url: `${closed}/posted` },
    'POST /endpoints/bulk': { endpoints: [{ name: 'Bulk', url: `${closed}/bulk` }] },
    'POST /endpoints/bulk/probe': { ids: [filled.ids.endpoint] },
    'POST /endpoints/{id}/probe': null,
    'POST /endpoints/{id}/tool-changes/{changeId}/acknowledge': null,
    'POST /endpoints/{id}/silence': { minutes: 60 },
    'POST /import': { document: { mcpServers: { imported: { type: 'http', url: `${closed}/imported` } } } },
    'POST /incidents/{id}/acknowledge': null,
    'POST /incidents/{id}/snooze': { minutes: 60 },
    'POST /incidents/{id}/notes': { text: 'Posted' },
    'POST /channels': { type: 'email', name: 'Posted', config: { to: 'posted@example.com' } },
    'POST /channels/{id}/test': null,
    'POST /notices/{id}/resend': null,
    'POST /maintenance-windows': { name: 'Posted', ...at },
    'POST /status-pages': { slug: 'posted', title: 'Posted' },
    'POST /status-pages/{id}/preview': { title: 'Posted' },
    'POST /status-pages/{id}/reports': { title: 'Posted', text: 'Posted' },
    'POST /status-pages/{id}/reports/{reportId}/updates': { status: 'monitoring', text: 'Posted' },
    'POST /checks': { url: `${closed}/mcp` },
    'POST /members/{id}/transfer-ownership': null,
    'POST /members/invitations': { email: 'posted@example.com' },
    'POST /api-keys': { name: 'Posted', scopes: ['read'] },
    'POST /api-keys/{id}/rotate': { overlapSeconds: 60 },
    'POST /invitations/read': { token },
    'POST /invitations/accept': { token, name: 'Guest', password: PASSWORD },
    'POST /account/sessions/revoke-others': null,
  };
}

describe('every POST', () => {
  it('with an Idempotency-Key is done once and answers twice, and refuses the key with another body', async () => {
    const invitation = filled.ids.invitation;
    const known = bodies();
    const tokenHash = createHash('sha256')
      .update((known['POST /invitations/read'] as { token: string }).token)
      .digest('hex');
    await api.db.invitation.update({ where: { id: invitation }, data: { tokenHash } });
    const posts = operations.filter((one) => one.method === 'POST' && !ofProbers(one));
    expect(posts.map(({ name }) => name).toSorted()).toEqual(Object.keys(known).toSorted());
    for (const post of posts) {
      const body = known[post.name] ?? undefined;
      const key = { 'idempotency-key': `once-${post.name.replace(/\W/g, '-')}` };
      const first = await call(post, { body, headers: key });
      expect(first.statusCode, `${post.name} ${first.body}`).toBeLessThan(300);
      await anyWrites();
      const second = await call(post, { body, headers: key });
      expect([second.statusCode, second.body, second.headers['idempotency-replayed']], post.name).toEqual([
        first.statusCode,
        first.body,
        'true',
      ]);
      expect(await anyWrites(), `${post.name} wrote again`).toBe(false);
      if (body === undefined || post.path.includes('/invitations/read')) continue;
      const other = await call(post, {
        body: post.name === 'POST /invitations/accept' ? { ...body, name: 'Other' } : altered(body),
        headers: key,
      });
      expect([other.statusCode, other.json().code], `${post.name} ${other.body}`).toEqual([422, 'unprocessable']);
    }
  });
});

/** Another body that the same route takes. */
function altered(body: object): object {
  return JSON.parse(
    JSON.stringify(body).replace(
      /Posted|posted|bulk|imported|mcp"|60|monitoring|ep_\w+/,
      (word) => ({ '60': '61', 'mcp"': 'mcp2"', monitoring: 'identified' })[word] ?? (word.startsWith('ep_') ? 'ep_other' : `${word}x`),
    ),
  ) as object;
}

/** What each PATCH of one thing takes: two changes, one after the other. */
function changes(): Record<string, [object, object]> {
  return {
    'PATCH /endpoints/{id}': [{ name: 'One' }, { name: 'Two' }],
    'PATCH /channels/{id}': [{ name: 'One' }, { name: 'Two' }],
    'PATCH /maintenance-windows/{id}': [{ name: 'One' }, { name: 'Two' }],
    'PATCH /status-pages/{id}': [{ title: 'One' }, { title: 'Two' }],
    'PATCH /status-pages/{id}/reports/{reportId}': [{ title: 'One' }, { title: 'Two' }],
    'PATCH /incidents/{id}': [{ postmortem: 'One' }, { postmortem: 'Two' }],
    'PATCH /members/{id}': [{ role: 'member' }, { role: 'viewer' }],
    'PATCH /organization': [{ name: 'One' }, { name: 'Two' }],
  };
}

describe('every PATCH', () => {
  it('with If-Match changes the version that was read and no later one; bulk changes say so item by item', async () => {
    const owner = { organizationId: api.ours.id, user: { email: api.ours.emails.owner } };
    await api.db.member.updateMany({ where: owner, data: { role: 'owner' } });
    await api.db.member.update({ where: { id: filled.ids.member }, data: { role: 'viewer' } });
    const known = changes();
    const patches = operations.filter(({ method, name }) => method === 'PATCH' && name !== 'PATCH /endpoints/bulk');
    expect(patches.map(({ name }) => name).toSorted()).toEqual(Object.keys(known).toSorted());
    for (const patch of patches) {
      const [one, two] = known[patch.name] as [object, object];
      const get = operations.find(({ method, path }) => method === 'GET' && path === patch.path);
      if (!get) throw new Error(`${patch.name} changes what nobody can read`);
      const etag = async () => String((await call(get)).headers['etag']);
      const first = await etag();
      expect(first, patch.name).toMatch(/^"[\x21\x23-\x7e]+"$/);
      const send = async (body: object, ifMatch: string) => (await call(patch, { body, headers: { 'if-match': ifMatch } })).statusCode;
      await anyWrites();
      expect([await send(one, '"v0"'), await send(one, `W/${first}`), await send(one, 'nonsense')], patch.name).toEqual([412, 412, 400]);
      expect(await anyWrites(), patch.name).toBe(false);
      expect(await send(one, first), patch.name).toBe(200);
      expect([await send(two, first), (await etag()) === first], patch.name).toEqual([412, false]);
      expect([await send(two, `"v0", ${await etag()}`), await send(one, '*')], patch.name).toEqual([200, 200]);
      expect(
        patch.operation.parameters?.map(({ name }) => name),
        patch.name,
      ).toContain('if-match');
    }
  });

  it('of many endpoints, and a configuration file, hold to the version that they name as well', async () => {
    const id = filled.ids.endpoint;
    const etagOf = async (path: string) => String((await api.call('GET', `/api/v1${path}`)).headers['etag']);
    const bulk = async (name: string, ifMatch: string) => {
      const answer = await api.call('PATCH', '/api/v1/endpoints/bulk', { body: { endpoints: [{ id, name, ifMatch }] } });
      const [result] = answer.json<{ results: { status: string; error?: { code: string } }[] }>().results;
      return result?.error?.code ?? result?.status;
    };
    const first = await etagOf(`/endpoints/${id}`);
    expect([await bulk('Bulk one', first), await bulk('Bulk two', first), await bulk('Bulk two', 'nonsense')]).toEqual([
      'updated',
      'precondition_failed',
      'invalid_request',
    ]);
    expect((await api.call('GET', `/api/v1/endpoints/${id}`)).json<{ name: string }>().name).toBe('Bulk one');

    const put = async (ifMatch: string, dryRun = true) =>
      (
        await api.call('PUT', '/api/v1/config', {
          body: { config: { version: 1, name: 'tagged', endpoints: { Tagged: { url: `${closed}/tagged` } } }, dryRun },
          headers: { 'if-match': ifMatch },
        })
      ).statusCode;
    const whole = await etagOf('/config');
    expect([await put('"c0"'), await put(whole), await put(whole, false), await put(whole, false)]).toEqual([412, 200, 200, 412]);
    const named = await etagOf('/config?name=tagged');
    expect(await bulk('Bulk three', await etagOf(`/endpoints/${id}`))).toBe('updated');
    // What belongs to no file does not concern this one.
    expect([await put(whole), await put(named), await put('*')]).toEqual([412, 200, 200]);
  });
});
