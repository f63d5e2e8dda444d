import { newId } from '@rollcall/crypto';
import {
  claimDue,
  createPublicPages,
  getEndpointHours,
  getMe,
  getOverview,
  getStats,
  getUptime,
  listEndpoints,
  listIncidents,
  listProbes,
  type StatsWindow,
  scopesOf,
} from '@rollcall/services';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedHistory } from './bench/seed.ts';

/**
 * The queries that every probe or page asks, on a past large enough for the planner to need its indexes. What is bounded
 * is work (pages read, rows looked at), never time: the same numbers hold at 10,000 endpoints and 90 days, because none of
 * these queries may depend on how many other endpoints there are. `HOT_QUERIES=10000x90x300 npm test -- test/hot-queries.test.ts` asks
 * them of so many endpoints, days, and seconds of an interval.
 */
const NOW = new Date('2026-11-20T12:30:00Z');
const [ENDPOINTS = 6000, DAYS = 3, INTERVAL_SECONDS = 3600] = (process.env['HOT_QUERIES'] ?? '').split('x').filter(Boolean).map(Number);
const SEED_TIMEOUT_MS = 900_000;
/** Tables that grow with endpoints or time: reading one from end to end is never right. */
const LARGE = /^(probe(_.*)?|endpoint|endpoint_state|endpoint_schedule|incident|notice|rollup_due)$/;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

let database: TestDatabase;
let organizationId: string;
let endpointId: string;
let pageIds: string[];
const COMPONENTS = 100;
beforeAll(async () => {
  database = await testDatabase();
  organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'o', slug: organizationId } });
  await seedHistory(database.db, {
    organizationId,
    endpoints: ENDPOINTS,
    days: DAYS,
    rawDays: 1,
    intervalSeconds: INTERVAL_SECONDS,
    now: NOW,
  });
  pageIds = (await database.db.endpoint.findMany({ orderBy: { id: 'desc' }, take: 50 })).map(({ id }) => id);
  endpointId = (await database.db.endpoint.findFirstOrThrow({ where: { name: 'Server 1234' } })).id;
  await publishPage();
}, SEED_TIMEOUT_MS);
afterAll(() => database.close());

async function publishPage(): Promise<void> {
  const pageId = newId('sp');
  await database.db.statusPage.create({ data: { id: pageId, organizationId, slug: 'hot', title: 'Hot', published: true } });
  const shown = await database.db.endpoint.findMany({ orderBy: { id: 'asc' }, take: COMPONENTS });
  await database.db.statusComponent.createMany({
    data: shown.map(({ id }, i) => ({ id: newId('sc'), pageId, endpointId: id, slug: `c${i}`, name: `Component ${i}`, position: i })),
  });
}

const publicPage = () => createPublicPages({ db: database.db, publicUrl: 'http://x', now: () => NOW }).get('hot');

const actor = () => ({ organizationId, kind: 'api_key' as const, id: 'key_x', label: 'x', role: null, scopes: scopesOf(['read']) });

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Runs the verb, then explains every statement that it sent, with the same parameters. */
async function explain(verb: () => Promise<unknown>): Promise<PlanNode[]> {
  const sent: { text: string; values: unknown[] }[] = [];
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function spy(this: pg.Client, ...args: unknown[]) {
    const [first] = args as [{ text?: string; values?: unknown[] }];
    if (typeof first?.text === 'string') sent.push({ text: first.text, values: first.values ?? [] });
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  await verb().finally(() => {
    pg.Client.prototype.query = query;
  });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const plans: PlanNode[] = [];
    for (const { text, values } of sent) {
      if (!/^\s*(select|with|update|insert|delete)\b/i.test(text)) continue;
      await client.query('begin');
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        `explain (analyze, buffers, format json) ${text}`,
        values,
      );
      await client.query('rollback');
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
      if (plan) plans.push(plan);
    }
    expect(plans.length).toBeGreaterThan(0);
    return plans;
  } finally {
    await client.end();
  }
}

const pagesOf = (plans: readonly PlanNode[]) =>
  plans.reduce((sum, plan) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0);

/** Rows looked at in large tables, whether they were wanted or not. */
const rowsOf = (plans: readonly PlanNode[]) =>
  plans
    .flatMap(nodesOf)
    .filter((node) => LARGE.test(node['Relation Name'] ?? ''))
    .reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);

function scannedWhole(plans: readonly PlanNode[]): string[] {
  return plans
    .flatMap(nodesOf)
    .filter(
      (node) =>
        node['Node Type'] === 'Seq Scan' && LARGE.test(node['Relation Name'] ?? '') && node['Actual Rows'] * node['Actual Loops'] > 0,
    )
    .map((node) => node['Relation Name'] as string);
}

describe('hot queries', () => {
  it('claim what is due by its index, and write only what was claimed', async () => {
    // Of some that are due the first five hundred, a scheduler's batch, are claimed, and the next are explained.
    const plans = await explain(() => claimDue(database.db, { now: new Date(NOW.getTime() + 900_000), limit: 500 }));
    const nodes = plans.flatMap(nodesOf);
    expect(nodes.map((node) => node['Index Name'])).toContain('endpoint_schedule_due');
    expect(scannedWhole(plans)).toEqual([]);
    expect(nodes.find((node) => node['Node Type'] === 'ModifyTable')?.['Actual Rows']).toBe(500);
    expect(pagesOf(plans)).toBeLessThan(15_000);
  });

  it.each<[string, () => Promise<unknown>, { pages: number; rows: number }]>([
    ['list endpoints', () => listEndpoints(database.db, actor(), { limit: 50 }), { pages: 500, rows: 250 }],
    ['hours of the endpoints of a page', () => getEndpointHours(database.db, actor(), pageIds, NOW), { pages: 1500, rows: 1500 }],
    ['who asks', () => getMe(database.db, actor(), { smtpConfigured: false, publicUrl: 'http://x' }), { pages: 10, rows: 2 }],
    ['list probes', () => listProbes(database.db, actor(), endpointId, { limit: 50 }, NOW), { pages: 250, rows: 200 }],
    ['list incidents', () => listIncidents(database.db, actor(), { limit: 50 }, 'http://x'), { pages: 400, rows: 250 }],
    [
      'list open incidents',
      () => listIncidents(database.db, actor(), { limit: 50, status: 'open' }, 'http://x'),
      { pages: 300, rows: 160 },
    ],
    [
      'list incidents of an endpoint',
      () => listIncidents(database.db, actor(), { limit: 50, endpoint: endpointId }, 'http://x'),
      { pages: 60, rows: 20 },
    ],
    ...(['24h', '7d', '90d'] as StatsWindow[]).map((window): [string, () => Promise<unknown>, { pages: number; rows: number }] => [
      `stats of ${window}`,
      () => getStats(database.db, actor(), endpointId, window, NOW),
      { pages: 700, rows: 500 },
    ]),
    ['uptime of all windows', () => getUptime(database.db, actor(), endpointId, NOW), { pages: 700, rows: 500 }],
  ])('%s by an index, whatever else there is', async (_what, verb, bound) => {
    const plans = await explain(verb);
    expect(scannedWhole(plans)).toEqual([]);
    expect({ pages: pagesOf(plans), rows: rowsOf(plans) }).toSatisfy(({ pages, rows }) => pages <= bound.pages && rows <= bound.rows);
  });

  it('see in one walk over the states of the organization what the first screen shows', async () => {
    const plans = await explain(() => getOverview(database.db, actor(), 'http://x', NOW));
    expect(rowsOf(plans)).toBeLessThanOrEqual(2 * ENDPOINTS + 250);
    expect(pagesOf(plans)).toBeLessThan(2500);
  });

  it('make a status page of which nothing is known yet with few questions, however many components it has', async () => {
    const plans = await explain(publicPage);
    expect(plans.length).toBeLessThan(20);
    expect(scannedWhole(plans)).toEqual([]);
    expect({ pages: pagesOf(plans), rows: rowsOf(plans) }).toSatisfy(
      ({ pages, rows }) => pages <= 60 * COMPONENTS && rows <= 30 * COMPONENTS,
    );
  });

  it.each(['name', 'status', 'latency'] as const)(
    'list endpoints by %s looks once at each of the organization, and at one page whole',
    async (sort) => {
      const plans = await explain(() => listEndpoints(database.db, actor(), { limit: 50, sort }));
      expect(rowsOf(plans)).toBeLessThanOrEqual(2 * ENDPOINTS + 250);
      expect(pagesOf(plans)).toBeLessThan(2500);
    },
  );
});
