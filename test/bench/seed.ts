import { initialMemory, nextSlot, phaseMs } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { codeOf, DAY_MS, dayName, dayStart, encodeDetail, HOUR_MS, maintainPartitions } from '@rollcall/services';

export interface SeedOptions {
  readonly organizationId: string;
  readonly endpoints: number;
  /** Days of rollups, up to the running one. */
  readonly days: number;
  /** Newest days, and the running one, that have raw rows as well. */
  readonly rawDays: number;
  readonly intervalSeconds: number;
  readonly now: Date;
}

const CHUNK = 1000;
const DAYS_A_STATEMENT = 5;
/** Different days that are dealt out over endpoints and dates. */
const TEMPLATES = 64;
const TIMEOUT_MS = 10_000;
const CLOSE_AFTER_MS = 10 * 60_000;

/** A whole installation's past, by a few statements: endpoints with state and schedule, rollups, raw rows, incidents, silences. */
export async function seedHistory(db: Db, options: SeedOptions): Promise<void> {
  await seedEndpoints(db, options);
  await seedRollups(db, options);
  await seedRaw(db, options);
  await seedIncidents(db, options);
  await writeRollupState(db, options);
  await db.$executeRawUnsafe('vacuum analyze');
}

/** The seeded hours of the running day are all there: the last that is over counts as rolled up. */
async function writeRollupState(db: Db, options: SeedOptions): Promise<void> {
  // As the janitor leaves it: an hour is closed ten minutes after its end (rollups/mark-due.ts).
  const closedTo = Math.floor((options.now.getTime() - CLOSE_AFTER_MS) / HOUR_MS) * HOUR_MS;
  const state = { closedTo: new Date(closedTo).toISOString(), rawFrom: new Date(rawFrom(options)).toISOString() };
  await db.$executeRaw`
    insert into installation (key, value, updated_at) values ('rollup', ${JSON.stringify(state)}::jsonb, now())
    on conflict (key) do update set value = excluded.value`;
}

/** Goes on with a past of the same day that ended at `since`: raw rows until now, and the newest hours rolled up. */
export async function continueHistory(db: Db, options: SeedOptions, since: Date): Promise<void> {
  await seedRaw(db, options, since.getTime());
  await db.$executeRaw`update endpoint_state set last_probe_at = ${options.now} where status = 'up'`;
  await writeRollupState(db, options);
  await db.$executeRawUnsafe('vacuum analyze');
}

const rawFrom = ({ now, rawDays }: SeedOptions) => dayStart(now.getTime()) - rawDays * DAY_MS;

async function seedEndpoints(db: Db, { organizationId, endpoints, intervalSeconds, now }: SeedOptions): Promise<void> {
  const intervalMs = intervalSeconds * 1000;
  for (let from = 0; from < endpoints; from += CHUNK) {
    const ids = Array.from({ length: Math.min(CHUNK, endpoints - from) }, () => newId('ep'));
    const phases = ids.map((id) => phaseMs(id, 'default', intervalMs));
    const due = phases.map((phase) => nextSlot(phase, intervalMs, now));
    await db.$executeRaw`
      insert into endpoint (id, organization_id, name, url, interval_seconds, timeout_ms, regions, tags, updated_at)
      select id, ${organizationId}, 'Server ' || n, 'https://mcp-' || n || '.example/mcp', ${intervalSeconds}::int, ${TIMEOUT_MS}::int, '{default}', array['team-' || n % 20], ${now}
      from (select id, ${from}::int + i - 1 as n from unnest(${ids}::text[]) with ordinality u(id, i)) ids`;
    await db.$executeRaw`
      insert into endpoint_state (endpoint_id, status, latency_ms, last_probe_at, memory)
      select id, 'up', 80, ${now}, ${JSON.stringify(initialMemory(now))}::jsonb from unnest(${ids}::text[]) u(id)`;
    await db.$executeRaw`
      insert into endpoint_schedule (endpoint_id, region, interval_ms, phase_ms, timeout_ms, next_due_at)
      select id, 'default', ${intervalMs}::int, phase, ${TIMEOUT_MS}::int, due from unnest(${ids}::text[], ${phases}::int[], ${due}::timestamptz[]) u(id, phase, due)`;
  }
}

/** The block of one hour: latencies around a level, as a server has them. */
function hourOf(probes: number, levelMs: number): Map<number, number> {
  const counts = new Map([[0, probes]]);
  for (let i = 0; i < probes; i += 1) {
    const spread = Math.random() + Math.random() + Math.random() - 1.5;
    const code = codeOf(levelMs * Math.exp(spread * 0.4 + (Math.random() < 0.02 ? 1.5 : 0)));
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

function pack(counts: ReadonlyMap<number, number>): Buffer {
  const pairs = [...counts].sort(([a], [b]) => a - b);
  return Buffer.from(
    pairs.flatMap(([code, n]) => [
      ...Array.from({ length: Math.floor(n / 255) }, () => [code, 255]).flat(),
      ...(n % 255 === 0 ? [] : [code, n % 255]),
    ]),
  );
}

async function seedRollups(db: Db, options: SeedOptions): Promise<void> {
  const probes = 3600 / options.intervalSeconds;
  await db.$executeRawUnsafe('create table seed_template (n int, hours bytea[], totals bytea)');
  for (let n = 0; n < TEMPLATES; n += 1) {
    const hours = Array.from({ length: 24 }, () => hourOf(probes, 20 + 10 * n));
    const day = new Map<number, number>();
    for (const hour of hours) for (const [code, count] of hour) day.set(code, (day.get(code) ?? 0) + count);
    const hex = hours.map((hour) => pack(hour).toString('hex'));
    await db.$executeRaw`
      insert into seed_template select ${n}::int, (select array_agg(decode(h, 'hex')) from unnest(${hex}::text[]) h), decode(${pack(day).toString('hex')}, 'hex')`;
  }
  const today = dayStart(options.now.getTime());
  for (let ago = options.days; ago >= 0; ago -= DAYS_A_STATEMENT) {
    const from = dayName(today - ago * DAY_MS);
    const to = dayName(today - Math.max(0, ago - DAYS_A_STATEMENT + 1) * DAY_MS);
    // The running day has its hours and no rollup of its own yet.
    await db.$executeRaw`
      insert into probe_hour (endpoint_seq, day, region_id, hours)
      select e.seq, d::date, 1, t.hours from generate_series(${from}::date, ${to}::date, interval '1 day') d
      cross join endpoint e join seed_template t on t.n = (e.seq + extract(day from d)::int) % ${TEMPLATES}::int
      where e.organization_id = ${options.organizationId}`;
    await db.$executeRaw`
      insert into probe_day (endpoint_seq, day, region_id, first_at, last_at, totals)
      select e.seq, d::date, 1, d + interval '10 seconds', d + interval '23:59:50', t.totals from generate_series(${from}::date, ${to}::date, interval '1 day') d
      cross join endpoint e join seed_template t on t.n = (e.seq + extract(day from d)::int) % ${TEMPLATES}::int
      where e.organization_id = ${options.organizationId} and d < ${dayName(today)}::date`;
  }
  await db.$executeRaw`
    insert into probe_silence (endpoint_seq, began_at, ended_at)
    select e.seq, at, at + interval '20 minutes' from endpoint e cross join lateral (
      select ${options.now}::timestamptz - make_interval(days => 3 + (e.seq * 7 + k * 13) % greatest(1, ${options.days}::int - 3)) as at from generate_series(1, 3) k) s
    where e.organization_id = ${options.organizationId} on conflict do nothing`;
  await db.$executeRawUnsafe('drop table seed_template');
}

/** A good probe over HTTPS as its row has it, the `n`th of those that are dealt out. */
function probeOf(n: number): { latency: number; detail: string } {
  const steps = {
    dns: 5,
    tcp: 120,
    tls: 240,
    handshake: 200 + ((n * 31) % 300),
    initialized: null,
    list: 150 + ((n * 17) % 400),
    close: null,
  };
  const latency = steps.dns + steps.tcp + steps.tls + steps.handshake + steps.list;
  const rest = { kind: 'scheduled', era: 'modern', toolCount: 12, startOffsetMs: 120, failedStep: null } as const;
  const detail = encodeDetail({ ...rest, steps, durationMs: Math.round(latency / 10) + 2 });
  return { latency, detail: Buffer.from(detail).toString('hex') };
}

/** In the order of time, as probers bring them, a day's part a statement. */
async function seedRaw(db: Db, options: SeedOptions, since = rawFrom(options)): Promise<void> {
  const { organizationId, intervalSeconds, now } = options;
  const probes = Array.from({ length: TEMPLATES }, (_, n) => probeOf(n));
  for (let day = rawFrom(options); day <= now.getTime(); day += DAY_MS) {
    await maintainPartitions(db, new Date(day));
    const part = 4 * HOUR_MS;
    for (let from = day; from < Math.min(day + DAY_MS, now.getTime()); from += part) {
      const to = Math.min(from + part, day + DAY_MS, now.getTime());
      if (to <= since) continue;
      await db.$executeRaw`
        with template as materialized (
          select (i - 1)::int as n, latency, decode(hex, 'hex') as detail
          from unnest(${probes.map(({ latency }) => latency)}::int[], ${probes.map(({ detail }) => detail)}::text[]) with ordinality u(latency, hex, i)
        )
        insert into probe (slot, endpoint_seq, latency, region_id, verdict, detail)
        select at, e.seq, t.latency, 1, 0, t.detail
        from generate_series(0, ${Math.ceil((to - from) / 1000 / intervalSeconds)}::int - 1) k cross join endpoint e
        cross join lateral (select ${new Date(from)}::timestamptz + make_interval(secs => k * ${intervalSeconds}::int + (e.seq * 7919) % ${intervalSeconds}::int) as at) s
        join template t on t.n = (e.seq * 7 + k) % ${TEMPLATES}::int
        where e.organization_id = ${organizationId} and at >= ${new Date(since)} and at < ${new Date(to)}`;
    }
  }
}

/** Three an endpoint, a hundredth of the endpoints down now. */
async function seedIncidents(db: Db, { organizationId, days, now }: SeedOptions): Promise<void> {
  const endpoints = await db.endpoint.findMany({ where: { organizationId }, select: { id: true } });
  const cause = {
    code: 'tcp.refused',
    layer: 'tcp',
    severity: 'down',
    confidence: 'certain',
    title: 'Nothing listens on that port',
    explanation: '',
    evidence: {},
    fixes: [],
    references: [],
    docs: '/docs/causes/tcp.refused',
  };
  for (let from = 0; from < endpoints.length; from += CHUNK) {
    const rows = endpoints.slice(from, from + CHUNK).flatMap(({ id }, i) =>
      [0, 1, 2].map((k) => ({
        id: newId('inc'),
        endpointId: id,
        at: new Date(now.getTime() - (((i * 37 + k * 11) % (days * 24)) + 1) * HOUR_MS),
        open: k === 0 && i % 100 === 0,
      })),
    );
    await db.$executeRaw`
      insert into incident (id, organization_id, endpoint_id, severity, opened_at, confirmed_at, resolved_at, cause_code, cause)
      select id, ${organizationId}, endpoint, 'down', at, at + interval '1 minute', case when not open then at + interval '15 minutes' end, ${cause.code}, ${JSON.stringify(cause)}::jsonb
      from unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.endpointId)}::text[], ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.open)}::boolean[]) u(id, endpoint, at, open)`;
  }
}
