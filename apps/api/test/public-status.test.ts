import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint, PublicPage, StatusPage } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { openRecipient } from '@rollcall/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowCounts, SECRET, startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';

let api: TestApi;
let endpoint: string;
beforeAll(async () => {
  api = await startApi();
  endpoint = (await api.call('POST', '/api/v1/endpoints', { body: { name: 'Inside', url: 'https://inside.example/mcp' } })).json<Endpoint>()
    .id;
});
afterAll(() => api.close());

const publicly = (path: string, headers: Record<string, string> = {}) => api.call('GET', path, { key: null, headers });
const make = async (slug: string, more: object = {}) => {
  const body = { slug, title: 'Acme <status>', components: [{ endpoint, name: 'Search & "find"', slug: 'search' }], ...more };
  return (await api.call('POST', '/api/v1/status-pages', { body })).json<StatusPage>();
};

describe('GET /status/{slug}.json', () => {
  it('is open to everybody, to scripts of any site, and costs nothing when nothing changed', async () => {
    await make('acme');
    const answer = await publicly('/status/acme.json');
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=10, stale-while-revalidate=60',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.json<PublicPage>()).toMatchObject({
      schema: 'rollcall.status/1',
      status: 'unknown',
      groups: [{ components: [{ slug: 'search' }] }],
    });
    const again = await publicly('/status/acme.json', { 'if-none-match': `"other", ${answer.headers['etag']}` });
    expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', answer.headers['etag']]);
    const small = await publicly('/status/acme/components/search.json');
    expect(small.json()).toMatchObject({ slug: 'search', name: 'Search & "find"', status: 'unknown' });
    expect(small.json()).not.toHaveProperty('days');
    const summary = await publicly('/status/acme/summary.json?lang=de');
    expect([summary.json(), summary.headers['access-control-allow-origin']]).toEqual([
      {
        title: 'Acme <status>',
        status: 'unknown',
        summary: 'Der Zustand ist zurzeit nicht bekannt',
        url: 'http://rollcall.test:3000/status/acme',
        components: [{ slug: 'search', name: 'Search & "find"', status: 'unknown', text: 'Nicht gemessen' }],
      },
      '*',
    ]);
  });

  it.each([
    '/status/nobody.json',
    '/status/Acme.json',
    '/status/nobody/feed.atom',
    '/status/acme/components/nothing.json',
    '/badge/acme/nothing.json',
  ])('has nothing at %s', async (path) => {
    const answer = await publicly(path);
    expect(answer.statusCode, answer.body).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('lets scripts of any site read the refusals, too: not found, not changed, behind a password', async () => {
    await make('other');
    await make('shut', { password: 'a password for it' });
    const { etag = '' } = (await publicly('/status/other.json')).headers;
    const seen = async (path: string, headers: Record<string, string> = {}) => {
      const answer = await publicly(path, headers);
      expect(answer.headers['access-control-allow-origin'], path).toBe('*');
      expect(answer.headers['access-control-expose-headers'], path).toContain('etag');
      return answer.statusCode;
    };
    expect(await seen('/status/other.json', { 'if-none-match': String(etag) })).toBe(304);
    for (const path of [
      '/status/nobody.json',
      '/status/other/components/nobody.json',
      '/badge/other/nobody.json',
      '/badge/nobody/search.svg',
    ])
      expect(await seen(path)).toBe(404);
    expect(await seen('/status/shut.json')).toBe(401);
  });

  it('shows what was changed through the api at once', async () => {
    const page = await make('changing');
    expect((await publicly('/status/changing.json')).statusCode).toBe(200);
    await api.call('PATCH', `/api/v1/status-pages/${page.id}`, { body: { title: 'New' } });
    expect((await publicly('/status/changing.json')).json<PublicPage>().page.title).toBe('New');
    await api.call('PATCH', `/api/v1/status-pages/${page.id}`, { body: { published: false } });
    expect((await publicly('/status/changing.json')).statusCode).toBe(404);
  });
});

describe('feeds', () => {
  it('tell incidents, reports and maintenance in three formats, escaped', async () => {
    const page = await make('feeds');
    const report = {
      title: 'Slow ]]> <b>search</b>',
      text: 'We & they\nlook <script>alert(1)</script>',
      affected: [{ component: 'search' }],
    };
    await api.call('POST', `/api/v1/status-pages/${page.id}/reports`, { body: report });
    const window = {
      name: 'Disks',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      endsAt: new Date(Date.now() + 7_200_000).toISOString(),
    };
    await api.call('POST', '/api/v1/maintenance-windows', { body: window });
    for (const [path, type, root] of [
      ['feed.atom', 'application/atom+xml; charset=utf-8', 'feed'],
      ['feed.rss', 'application/rss+xml; charset=utf-8', 'rss'],
    ] as const) {
      const answer = await publicly(`/status/feeds/${path}`);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, type]);
      expect(answer.body).toContain(`<${root} `);
      expect(answer.body).toContain('Slow ]]&gt; &lt;b&gt;search&lt;/b&gt;');
      expect(answer.body).toContain('Maintenance: Disks');
      expect((await publicly(`/status/feeds/${path}?lang=fr`)).body).toContain('Maintenance : Disks');
      expect(answer.body).not.toMatch(/<script|<b>|inside\.example/);
      expect((await publicly(`/status/feeds/${path}`, { 'if-none-match': String(answer.headers['etag']) })).statusCode).toBe(304);
    }
    const json = (await publicly('/status/feeds/feed.json')).json<{
      version: string;
      items: { title: string; url: string; tags: string[] }[];
    }>();
    expect(json.version).toBe('https://jsonfeed.org/version/1.1');
    expect(json.items.map(({ title }) => title)).toEqual(expect.arrayContaining([report.title, 'Maintenance: Disks']));
    expect(json.items.find(({ title }) => title === report.title)).toMatchObject({
      url: expect.stringMatching(/^http:\/\/rollcall\.test:3000\/status\/feeds\/incidents\/rp_/),
      tags: ['search'],
    });
  });
});

describe('badges', () => {
  it('say the state of a component and of the whole in three styles, with the words of the query escaped and bounded', async () => {
    await make('badges');
    for (const style of ['flat', 'flat-square', 'for-the-badge', 'unheard-of']) {
      const answer = await publicly(`/badge/badges/search.svg?style=${style}`);
      expect([answer.statusCode, answer.headers['content-type']], answer.body).toEqual([200, 'image/svg+xml; charset=utf-8']);
      expect(answer.body).toContain('<title>Search &amp; &quot;find&quot;: unknown</title>');
      expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'/);
    }
    const overall = await publicly(`/badge/badges/overall.svg?label=${encodeURIComponent('<script>"x')}&text=${'y'.repeat(400)}`);
    expect(overall.body).toContain('&lt;script&gt;&quot;x');
    expect(overall.body).not.toContain('<script');
    expect(overall.body).not.toContain('y'.repeat(61));
    expect((await publicly('/badge/badges/overall.json')).json()).toEqual({
      schemaVersion: 1,
      label: 'Acme <status>',
      message: 'unknown',
      color: '5f6573',
      cacheSeconds: 300,
    });
  });

  it('turn red with the component, and stay pictures where there is nothing', async () => {
    const id = (await api.call('POST', '/api/v1/endpoints', { body: { name: 'Down', url: 'https://down.example/mcp' } })).json<Endpoint>()
      .id;
    await openIncident(api.db, id, api.ours.id);
    await make('red', { components: [{ endpoint: id, name: 'Search' }] });
    expect((await publicly('/badge/red/search.svg')).body).toContain('Search: outage');
    const lost = await publicly('/badge/nobody/search.svg');
    expect([lost.statusCode, lost.headers['content-type']]).toEqual([404, 'image/svg+xml; charset=utf-8']);
    expect(lost.body).toContain('not found');
  });
});

describe('a page with a password', () => {
  const PATHS = [
    '/status/locked.json',
    '/status/locked/components/search.json',
    '/status/locked/summary.json',
    '/status/locked/feed.atom',
    '/status/locked/feed.rss',
    '/status/locked/feed.json',
    '/badge/locked/search.svg',
    '/badge/locked/overall.json',
  ];

  it('answers 401 in one shape until the password was given, and again when it is changed', async () => {
    const page = await make('locked', { password: 'open sesame' });
    await make('locked-too', { password: 'open sesame' });
    for (const path of PATHS) {
      const answer = await publicly(path);
      expect([answer.statusCode, answer.json<{ code: string }>().code], path).toEqual([401, 'unauthenticated']);
      expect(answer.body).not.toMatch(/Acme|search &/i);
    }
    const wrong = await api.call('POST', '/status/locked/unlock', { key: null, body: { password: 'open salami' } });
    expect([wrong.statusCode, wrong.headers['set-cookie']]).toEqual([401, undefined]);
    const right = await api.call('POST', '/status/locked/unlock', {
      key: null,
      raw: 'password=open+sesame',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([right.statusCode, right.headers['location']]).toEqual([303, '/status/locked']);
    const header = String(right.headers['set-cookie']);
    expect(header).toMatch(/HttpOnly; SameSite=Lax/);
    const cookie = header.split(';')[0] as string;
    for (const path of PATHS) {
      const answer = await publicly(path, { cookie });
      expect(answer.statusCode, `${path} ${answer.body}`).toBe(200);
      expect(answer.headers['cache-control']).toBe('private, no-cache');
    }
    expect((await publicly('/status/locked-too.json', { cookie: cookie.replace('page_locked', 'page_locked-too') })).statusCode).toBe(401);
    expect((await publicly('/status/locked.json', { cookie: `${cookie.slice(0, -3)}AAA` })).statusCode).toBe(401);
    await api.call('PATCH', `/api/v1/status-pages/${page.id}`, { body: { password: 'close sesame' } });
    expect((await publicly('/status/locked.json', { cookie })).statusCode).toBe(401);
  });

  it('lets nobody guess on', async () => {
    await make('guarded', { password: 'open sesame' });
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, i) =>
        api.app.inject({
          method: 'POST',
          url: '/status/guarded/unlock',
          remoteAddress: '203.0.113.7',
          payload: { password: `guess ${i}` },
        }),
      ),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThan(0);
  });
});

describe('subscriptions', () => {
  const form = (path: string, raw: string) =>
    api.call('POST', path, { key: null, raw, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

  it('are asked for by form and by program with the same answer, confirmed by POST alone, and ended by one click', async () => {
    const page = await make('readers');
    const asked = await api.call('POST', '/status/readers/subscribe', { key: null, body: { type: 'email', email: 'a@example.com' } });
    expect([asked.statusCode, asked.json()]).toEqual([202, { status: 'confirmation_sent' }]);
    const again = await form('/status/readers/subscribe', 'type=email&email=a%40example.com');
    expect([again.statusCode, again.headers['location']]).toEqual([303, '/status/readers?done=confirmation_sent']);
    const row = await api.db.channel.findFirstOrThrow({ where: { statusPageId: page.id } });
    const { tokens } = openRecipient(createSealer(SECRET), row.id, row.config);
    const confirm = `/status/readers/confirm?token=${tokens?.confirm}`;
    const unsubscribe = `/status/readers/unsubscribe?token=${tokens?.unsubscribe}`;
    for (const path of [confirm, unsubscribe]) await publicly(path);
    expect(await api.db.statusSubscriber.findFirstOrThrow({ where: { pageId: page.id } })).toMatchObject({ confirmedAt: null });
    expect((await api.call('POST', '/status/readers/confirm?token=made-up', { key: null })).statusCode).toBe(404);
    expect((await api.call('POST', confirm, { key: null })).statusCode).toBe(204);
    expect((await form(confirm, '')).headers['location']).toBe('/status/readers?done=confirmed');
    expect(await api.db.statusSubscriber.findFirstOrThrow({ where: { pageId: page.id } })).toMatchObject({ confirmedAt: expect.any(Date) });
    const click = await form(unsubscribe, 'List-Unsubscribe=One-Click');
    expect([click.statusCode, click.headers['location']]).toEqual([204, undefined]);
    expect(await api.db.channel.count({ where: { statusPageId: page.id } })).toBe(0);
  });

  it.each<[string, object]>([
    ['no address', { type: 'email', email: 'nobody' }],
    ['two addresses', { type: 'email', email: ['a@example.com', 'b@example.com'] }],
    ['a script', { type: 'webhook', url: 'javascript:alert(1)' }],
    ['a secret that is none', { type: 'webhook', url: 'https://hook.example/', secret: 'x' }],
    ['an unknown member', { type: 'email', email: 'a@example.com', admin: true }],
    ['an unknown way', { type: 'pigeon', url: 'https://hook.example/' }],
  ])('refuse %s', async (_what, body) => {
    await make('picky');
    const before = await rowCounts(api.db);
    const answer = await api.app.inject({ method: 'POST', url: '/status/picky/subscribe', remoteAddress: '203.0.113.20', payload: body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(await rowCounts(api.db)).toEqual(before);
  });

  it('are behind the password where there is one, and lost on a page that is not there', async () => {
    await make('locked-readers', { password: 'open sesame' });
    const ask = (slug: string) =>
      api.app.inject({
        method: 'POST',
        url: `/status/${slug}/subscribe`,
        remoteAddress: '203.0.113.21',
        payload: { type: 'email', email: 'a@example.com' },
      });
    expect((await ask('locked-readers')).statusCode).toBe(401);
    expect((await ask('nobody')).statusCode).toBe(404);
  });
});

describe('on the one public port', () => {
  it('the page itself is the pages’, everything beside it ours, and a host name of its own leads to it', async () => {
    const web = createServer((request, response) => response.end(`web ${request.url}`));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', () => resolve()));
    const front = await startApi({ config: { webUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}` } });
    await front.call('POST', '/api/v1/status-pages', { body: { slug: 'acme', title: 'Acme', customDomain: 'status.acme.example' } });
    const body = async (path: string, host?: string) =>
      (await front.app.inject({ url: path, ...(host ? { headers: { host } } : {}) })).body;
    expect(await body('/status/acme')).toBe('web /status/acme');
    expect(await body('/status/acme/incidents/rp_x')).toBe('web /status/acme/incidents/rp_x');
    expect(await body('/')).toBe('web /');
    expect(await body('/status/acme.json')).toContain('rollcall.status/1');
    expect(await body('/badge/acme/overall.svg')).toContain('<svg');
    const own = await front.app.inject({ url: '/', headers: { host: 'status.acme.example' } });
    expect([own.statusCode, own.headers['location']]).toEqual([302, '/status/acme']);
    expect(await body('/', 'other.example')).toBe('web /');
    await front.close();
    await new Promise((resolve) => web.close(resolve));
  });
});
