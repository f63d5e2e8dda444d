import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDb, type Db, startEmbeddedPostgres } from '@rollcall/db';
import { packPartitions } from '@rollcall/services';
import { freePort } from '@rollcall/testkit';
import { apiClient, npmStart, readCredentials, repository, untilReady } from '../system/rollcall.ts';
import { continueHistory, seedHistory } from './seed.ts';

const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: '1000' },
    days: { type: 'string', default: '90' },
    'raw-days': { type: 'string', default: '1' },
    requests: { type: 'string', default: '100' },
    /** A folder that stays: what was seeded there on this UTC day is measured again. */
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const endpoints = Number(values.endpoints);
const days = Number(values.days);
const requests = Number(values.requests);
const COMPONENTS = 100;
const READY_MS = 300_000;

/** What is said besides the result goes to stderr: `--json` is one line of stdout. */
const say = (text: string) => process.stderr.write(`${text}\n`);
const percentile = (sorted: readonly number[], p: number) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN).toFixed(1));

interface Size {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
}

/** Heap, TOAST and indexes of each table over its rows. */
async function sizes(db: Db): Promise<Size[]> {
  const rows = await db.$queryRaw<{ table: string; rows: bigint; bytes: bigint }[]>`
    select 'probe' as table, (select count(*) from probe) as rows,
      (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'probe'::regclass)::bigint as bytes
    union all select 'probe_hour', (select count(*) from probe_hour), pg_total_relation_size('probe_hour')
    union all select 'probe_day', (select count(*) from probe_day), pg_total_relation_size('probe_day')
    union all select 'probe_silence', (select count(*) from probe_silence), pg_total_relation_size('probe_silence')`;
  return rows.map((row) => ({ table: row.table, rows: Number(row.rows), bytes: Number(row.bytes) }));
}

function sayRow({ table, rows, bytes }: Size, note = ''): void {
  say(`${table.padEnd(14)} ${rows} rows, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / Math.max(1, rows)).toFixed(1)} bytes a row${note}`);
}

async function sizesAndPacking(db: Db): Promise<void> {
  const before = await sizes(db);
  for (const size of before) sayRow(size);
  const packed = await packPartitions(db, new Date());
  if (packed.length === 0) return;
  const [probe] = await sizes(db);
  if (probe) sayRow(probe, `, with the finished days packed (${packed.join(', ')})`);
}

/** Answers with the status once the last byte is here. */
type Ask = (n: number) => Promise<{ readonly status: number; readonly retryAfterMs: number }>;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** With a browser's headers, and without unpacking what comes: that would be measured with it, and costs the reader's machine. */
function ask(url: string, headers: Record<string, string>): ReturnType<Ask> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent, headers: { 'accept-encoding': 'gzip, deflate, br', ...headers } }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, retryAfterMs: 1000 * Number(answer.headers['retry-after'] ?? 1) }),
      );
    });
    asked.once('error', reject);
  });
}

/** One request after the other, each of another subject, after a few that warm up. */
async function measure(
  name: string,
  ask: Ask,
  prepare?: (n: number) => Promise<unknown>,
): Promise<{ p50Ms: number; p95Ms: number } | null> {
  const times: number[] = [];
  for (let n = -5; n < requests; n += 1) {
    await prepare?.(n + 5);
    const began = performance.now();
    const { status, retryAfterMs } = await ask(n + 5);
    if (status === 404) return null;
    if (status === 429) {
      // The limit of one key is part of the product; waiting for it is no part of the latency.
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      n -= 1;
      continue;
    }
    if (status !== 200) throw new Error(`${name}: ${status}`);
    if (n >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
}

const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'rollcall-bench-')));
const postgres = await startEmbeddedPostgres({ stateDir: dataDir, database: 'rollcall' });
/** What was seeded, and until when. */
const stampFile = join(dataDir, 'seed.json');

async function seed(organizationId: string): Promise<void> {
  const options = { organizationId, endpoints, days, rawDays: Number(values['raw-days']), intervalSeconds: 60, now: new Date() };
  const size = `${endpoints} endpoints over ${days} days, ${options.rawDays} of them raw`;
  const began = Date.now();
  const before = await readFile(stampFile, 'utf8').then(
    (text) => JSON.parse(text) as { size: string; at: string },
    () => null,
  );
  if (before === null) await seedHistory(db, options);
  else if (before.size === size && before.at.slice(0, 10) === options.now.toISOString().slice(0, 10))
    await continueHistory(db, options, new Date(before.at));
  else throw new Error(`${dataDir} holds ${before.size}, seeded until ${before.at}: remove it, or name another folder`);
  await writeFile(stampFile, JSON.stringify({ size, at: options.now.toISOString() }));
  say(`${before === null ? 'seeded' : 'went on with'} ${size}, in ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

const port = await freePort();
const started = npmStart(
  repository,
  {
    DATABASE_URL: postgres.url,
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_ROLES: 'api,web',
    ROLLCALL_DEMO: '0',
    ROLLCALL_SECRET: Buffer.alloc(32, 1).toString('base64'),
    LOG_LEVEL: 'warn',
  },
  port,
);
const db = createDb(postgres.url, { max: 4 });
try {
  await untilReady(started, READY_MS);
  const credentials = readCredentials(dataDir);
  const api = apiClient(started.baseUrl, credentials.apiKey);
  const organization = await db.organization.findFirstOrThrow();
  await seed(organization.id);
  await sizesAndPacking(db);
  const ids = (await db.endpoint.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id);
  const idAt = (n: number) => ids[(n * 37) % ids.length] as string;
  const fiftyFrom = (n: number) => Array.from({ length: 50 }, (_, i) => idAt(n * 50 + i)).join(',');
  const publish = (slug: string, from: number) =>
    api.post<{ id: string }>('/status-pages', {
      slug,
      title: 'Bench',
      published: true,
      components: Array.from({ length: COMPONENTS }, (_, i) => ids[(from + i) % ids.length] as string).map((endpoint, i) => ({
        endpoint,
        slug: `c${i}`,
        name: `Component ${i}`,
      })),
    });
  for (const old of (await api.get<{ data: { id: string; slug: string }[] }>('/status-pages?limit=200')).data)
    if (old.slug.startsWith('bench')) await api.del(`/status-pages/${old.id}`);
  const page = await publish('bench', 0);
  const signIn = await fetch(`${started.baseUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: started.baseUrl },
    body: JSON.stringify({ email: credentials.email, password: credentials.password }),
  });
  if (!signIn.ok) throw new Error(`sign-in: ${signIn.status} ${await signIn.text()}`);
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const key = { authorization: `Bearer ${credentials.apiKey}` };
  const read = (path: string, headers: Record<string, string>) => ask(`${started.baseUrl}${path}`, headers);
  const routes: [string, Ask, ((n: number) => Promise<unknown>)?][] = [
    ['/api/v1/endpoints', () => read('/api/v1/endpoints?limit=50', key)],
    ['/api/v1/endpoints?sort=latency', () => read('/api/v1/endpoints?limit=50&sort=latency', key)],
    ['/api/v1/endpoints/hours', (n) => read(`/api/v1/endpoints/hours?ids=${fiftyFrom(n)}`, key)],
    ['/api/v1/overview', () => read('/api/v1/overview', key)],
    ...(['24h', '7d', '30d', '90d'] as const).map((window): [string, Ask] => [
      `/api/v1/endpoints/{id}/stats?window=${window}`,
      (n) => read(`/api/v1/endpoints/${idAt(n)}/stats?window=${window}`, key),
    ]),
    ['/api/v1/endpoints/{id}/uptime', (n) => read(`/api/v1/endpoints/${idAt(n)}/uptime`, key)],
    ['/api/v1/endpoints/{id}/probes', (n) => read(`/api/v1/endpoints/${idAt(n)}/probes?limit=50`, key)],
    ['/api/v1/incidents', () => read('/api/v1/incidents?limit=50', key)],
    ['/status/{slug}.json', () => read('/status/bench.json', {})],
    // Of such a page nothing is known: neither it nor the past of its components.
    ['/status/{slug} never read before', (n) => read(`/status/bench-${n}`, {}), (n) => publish(`bench-${n}`, (n + 1) * COMPONENTS)],
    // After a change the page is read, built, rendered and compressed anew; what its components were until now is known.
    [
      '/status/{slug} after a change',
      () => read('/status/bench', {}),
      (n) => api.patch(`/status-pages/${page.id}`, { description: `Change ${n}` }),
    ],
    ['/status/{slug} cached', () => read('/status/bench', {})],
    ['/', () => read('/', { cookie })],
    ['/endpoints', () => read('/endpoints', { cookie })],
    ['/endpoints?sort=latency', () => read('/endpoints?sort=latency', { cookie })],
    ['/endpoints/{id}', (n) => read(`/endpoints/${idAt(n)}`, { cookie })],
  ];
  const result: Record<string, { p50Ms: number; p95Ms: number }> = {};
  for (const [name, asked, prepare] of routes) {
    const measured = await measure(name, asked, prepare);
    if (measured) result[name] = measured;
    else say(`${name}: there is no such page yet`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    for (const [name, { p50Ms, p95Ms }] of Object.entries(result))
      process.stdout.write(`${name.padEnd(42)} p50 ${p50Ms} ms, p95 ${p95Ms} ms\n`);
} finally {
  await db.$disconnect();
  await started.stop();
  await postgres.stop();
  if (values.data === undefined) await rm(dataDir, { recursive: true, force: true });
}
