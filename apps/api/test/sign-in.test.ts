import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let cookie: string;
beforeAll(async () => {
  api = await startApi();
  cookie = await api.signIn(api.ours.emails.owner);
});
afterAll(() => api.close());

const act = (headers: Record<string, string>) =>
  api.call('DELETE', '/api/v1/demo', { key: null, headers: { cookie, ...headers } }).then(({ statusCode }) => statusCode);

describe('a session', () => {
  it('may act from the public address when a proxy in front names us by another host', async () => {
    expect(await act({ host: '127.0.0.1:3000', origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' })).toBe(204);
    expect(await act({ host: '127.0.0.1:3000', origin: 'http://elsewhere.example' })).toBe(403);
    expect(await act({ origin: 'null' })).toBe(403);
    expect(await act({ origin: `http://${HOST}`, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });
});

describe('signing in', () => {
  it('does not tell whether the address or the password is wrong', async () => {
    const attempt = (email: string) =>
      api.call('POST', '/api/auth/sign-in/email', {
        key: null,
        body: { email, password: 'wrong password' },
        headers: { origin: `http://${HOST}` },
      });
    const [known, unknown] = [await attempt(api.ours.emails.admin), await attempt('nobody@ours.example')];
    expect(known.statusCode).toBe(401);
    expect(unknown.statusCode).toBe(401);
    expect(known.json()).toEqual(unknown.json());
  });

  it('refuses sign-up where the installation does not offer it', async () => {
    const answer = await api.call('POST', '/api/auth/sign-up/email', {
      key: null,
      body: { name: 'New', email: 'new@elsewhere.example', password: PASSWORD },
      headers: { origin: `http://${HOST}` },
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(await api.db.user.count({ where: { email: 'new@elsewhere.example' } })).toBe(0);
  });

  it('is slowed down for who guesses, and for nobody else', async () => {
    const attempt = (address: string) =>
      api.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        remoteAddress: address,
        headers: { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' },
        payload: JSON.stringify({ email: 'nobody@ours.example', password: 'wrong password' }),
      });
    const statuses: number[] = [];
    for (let i = 0; i < 25; i += 1) statuses.push((await attempt('203.0.113.7')).statusCode);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await attempt('203.0.113.8')).statusCode).toBe(401);
  });
});

describe('what better-auth offers on its own routes', () => {
  const post = (path: string, session: string, body: unknown) =>
    api.call('POST', `/api/auth/organization/${path}`, { key: null, body, headers: { cookie: session, origin: `http://${HOST}` } });

  it('makes ids of their kind: lists page by them', async () => {
    const made = await post('create', cookie, { name: 'Second', slug: 'second' });
    expect(made.statusCode).toBe(200);
    const member = await api.db.member.findFirstOrThrow({ where: { organization: { slug: 'second' } } });
    expect([member.id, member.organizationId]).toEqual([expect.stringMatching(/^mem_/), expect.stringMatching(/^org_/)]);
    expect((await api.db.session.findFirstOrThrow()).id).toMatch(/^ses_/);
  });

  it.each([
    ['update-member-role', { memberId: 'SELF', role: 'owner' }],
    ['invite-member', { email: 'x@elsewhere.example', role: 'owner' }],
    ['update', { data: { name: 'taken' } }],
    ['delete', {}],
  ])('gives neither a viewer nor a stranger a way to %s', async (path, given) => {
    const viewer = await api.signIn(api.ours.emails.viewer);
    const self = await api.db.member.findFirstOrThrow({ where: { organizationId: api.ours.id, role: 'viewer' } });
    const bodyFor = (organizationId: string) => ({ ...given, ...('memberId' in given ? { memberId: self.id } : {}), organizationId });
    const before = await everything();
    const refused = [await post(path, viewer, bodyFor(api.ours.id)), await post(path, cookie, bodyFor(api.theirs.id))];
    for (const { statusCode } of refused) expect([400, 403]).toContain(statusCode);
    expect(await everything()).toEqual(before);
  });

  const everything = () =>
    Promise.all([
      api.db.organization.findMany({ orderBy: { id: 'asc' } }),
      api.db.member.findMany({ orderBy: { id: 'asc' } }),
      api.db.invitation.count(),
    ]);
});

describe('what opens connections or sends messages on demand', () => {
  it.each(['/api/v1/checks', '/api/v1/endpoints/ep_none/probe', '/api/v1/channels/ch_none/test'])(
    'POST %s has a limit of its own',
    async (path) => {
      const answer = await api.call('POST', path, path.endsWith('checks') ? { body: {} } : {});
      expect(answer.headers['ratelimit-limit']).toBe('300');
    },
  );
});
