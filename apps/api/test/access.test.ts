import type { Endpoint } from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST, rowCounts, startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';
import { subscriber } from './subscriber.ts';
import { toolChange } from './tool-change.ts';

let api: TestApi;
/** Ids of the other organization, one of each kind. */
const foreign = {
  endpoint: '',
  incident: '',
  channel: '',
  key: '',
  maintenance: '',
  page: '',
  report: '',
  subscriber: '',
  member: '',
  invitation: '',
  notice: '',
  probe: 'pr_AAAAAQAAAAAAAAAB',
  toolChange: '',
};

beforeAll(async () => {
  api = await startApi();
  const key = api.theirs.keys.admin;
  foreign.endpoint = (
    await api.call('POST', '/api/v1/endpoints', { key, body: { name: 'Theirs', url: 'https://theirs.example/mcp' } })
  ).json<Endpoint>().id;
  foreign.incident = await openIncident(api.db, foreign.endpoint, api.theirs.id);
  foreign.toolChange = await toolChange(api.db, foreign.endpoint, api.theirs.id);
  foreign.channel = (
    await api.call('POST', '/api/v1/channels', { key, body: { type: 'email', name: 'theirs', config: { to: 'a@theirs.example' } } })
  ).json<{ id: string }>().id;
  foreign.notice = newId('msg');
  await api.db.notice.create({
    data: {
      id: foreign.notice,
      organizationId: api.theirs.id,
      channelId: foreign.channel,
      type: 'test',
      dedupeKey: 'theirs',
      payload: {},
      status: 'dead',
    },
  });
  foreign.maintenance = (
    await api.call('POST', '/api/v1/maintenance-windows', {
      key,
      body: { name: 'theirs', startsAt: '2027-01-01T00:00:00Z', endsAt: '2027-01-01T01:00:00Z' },
    })
  ).json<{ id: string }>().id;
  foreign.page = (await api.call('POST', '/api/v1/status-pages', { key, body: { slug: 'theirs', title: 'Theirs' } })).json<{
    id: string;
  }>().id;
  foreign.report = (
    await api.call('POST', `/api/v1/status-pages/${foreign.page}/reports`, { key, body: { title: 'theirs', text: 'theirs' } })
  ).json<{ id: string }>().id;
  foreign.subscriber = await subscriber(api.db, { organizationId: api.theirs.id, pageId: foreign.page });
  foreign.member = (await api.db.member.findFirstOrThrow({ where: { organizationId: api.theirs.id, role: 'viewer' } })).id;
  foreign.invitation = (await api.call('POST', '/api/v1/members/invitations', { key, body: { email: 'guest@theirs.example' } })).json<{
    id: string;
  }>().id;
  foreign.key = (await api.db.apiKey.findFirstOrThrow({ where: { organizationId: api.theirs.id, name: 'read' } })).id;
});
afterAll(() => api.close());

type Scope = 'read' | 'write' | 'admin';
interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: () => string;
  readonly needs: Scope;
  readonly body?: object;
  /** Names a record of another organization, hence 404 for us. */
  readonly foreign: boolean;
}

const collection = (method: Route['method'], path: string, needs: Scope, body?: object): Route => ({
  method,
  path: () => path,
  needs,
  foreign: false,
  ...(body ? { body } : {}),
});
const record = (method: Route['method'], path: () => string, needs: Scope, body?: object): Route => ({
  method,
  path,
  needs,
  foreign: true,
  ...(body ? { body } : {}),
});

const ROUTES: Route[] = [
  collection('GET', '/status-pages', 'read'),
  collection('POST', '/status-pages', 'write', {
    title: 'x',
    // Sent more than once, and no two pages share a slug.
    get slug() {
      pages += 1;
      return `page-${pages}`;
    },
  }),
  record('GET', () => `/status-pages/${foreign.page}`, 'read'),
  record('PATCH', () => `/status-pages/${foreign.page}`, 'write', { title: 'stolen' }),
  record('DELETE', () => `/status-pages/${foreign.page}`, 'write'),
  record('POST', () => `/status-pages/${foreign.page}/preview`, 'read', { title: 'seen' }),
  record('GET', () => `/status-pages/${foreign.page}/reports`, 'read'),
  record('POST', () => `/status-pages/${foreign.page}/reports`, 'write', { title: 'mine', text: 'mine' }),
  record('GET', () => `/status-pages/${foreign.page}/reports/${foreign.report}`, 'read'),
  record('PATCH', () => `/status-pages/${foreign.page}/reports/${foreign.report}`, 'write', { title: 'stolen' }),
  record('DELETE', () => `/status-pages/${foreign.page}/reports/${foreign.report}`, 'write'),
  record('POST', () => `/status-pages/${foreign.page}/reports/${foreign.report}/updates`, 'write', { status: 'resolved', text: 'mine' }),
  record('GET', () => `/status-pages/${foreign.page}/subscribers`, 'read'),
  record('DELETE', () => `/status-pages/${foreign.page}/subscribers/${foreign.subscriber}`, 'write'),
  collection('GET', '/events', 'read'),
  collection('GET', '/maintenance-windows', 'read'),
  collection('POST', '/maintenance-windows', 'write', { name: 'x', startsAt: '2027-01-01T00:00:00Z', endsAt: '2027-01-01T01:00:00Z' }),
  record('GET', () => `/maintenance-windows/${foreign.maintenance}`, 'read'),
  record('PATCH', () => `/maintenance-windows/${foreign.maintenance}`, 'write', { name: 'stolen' }),
  record('DELETE', () => `/maintenance-windows/${foreign.maintenance}`, 'write'),
  collection('GET', '/endpoints', 'read'),
  collection('POST', '/endpoints', 'write', { name: 'x', url: 'https://x.example/mcp' }),
  record('GET', () => `/endpoints/${foreign.endpoint}`, 'read'),
  record('PATCH', () => `/endpoints/${foreign.endpoint}`, 'write', { name: 'stolen' }),
  record('DELETE', () => `/endpoints/${foreign.endpoint}`, 'write'),
  record('POST', () => `/endpoints/${foreign.endpoint}/probe`, 'write'),
  record('GET', () => `/endpoints/${foreign.endpoint}/probes`, 'read'),
  record('GET', () => `/endpoints/${foreign.endpoint}/probes/${foreign.probe}`, 'read'),
  record('GET', () => `/endpoints/${foreign.endpoint}/stats?window=7d`, 'read'),
  record('GET', () => `/endpoints/${foreign.endpoint}/uptime`, 'read'),
  record('GET', () => `/endpoints/${foreign.endpoint}/tools`, 'read'),
  record('GET', () => `/endpoints/${foreign.endpoint}/tool-changes`, 'read'),
  record('POST', () => `/endpoints/${foreign.endpoint}/tool-changes/${foreign.toolChange}/acknowledge`, 'write'),
  record('GET', () => `/endpoints/${foreign.endpoint}/client-configs`, 'read'),
  collection('POST', '/endpoints/bulk', 'write', { endpoints: [{ name: 'x', url: 'https://x.example/mcp' }] }),
  collection('PATCH', '/endpoints/bulk', 'write', { endpoints: [{ id: 'ep_nobody', name: 'x' }] }),
  collection('DELETE', '/endpoints/bulk', 'write', { ids: ['ep_nobody'] }),
  collection('POST', '/endpoints/bulk/probe', 'write', { ids: ['ep_nobody'] }),
  collection('GET', '/endpoints/hours?ids=ep_nobody', 'read'),
  collection('GET', '/config', 'read'),
  collection('PUT', '/config', 'write', { config: { version: 1 } }),
  collection('POST', '/import', 'write', { document: { mcpServers: {} } }),
  collection('GET', '/incidents', 'read'),
  record('GET', () => `/incidents/${foreign.incident}`, 'read'),
  record('PATCH', () => `/incidents/${foreign.incident}`, 'write', { postmortem: 'stolen' }),
  record('POST', () => `/incidents/${foreign.incident}/acknowledge`, 'write'),
  record('DELETE', () => `/incidents/${foreign.incident}/acknowledge`, 'write'),
  record('POST', () => `/incidents/${foreign.incident}/notes`, 'write', { text: 'mine' }),
  record('POST', () => `/incidents/${foreign.incident}/snooze`, 'write', { minutes: 60 }),
  record('DELETE', () => `/incidents/${foreign.incident}/snooze`, 'write'),
  record('GET', () => `/endpoints/${foreign.endpoint}/silence`, 'read'),
  record('POST', () => `/endpoints/${foreign.endpoint}/silence`, 'write', { minutes: 60 }),
  record('DELETE', () => `/endpoints/${foreign.endpoint}/silence`, 'write'),
  collection('GET', '/channels', 'read'),
  collection('POST', '/channels', 'write', { type: 'email', name: 'x', config: { to: 'a@x.example' } }),
  record('GET', () => `/channels/${foreign.channel}`, 'read'),
  record('PATCH', () => `/channels/${foreign.channel}`, 'write', { name: 'stolen' }),
  record('DELETE', () => `/channels/${foreign.channel}`, 'write'),
  record('POST', () => `/channels/${foreign.channel}/test`, 'write'),
  collection('GET', '/deliveries', 'read'),
  collection('GET', '/notices?status=dead', 'read'),
  record('POST', () => `/notices/${foreign.notice}/resend`, 'write'),
  collection('GET', '/members', 'read'),
  record('GET', () => `/members/${foreign.member}`, 'read'),
  record('PATCH', () => `/members/${foreign.member}`, 'admin', { role: 'admin' }),
  record('DELETE', () => `/members/${foreign.member}`, 'read'),
  record('POST', () => `/members/${foreign.member}/transfer-ownership`, 'admin'),
  collection('GET', '/members/invitations', 'admin'),
  collection('POST', '/members/invitations', 'admin', { email: 'guest@ours.example' }),
  record('DELETE', () => `/members/invitations/${foreign.invitation}`, 'admin'),
  collection('GET', '/me', 'read'),
  collection('GET', '/organization', 'read'),
  collection('PATCH', '/organization', 'admin', { name: 'Renamed' }),
  collection('GET', '/overview', 'read'),
  collection('GET', '/metrics', 'read'),
  collection('GET', '/organization/export', 'admin'),
  collection('GET', '/audit-log', 'admin'),
  collection('GET', '/api-keys', 'read'),
  collection('POST', '/api-keys', 'admin', { name: 'x', scopes: ['read'] }),
  record('POST', () => `/api-keys/${foreign.key}/rotate`, 'admin', { overlapSeconds: 60 }),
  record('DELETE', () => `/api-keys/${foreign.key}`, 'admin'),
];

let pages = 0;
const RANK: Record<Scope, number> = { read: 0, write: 1, admin: 2 };
const send = (route: Route, options: { key?: string | null; headers?: Record<string, string> } = {}) =>
  api.call(route.method, `/api/v1${route.path()}`, { ...options, ...(route.body ? { body: route.body } : {}) });

describe.each(ROUTES.map((route) => [`${route.method} ${route.path().replace('//', '/{id}/').replace(/\/$/, '/{id}')}`, route] as const))(
  '%s',
  (_name, route) => {
    it('asks for credentials', async () => {
      const answer = await send(route, { key: null });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
      expect((await send(route, { key: 'rc_unknownunknownunknown' })).statusCode).toBe(401);
    });

    it('gives each scope what it allows and no more', async () => {
      for (const scope of ['read', 'write', 'admin'] as const) {
        const answer = await send(route, { key: api.ours.keys[scope] });
        if (RANK[scope] < RANK[route.needs]) expect([403, 404], `${scope}: ${answer.body}`).toContain(answer.statusCode);
        if (RANK[scope] < RANK[route.needs] && !route.foreign) expect(answer.statusCode).toBe(403);
        else if (route.foreign) expect([403, 404], answer.body).toContain(answer.statusCode);
        else expect(answer.statusCode, answer.body).toBeLessThan(300);
      }
    });

    it("shows and changes nothing of another organization's", async () => {
      const before = await rowCounts(api.db);
      const answer = await send(route);
      for (const id of [
        foreign.endpoint,
        foreign.incident,
        foreign.channel,
        foreign.key,
        foreign.maintenance,
        foreign.page,
        api.theirs.id,
      ]) {
        expect(answer.body.replaceAll(route.path().split('?')[0] as string, '')).not.toContain(id);
      }
      if (!route.foreign) return;
      expect(answer.statusCode, answer.body).toBe(404);
      expect(answer.json()).toMatchObject({ code: 'not_found' });
      expect(await rowCounts(api.db)).toEqual(before);
    });
  },
);

describe('roles', () => {
  it('gives each role what it allows and no more', async () => {
    const cookies = { viewer: '', member: '', admin: '', owner: '' };
    for (const role of ['viewer', 'member', 'admin', 'owner'] as const) cookies[role] = await api.signIn(api.ours.emails[role]);
    const allowed: Record<string, Scope> = { viewer: 'read', member: 'write', admin: 'admin', owner: 'admin' };
    for (const route of ROUTES.filter((entry) => !entry.foreign)) {
      for (const role of ['viewer', 'member', 'admin', 'owner'] as const) {
        const answer = await send(route, { key: null, headers: { cookie: cookies[role], 'sec-fetch-site': 'same-origin' } });
        const may = RANK[allowed[role] as Scope] >= RANK[route.needs];
        expect(answer.statusCode, `${role} ${route.method} ${route.path()} ${answer.body}`).toSatisfy((status: number) =>
          may ? status < 300 : status === 403,
        );
      }
    }
  });
});

describe('credentials', () => {
  it('refuses a revoked and an expired key, also one that an admin revokes while it is in use', async () => {
    const made = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'short', scopes: ['read'] } })).json<{
      id: string;
      key: string;
    }>();
    expect((await api.call('GET', '/api/v1/endpoints', { key: made.key })).statusCode).toBe(200);
    expect((await api.call('DELETE', `/api/v1/api-keys/${made.id}`)).statusCode).toBe(204);
    expect((await api.call('GET', '/api/v1/endpoints', { key: made.key })).statusCode).toBe(401);
    const other = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'old', scopes: ['read'] } })).json<{
      id: string;
      key: string;
    }>();
    await api.db.apiKey.update({ where: { id: other.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await api.call('GET', '/api/v1/endpoints', { key: other.key })).statusCode).toBe(401);
  });

  it('shows a new key once and keeps only its hash', async () => {
    const made = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'once', scopes: ['read'] } })).json<{
      id: string;
      key: string;
      prefix: string;
    }>();
    expect(made.key.startsWith(made.prefix)).toBe(true);
    const tables = JSON.stringify([await api.db.apiKey.findMany(), await api.db.auditLog.findMany()]);
    expect(tables).not.toContain(made.key);
    expect((await api.call('GET', '/api/v1/api-keys?limit=200')).body).not.toContain(made.key);
  });

  it.each([
    'Basic dXNlcjpwYXNz',
    'Bearer',
    'Bearer ',
    'Bearer rc_',
    `Bearer rc_${'x'.repeat(5000)}`,
    "Bearer rc_' or 1=1 --",
    'rc_nothing',
  ])('refuses Authorization: %s', async (authorization) => {
    const answer = await api.call('GET', '/api/v1/endpoints', { key: null, headers: { authorization } });
    expect(answer.statusCode).toBe(401);
  });

  it('never lets a session act for a page of another site', async () => {
    const cookie = await api.signIn(api.ours.emails.owner);
    const post = (headers: Record<string, string>) =>
      api.call('POST', '/api/v1/endpoints', {
        key: null,
        body: { name: 'x', url: 'https://x.example/mcp' },
        headers: { cookie, ...headers },
      });
    const before = await rowCounts(api.db);
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      expect((await post(headers as Record<string, string>)).statusCode, JSON.stringify(headers)).toBe(403);
    }
    expect(await rowCounts(api.db)).toEqual(before);
    expect((await post({ origin: `http://${HOST}` })).statusCode).toBe(201);
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: `http://${HOST}` })).statusCode).toBe(201);
  });

  it('refuses a wrong password, sign-up on an installation that invites, and a session that was signed out', async () => {
    const email = api.ours.emails.owner;
    const sign = (body: object, path = 'sign-in') =>
      api.call('POST', `/api/auth/${path}/email`, { key: null, body, headers: { origin: `http://${HOST}` } });
    expect((await sign({ email, password: 'wrong password' })).statusCode).toBe(401);
    expect((await sign({ email: 'new@example.com', password: 'long enough', name: 'n' }, 'sign-up')).statusCode).toBeGreaterThanOrEqual(
      400,
    );
    expect(await api.db.user.count({ where: { email: 'new@example.com' } })).toBe(0);
    const cookie = await api.signIn(email);
    expect((await api.call('GET', '/api/v1/me', { key: null, headers: { cookie } })).statusCode).toBe(200);
    await api.call('POST', '/api/auth/sign-out', { key: null, body: {}, headers: { cookie, origin: `http://${HOST}` } });
    expect((await api.call('GET', '/api/v1/me', { key: null, headers: { cookie } })).statusCode).toBe(401);
  });

  it('sets session cookies that scripts cannot read and other sites do not send', async () => {
    const answer = await api.call('POST', '/api/auth/sign-in/email', {
      key: null,
      body: { email: api.ours.emails.owner, password: 'correct horse battery' },
      headers: { origin: `http://${HOST}` },
    });
    const session = answer.cookies.find((cookie) => cookie.name.endsWith('session_token'));
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  });
});
