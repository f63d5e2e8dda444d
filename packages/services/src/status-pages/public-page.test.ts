import { createEndpointSchema, createReportSchema, createStatusPageSchema, publicPageSchema } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopesOf } from '../access/actor.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { getStats } from '../stats/get-stats.ts';
import { createPublicPages, FRESH_MS, LENT_MS } from './page-cache.ts';
import { createReport } from './reports.ts';
import { createStatusPage, updateStatusPage } from './status-pages.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const MINUTE = 60_000;
const publicUrl = 'https://rollcall.example';
const SECRET_URL = 'https://mcp.inside.example/key-1234/mcp?token=sesame';
let database: TestDatabase;
let actor: Actor;
let deps: { db: Db; publicUrl: string };
let clock = NOW;
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE);

beforeAll(async () => {
  database = await testDatabase();
  const organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'o', slug: organizationId } });
  actor = { organizationId, kind: 'api_key', id: 'key_x', label: 'x', role: null, scopes: scopesOf(['admin']) };
  deps = { db: database.db, publicUrl };
});
afterAll(() => database.close());

/** An endpoint that was probed every minute for three days and was down from 200 to 180 minutes ago. */
async function measured(): Promise<string> {
  const input = createEndpointSchema.parse({ name: 'Inside name', url: SECRET_URL, intervalSeconds: 60, timeoutMs: 1000 });
  const sealing = { sealer: createSealer(Buffer.alloc(32, 1).toString('base64')), region: 'default' };
  const id = await database.db.$transaction((tx) =>
    insertEndpoint(tx, sealing, actor.organizationId, input, { demo: false, now: ago(4320) }),
  );
  const { seq } = await database.db.endpoint.findUniqueOrThrow({ where: { id } });
  await database.db.$executeRaw`
    insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
    select at, ${seq}, 150, 1, 0, '' from generate_series(${ago(4320)}::timestamptz, ${NOW}::timestamptz, interval '1 minute') as at`;
  await incident(id, 200, 180);
  await database.db.endpointState.update({
    where: { endpointId: id },
    data: { status: 'up', since: ago(180), summary: { toolCount: 7, toolsChangedAt: ago(999).toISOString() } },
  });
  return id;
}

async function incident(endpointId: string, fromAgo: number, toAgo: number | null): Promise<string> {
  const id = newId('inc');
  await database.db.incident.create({
    data: {
      id,
      organizationId: actor.organizationId,
      endpointId,
      severity: 'down',
      openedAt: ago(fromAgo),
      confirmedAt: ago(fromAgo - 1),
      resolvedAt: toAgo === null ? null : ago(toAgo),
      causeCode: 'tcp.refused',
      cause: { title: 'Secret cause', evidence: { address: '10.1.2.3' } },
    },
  });
  return id;
}

async function page(slug: string, body: object) {
  return createStatusPage(deps, actor, createStatusPageSchema.parse({ slug, title: 'Acme', ...body }), NOW);
}
const pages = () => createPublicPages({ db: database.db, publicUrl, now: () => clock });
const read = async (slug: string) => publicPageSchema.parse((await pages().get(slug))?.document);

describe('the public page', () => {
  it('tells state, uptime, days and incidents as the dashboard does, and nothing that is private', async () => {
    const endpoint = await measured();
    await page('acme', { components: [{ endpoint, name: 'Search', group: 'APIs' }] });
    const shown = await read('acme');
    expect(shown).toMatchObject({ status: 'operational', summary: 'All systems operational', open: [] });
    const component = shown.groups[0]?.components[0];
    expect(component).toMatchObject({
      slug: 'search',
      status: 'operational',
      since: ago(180).toISOString(),
      tools: { count: 7, lastChangedAt: ago(999).toISOString() },
      latency: { p50Ms: 15 },
      url: null,
    });
    const stats = await getStats(database.db, actor, endpoint, '90d', NOW);
    expect(component?.uptime90d).toBeCloseTo(stats.uptime as number, 5);
    expect(component?.uptime90d).toBeLessThan(1);
    expect(component?.days).toHaveLength(90);
    expect(component?.days.at(-1)).toMatchObject({ date: '2026-11-20', worst: 'down', downSeconds: 1200 });
    expect(component?.days[0]).toMatchObject({ uptime: null, worst: 'no_data' });
    expect(shown.history).toMatchObject([
      { month: '2026-11', incidents: [{ kind: 'incident', title: 'Search is out of service', components: ['search'] }] },
    ]);
    const text = JSON.stringify(shown);
    for (const secret of [
      endpoint,
      'inside.example',
      'sesame',
      'Inside name',
      'Secret cause',
      '10.1.2.3',
      'tcp.refused',
      actor.organizationId,
    ])
      expect(text).not.toContain(secret);
  });

  it('shows an open incident at once, late, or not at all, as the page says and each component may say otherwise', async () => {
    const endpoint = await measured();
    await incident(endpoint, 10, null);
    await database.db.endpointState.update({ where: { endpointId: endpoint }, data: { status: 'down', since: ago(10) } });
    const components = [
      { endpoint, name: 'As the page' },
      { endpoint, name: 'Late', publishing: { mode: 'delayed', minutes: 30 } },
      { endpoint, name: 'By hand', publishing: { mode: 'manual' } },
    ];
    const made = await page('modes', { components });
    const shown = await read('modes');
    expect(shown.groups[0]?.components.map(({ status }) => status)).toEqual(['outage', 'operational', 'operational']);
    expect(shown.groups[0]?.components.map(({ days }) => days.at(-1)?.worst)).toEqual(['down', 'up', 'up']);
    expect(shown).toMatchObject({
      status: 'partial_outage',
      open: [{ title: 'As the page is out of service', components: ['as-the-page'] }],
    });
    clock = new Date(NOW.getTime() + 30 * MINUTE);
    const later = await read('modes');
    clock = NOW;
    expect(later.open[0]?.components).toEqual(['as-the-page', 'late']);

    const body = {
      title: 'We see it',
      text: 'Looking.',
      affected: [{ component: 'by-hand', impact: 'outage' }],
      startedAt: ago(60).toISOString(),
    };
    await createReport(deps, actor, made.id, createReportSchema.parse(body), NOW);
    await createReport(deps, actor, made.id, createReportSchema.parse({ title: 'Draft', text: 'Not yet.', published: false }), NOW);
    const reported = await read('modes');
    expect(reported.groups[0]?.components[2]).toMatchObject({
      status: 'outage',
      days: expect.arrayContaining([expect.objectContaining({ worst: 'down', downSeconds: 3600 })]),
    });
    expect(reported.open.map(({ kind, title }) => [kind, title])).toEqual([
      ['incident', 'As the page is out of service'],
      ['report', 'We see it'],
    ]);
    expect(JSON.stringify(reported)).not.toContain('Draft');
  });

  it('hides what the page says, and is not there for the public before it is published', async () => {
    const endpoint = await measured();
    const show = { uptime: false, history: false, latency: false, tools: false, urls: true };
    const made = await page('quiet', { components: [{ endpoint }], show, published: false });
    expect(await pages().get('quiet')).toBeNull();
    await updateStatusPage(deps, actor, made.id, { published: true }, NOW);
    const shown = await read('quiet');
    expect(shown.history).toEqual([]);
    expect(shown.groups[0]?.components[0]).toMatchObject({
      uptime90d: null,
      days: [],
      latency: null,
      tools: null,
      url: 'https://mcp.inside.example/key-1234/mcp',
    });
  });

  it('announces maintenance of what is on it', async () => {
    const endpoint = await measured();
    await page('upkeep', { components: [{ endpoint, name: 'A' }] });
    const window = { organizationId: actor.organizationId, description: 'New disks.', tags: [], startsAt: ago(-60), endsAt: ago(-120) };
    await database.db.maintenanceWindow.create({ data: { ...window, id: newId('mw'), name: 'Disks', endpointIds: [endpoint] } });
    await database.db.maintenanceWindow.create({ data: { ...window, id: newId('mw'), name: 'Elsewhere', endpointIds: ['ep_other'] } });
    expect((await read('upkeep')).maintenance).toMatchObject([
      { title: 'Disks', description: 'New disks.', active: false, startsAt: ago(-60).toISOString(), components: ['a'] },
    ]);
  });
});

describe('a crowd', () => {
  it('asks the database once in ten seconds, and sees a change at once where it was made', async () => {
    const made = await page('crowd', {});
    let reads = 0;
    const counting = new Proxy(database.db, {
      get(target, name, receiver) {
        if (name === 'statusPage') reads += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    const crowd = createPublicPages({ db: counting, publicUrl, now: () => clock });
    const answers = await Promise.all(Array.from({ length: 200 }, () => crowd.get('crowd')));
    expect([reads, new Set(answers.map((answer) => answer?.etag)).size]).toEqual([1, 1]);
    await Promise.all(Array.from({ length: 50 }, () => crowd.get('nobody')));
    expect(reads).toBe(2);
    clock = new Date(NOW.getTime() + FRESH_MS);
    // Nobody waits for what is read again behind the first who comes after ten seconds.
    expect(await Promise.all(Array.from({ length: 50 }, () => crowd.get('crowd')))).toEqual(Array(50).fill(answers[0]));
    expect(reads).toBe(3);
    await expect.poll(async () => (await crowd.get('crowd'))?.document.generatedAt).toBe(clock.toISOString());
    expect(reads).toBe(3);
    clock = new Date(clock.getTime() + LENT_MS);
    const again = await crowd.get('crowd');
    expect([reads, again?.document.generatedAt]).toEqual([4, clock.toISOString()]);
    // Made at another time, and still the same for whoever has it.
    expect(again?.etag).toBe(answers[0]?.etag);
    expect(again?.document.generatedAt).not.toBe(answers[0]?.document.generatedAt);
    await updateStatusPage(deps, actor, made.id, { title: 'Changed' }, NOW);
    crowd.forget(actor.organizationId);
    expect((await crowd.get('crowd'))?.document.page.title).toBe('Changed');
    clock = NOW;
  });

  it('is answered from what was known when the database fails', async () => {
    await page('outlives', {});
    let broken = false;
    const failing = new Proxy(database.db, {
      get(target, name, receiver) {
        if (broken) throw new Error('gone');
        return Reflect.get(target, name, receiver);
      },
    });
    const crowd = createPublicPages({ db: failing, publicUrl, now: () => clock });
    const first = await crowd.get('outlives');
    broken = true;
    clock = new Date(NOW.getTime() + 60_000);
    expect(await crowd.get('outlives')).toBe(first);
    clock = new Date(NOW.getTime() + 3_600_000);
    await expect(crowd.get('outlives')).rejects.toThrow();
    clock = NOW;
  });
});
