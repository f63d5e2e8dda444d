import type { Endpoint, Problem, PublicPage, StatusPage, StatusReport } from '@rollcall/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowCounts, startApi, type TestApi } from './harness.ts';
import { subscriber } from './subscriber.ts';

let api: TestApi;
let weather: string;
let search: string;
let theirs: string;
beforeAll(async () => {
  api = await startApi();
  const register = async (name: string, key = api.ours.keys.admin) =>
    (
      await api.call('POST', '/api/v1/endpoints', { key, body: { name, url: `https://${name.toLowerCase()}.example/mcp` } })
    ).json<Endpoint>().id;
  [weather, search, theirs] = [await register('Weather'), await register('Search'), await register('Theirs', api.theirs.keys.admin)];
});
afterAll(() => api.close());

const make = async (body: object) => api.call('POST', '/api/v1/status-pages', { body: { title: 'Acme', ...body } });

describe('a status page', () => {
  it('is previewed as it would be after a change, also unpublished and behind a password, and nothing is kept', async () => {
    const page = (
      await make({ slug: 'preview', published: false, password: 'correct horse', components: [{ endpoint: weather, name: 'Forecast' }] })
    ).json<StatusPage>();
    const components = [
      { endpoint: search, name: 'New one', group: 'Beta' },
      { id: page.components[0]?.id, endpoint: weather, name: 'Renamed' },
    ];
    const answer = await api.call('POST', `/api/v1/status-pages/${page.id}/preview`, { body: { title: 'Soon', components } });
    expect(answer.statusCode, answer.body).toBe(200);
    const shown = answer.json<PublicPage>();
    expect(shown.page).toMatchObject({ title: 'Soon', slug: 'preview', passwordProtected: true });
    expect(shown.groups.map(({ name, components: of }) => [name, of.map((one) => [one.slug, one.name])])).toEqual([
      ['Beta', [['new-one', 'New one']]],
      [null, [['forecast', 'Renamed']]],
    ]);
    expect((await api.call('GET', `/api/v1/status-pages/${page.id}`)).json<StatusPage>()).toEqual(page);
    const stolen = await api.call('POST', `/api/v1/status-pages/${page.id}/preview`, { body: { components: [{ endpoint: theirs }] } });
    expect(stolen.statusCode).toBe(400);
    expect(stolen.json<Problem>().errors?.[0]?.pointer).toBe('/components/0/endpoint');
  });

  it('is made, read, listed, changed and deleted, each change with its entry in the audit log', async () => {
    const made = await make({
      slug: 'acme',
      description: 'What runs at Acme.',
      publishing: { mode: 'delayed', minutes: 15 },
      components: [
        { endpoint: weather, group: 'APIs' },
        { endpoint: search, name: 'Söarch (EU)', publishing: { mode: 'manual' } },
      ],
    });
    expect(made.statusCode, made.body).toBe(201);
    const page = made.json<StatusPage>();
    expect(made.headers['location']).toBe(`/api/v1/status-pages/${page.id}`);
    expect(page).toMatchObject({
      slug: 'acme',
      url: 'http://rollcall.test:3000/status/acme',
      published: true,
      passwordProtected: false,
      publishing: { mode: 'delayed', minutes: 15 },
      components: [
        { endpoint: weather, slug: 'weather', name: 'Weather', group: 'APIs', publishing: null },
        { endpoint: search, slug: 'soarch-eu', name: 'Söarch (EU)', publishing: { mode: 'manual' } },
      ],
    });
    expect((await api.call('GET', `/api/v1/status-pages/${page.id}`)).json()).toEqual(page);
    expect((await api.call('GET', '/api/v1/status-pages')).json<{ data: StatusPage[] }>().data.map(({ id }) => id)).toContain(page.id);

    const changed = await api.call('PATCH', `/api/v1/status-pages/${page.id}`, { body: { title: 'Acme status', password: 'open sesame' } });
    expect(changed.json()).toMatchObject({ title: 'Acme status', passwordProtected: true, components: page.components });
    const entries = await api.db.auditLog.findMany({ where: { target: page.id }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action }) => action)).toEqual(['status_page.created', 'status_page.updated']);
    expect(JSON.stringify([entries, await api.db.statusPage.findMany()])).not.toContain('open sesame');

    expect((await api.call('DELETE', `/api/v1/status-pages/${page.id}`)).statusCode).toBe(204);
    expect((await api.call('GET', `/api/v1/status-pages/${page.id}`)).statusCode).toBe(404);
    expect(await api.db.statusComponent.count({ where: { pageId: page.id } })).toBe(0);
  });

  it('says clearly that a slug is taken, whoever has it, on making and on changing', async () => {
    await api.call('POST', '/api/v1/status-pages', { key: api.theirs.keys.admin, body: { slug: 'taken', title: 'Theirs' } });
    const before = await rowCounts(api.db);
    const answer = await make({ slug: 'taken' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'conflict', errors: [{ pointer: '/slug', message: 'is taken; choose another' }] });
    expect(await rowCounts(api.db)).toEqual(before);
    const mine = (await make({ slug: 'mine', customDomain: 'status.acme.example' })).json<StatusPage>();
    expect((await api.call('PATCH', `/api/v1/status-pages/${mine.id}`, { body: { slug: 'taken' } })).statusCode).toBe(409);
    const domain = await make({ slug: 'other', customDomain: 'status.acme.example' });
    expect([domain.statusCode, domain.json<Problem>().errors?.[0]?.pointer]).toEqual([409, '/customDomain']);
  });

  it.each<[string, object, string]>([
    ['capitals in the slug', { slug: 'Acme' }, '/slug'],
    ['a slug that ends in a hyphen', { slug: 'acme-' }, '/slug'],
    ['a slug that would leave its place', { slug: '../etc' }, '/slug'],
    ['a reserved word', { slug: 'admin' }, '/slug'],
    ['a slug of 64 characters', { slug: 'x'.repeat(64) }, '/slug'],
    ['a logo from elsewhere', { slug: 'b', logo: 'https://tracker.example/a.png' }, '/logo'],
    ['a logo that is a page', { slug: 'b', logo: 'data:text/html;base64,PGI+' }, '/logo'],
    ['a colour that is none', { slug: 'b', accentColor: 'red;background:url(//x)' }, '/accentColor'],
    ['a script for a home page', { slug: 'b', homepageUrl: 'javascript:alert(1)' }, '/homepageUrl'],
    ['a locale that is none', { slug: 'b', locale: 'no such' }, '/locale'],
    ['a short password', { slug: 'b', password: 'short' }, '/password'],
    ['a delay without minutes', { slug: 'b', publishing: { mode: 'delayed' } }, '/publishing/minutes'],
    ['an address for a host name', { slug: 'b', customDomain: '10.0.0.1' }, '/customDomain'],
    ['our own host name', { slug: 'b', customDomain: 'rollcall.test' }, '/customDomain'],
    ['an endpoint that is not there', { slug: 'b', components: [{ endpoint: 'ep_nobody' }] }, '/components/0/endpoint'],
    ['the slug of the whole', { slug: 'b', components: [{ endpoint: 'ep_x', slug: 'overall' }] }, '/components/0/slug'],
    ['an unknown member', { slug: 'b', colour: 'red' }, '/colour'],
  ])('refuses %s, names it and writes nothing', async (_what, body, pointer) => {
    const before = await rowCounts(api.db);
    const answer = await make(body);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toContain(pointer);
    expect(await rowCounts(api.db)).toEqual(before);
  });

  it("shows no endpoint of another organization's", async () => {
    const answer = await make({ slug: 'spy', components: [{ endpoint: weather }, { endpoint: theirs }] });
    expect([answer.statusCode, answer.json<Problem>().errors]).toEqual([
      400,
      [{ pointer: '/components/1/endpoint', message: 'is no endpoint of yours' }],
    ]);
  });

  it('keeps components that are named by id, whatever their order, and finds a free slug for equal names', async () => {
    const page = (await make({ slug: 'order', components: [{ endpoint: weather }, { endpoint: weather }] })).json<StatusPage>();
    expect(page.components.map(({ slug }) => slug)).toEqual(['weather', 'weather-2']);
    const [first, second] = page.components;
    const swapped = await api.call('PATCH', `/api/v1/status-pages/${page.id}`, {
      body: {
        components: [
          { id: second?.id, endpoint: weather, slug: 'weather' },
          { id: first?.id, endpoint: weather, slug: 'weather-2' },
        ],
      },
    });
    expect(swapped.json<StatusPage>().components.map(({ id, slug }) => [id, slug])).toEqual([
      [second?.id, 'weather'],
      [first?.id, 'weather-2'],
    ]);
    const twice = await api.call('PATCH', `/api/v1/status-pages/${page.id}`, {
      body: {
        components: [
          { id: first?.id, endpoint: weather },
          { id: first?.id, endpoint: weather },
        ],
      },
    });
    expect(twice.statusCode).toBe(400);
  });
});

describe('a report', () => {
  it('begins with an update, goes on with others, and ends when it is resolved', async () => {
    const page = (await make({ slug: 'reports', components: [{ endpoint: weather }] })).json<StatusPage>();
    const base = `/api/v1/status-pages/${page.id}/reports`;
    const made = await api.call('POST', base, {
      body: { title: 'Slow forecasts', text: 'We are looking into it.', affected: [{ component: 'weather', impact: 'degraded' }] },
    });
    expect(made.statusCode, made.body).toBe(201);
    const report = made.json<StatusReport>();
    expect(report).toMatchObject({
      status: 'investigating',
      published: true,
      affected: [{ component: page.components[0]?.id, impact: 'degraded' }],
      url: `http://rollcall.test:3000/status/reports/incidents/${report.id}`,
    });
    const resolved = await api.call('POST', `${base}/${report.id}/updates`, { body: { status: 'resolved', text: 'Mended.' } });
    expect(resolved.json()).toMatchObject({ status: 'resolved', resolvedAt: expect.any(String) });
    expect(resolved.json<StatusReport>().updates.map(({ text }) => text)).toEqual(['Mended.', 'We are looking into it.']);
    const again = await api.call('POST', `${base}/${report.id}/updates`, { body: { status: 'monitoring', text: 'Not quite.' } });
    expect(again.json()).toMatchObject({ status: 'monitoring', resolvedAt: null });
    expect((await api.call('PATCH', `${base}/${report.id}`, { body: { title: 'Slow' } })).json()).toMatchObject({ title: 'Slow' });
    expect((await api.call('GET', base)).json<{ data: StatusReport[] }>().data).toHaveLength(1);
    expect((await api.call('DELETE', `${base}/${report.id}`)).statusCode).toBe(204);
    expect((await api.call('GET', `${base}/${report.id}`)).statusCode).toBe(404);
  });

  it('is refused when it is about what the page does not have, or about tomorrow', async () => {
    const page = (await make({ slug: 'refused' })).json<StatusPage>();
    const other = (await make({ slug: 'other-one' })).json<StatusPage>();
    const base = `/api/v1/status-pages/${page.id}/reports`;
    const bad = async (body: object) => {
      const answer = await api.call('POST', base, { body: { title: 'x', text: 'x', ...body } });
      return [answer.statusCode, answer.json<Problem>().errors?.[0]?.pointer];
    };
    expect(await bad({ affected: [{ component: 'weather' }] })).toEqual([400, '/affected/0/component']);
    expect(await bad({ startedAt: '2999-01-01T00:00:00Z' })).toEqual([400, '/startedAt']);
    expect(await bad({ text: ' ' })).toEqual([400, '/text']);
    const report = (await api.call('POST', base, { body: { title: 'x', text: 'x', published: false } })).json<StatusReport>();
    expect(report.publishedAt).toBeNull();
    expect((await api.call('GET', `/api/v1/status-pages/${other.id}/reports/${report.id}`)).statusCode).toBe(404);
  });
});

describe('a subscriber', () => {
  it('is listed and removed with its channel, which is on no list of channels and takes no alert', async () => {
    const page = (await make({ slug: 'readers' })).json<StatusPage>();
    const id = await subscriber(api.db, { organizationId: api.ours.id, pageId: page.id });
    const list = (await api.call('GET', `/api/v1/status-pages/${page.id}/subscribers`)).json<{ data: { id: string; target: string }[] }>();
    expect(list.data).toMatchObject([{ id, type: 'email', target: 'reader@example.com' }]);
    const channel = await api.db.channel.findFirstOrThrow({ where: { statusPageId: page.id } });
    expect((await api.call('GET', '/api/v1/channels')).body).not.toContain(channel.id);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/test'],
    ] as const)
      expect((await api.call(method, `/api/v1/channels/${channel.id}${path}`)).statusCode).toBe(404);
    expect((await api.call('DELETE', `/api/v1/status-pages/${page.id}/subscribers/${id}`)).statusCode).toBe(204);
    expect(await api.db.channel.count({ where: { statusPageId: page.id } })).toBe(0);
    const log = await api.db.auditLog.findMany({ where: { target: id } });
    expect(JSON.stringify(log)).not.toContain('reader@example.com');
  });
});
