import { type Registered, registerInBulk } from '../bench/register.ts';
import { usage } from '../bench/usage.ts';
import { eventually } from '../system/rollcall.ts';
import { absencesOf, overlapMs, type Span } from './absence.ts';
import { startFleet } from './fleet.ts';
import { type Crew, type Installation, startInstallation } from './installation.ts';
import { judge, type Seen, type Truth, type Verdict } from './judge.ts';
import { dealBlows, type Toll } from './killer.ts';
import { gridsKept, lookAtRecords, lookAtStarts } from './look.ts';
import { type FleetPlan, KILL_BOUND_MS, planBlows, planFleet, random } from './plan.ts';
import { startWebhookSink, type WebhookSink } from './sink.ts';

export interface ChaosOptions extends Crew {
  readonly seed: number;
  readonly seconds: number;
  readonly endpoints: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** How often on average a process is killed; null: nothing is, and the promises of quiet times hold. */
  readonly killEveryMs: number | null;
  /** How often a receiver may refuse one message: twice puts it off by 35 s, more often by minutes. */
  readonly failuresAMessage: number;
  readonly postgresRestarts: number;
  readonly redisEmpties: number;
  readonly queue: 'redis' | 'postgresql';
  readonly say: (text: string) => void;
}

export interface ChaosResult extends Verdict {
  readonly seed: number;
  readonly toll: Toll;
  readonly crashes: readonly string[];
  readonly failedStarts: readonly string[];
  /** Cores that the run itself took from the installation: the process that deals the blows and takes the messages, and that of the endpoints. */
  readonly ownCores: { readonly harness: number; readonly endpoints: number };
}

const ROLES = ['api', 'scheduler', 'prober', 'alerter', 'janitor'] as const;
/** What recoveries wait for each other at most, a lease of a notice, and the retries of a receiver that fails twice. */
const TELLING_MS = 90_000 + 60_000 + 60_000;

/** Endpoints go up and down by a known timeline while processes are killed; afterwards what was told is held against what was true. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, say } = options;
  const calm = options.killEveryMs === null;
  const boundMs = calm ? 0 : KILL_BOUND_MS;
  const plan = planFleet({ ...options, boundMs });
  const installation = await startInstallation(options, options.queue);
  const fleet = await startFleet();
  const sinks = [
    await startWebhookSink('steady', null),
    await startWebhookSink('shaky', { draw: random(seed ^ 0x2545f491), timesAnId: options.failuresAMessage }),
  ];
  try {
    for (const sink of sinks) await makeChannel(installation, sink);
    const made = await registerInBulk(installation.db, {
      organizationId: installation.organizationId,
      count: options.endpoints,
      intervalMs: options.intervalMs,
      timeoutMs: options.timeoutMs,
      urlOf: (n) => fleet.urlOf(n, plan.groups[n] ?? null),
      regionsOf: (n) => regionsOf(n, options.regions),
    });
    say(`${made.length} endpoints; every one is probed for the first time`);
    await untilAllUp(installation, made.length, options.intervalMs);

    const usageOfOurs = () => ({ harness: usage(process.pid).cpuSeconds, endpoints: usage(fleet.pid).cpuSeconds });
    const before = usageOfOurs();
    const startAt = Date.now() + 200;
    await fleet.play({ startAt, faults: plan.faults });
    const blows = calm ? [] : planBlows({ ...options, roles: ROLES, everyMs: options.killEveryMs ?? 0 });
    say(`${plan.faults.length} faults and ${blows.length} blows in ${options.seconds} s`);
    const toll = await dealBlows(installation, blows, startAt, startAt + options.seconds * 1000, say);
    const endAt = startAt + options.seconds * 1000;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, endAt - Date.now())));
    const after = usageOfOurs();
    const cores = (part: 'harness' | 'endpoints') => Math.round(((after[part] - before[part]) / options.seconds) * 100) / 100;
    const ownCores = { harness: cores('harness'), endpoints: cores('endpoints') };
    say('every endpoint works again; what is still to be told is waited for');
    await untilTold(installation, options.intervalMs * 2 + boundMs + TELLING_MS).catch((error: Error) => say(error.message));
    const span = { from: startAt, to: Math.min(Date.now(), endAt + options.intervalMs) };
    const absences = absencesByRegion(installation, options.regions, span);
    const seen = await look(installation, sinks, made, { ...span, absences }, options, boundMs);
    const verdict = judge(truthOf(plan, made, startAt, options, absences), seen);
    const crashed = installation.crashes.map((text) => `a process ended by itself: ${text}`);
    return {
      seed,
      toll,
      ...verdict,
      broken: [...crashed, ...verdict.broken],
      crashes: installation.crashes,
      failedStarts: installation.failedStarts,
      ownCores,
    };
  } finally {
    for (const sink of sinks) await sink.close();
    await installation.stop();
    fleet.stop();
  }
}

/** Every third from all regions, the others from one. */
function regionsOf(n: number, regions: readonly string[]): readonly string[] {
  return n % 3 === 0 ? regions : [regions[n % regions.length] as string];
}

async function makeChannel({ api }: Installation, sink: WebhookSink): Promise<void> {
  const name = new URL(sink.url).pathname.slice(1);
  await api.post('/channels', { type: 'webhook', name, config: { url: sink.url, secret: sink.secret } });
}

async function untilAllUp({ db }: Installation, count: number, intervalMs: number): Promise<void> {
  await eventually(
    'every endpoint is up',
    async () => {
      const up = await db.endpointState.count({ where: { status: 'up' } });
      if (up === count) return true;
      throw new Error(`${up} of ${count} are`);
    },
    intervalMs * 2 + 60_000,
  );
}

async function untilTold({ db }: Installation, timeoutMs: number): Promise<void> {
  await eventually(
    'nothing is left to tell',
    async () => {
      const open = await db.incident.count({ where: { resolvedAt: null } });
      const pending = await db.notice.count({ where: { status: 'pending' } });
      const proving = await db.endpointState.count({ where: { status: { not: 'up' } } });
      if (open + pending + proving === 0) return true;
      throw new Error(`${open} incidents open, ${pending} notices pending, ${proving} endpoints not up`);
    },
    timeoutMs,
  );
}

/** Nobody is held to a promise for the time in which there was no scheduler, no database or no prober in that region. */
function absencesByRegion({ presences }: Installation, regions: readonly string[], span: Span): Map<string, Span[]> {
  const without = (role: string, region?: string) =>
    absencesOf(
      presences.filter((one) => one.role === role && (region === undefined || one.region === region)),
      span,
    );
  const everywhere = [...without('scheduler'), ...without('postgres')];
  return new Map(regions.map((region) => [region, [...everywhere, ...without('prober', region)]]));
}

async function look(
  { db, organizationId, presences }: Installation,
  sinks: readonly WebhookSink[],
  made: readonly Registered[],
  span: Span & { readonly absences: ReadonlyMap<string, readonly Span[]> },
  { intervalMs, timeoutMs }: ChaosOptions,
  boundMs: number,
): Promise<Seen> {
  const { channels, ...records } = await lookAtRecords(db, organizationId);
  const starts = await lookAtStarts(db, { from: span.from - 2 * intervalMs, to: Date.now() + intervalMs });
  const endpoints = new Map(made.map((endpoint) => [endpoint.id, endpoint]));
  const silentForMs = (endpointId: string | null, at: number): number => {
    const endpoint = endpoints.get(endpointId ?? '');
    const last = endpoint ? starts.lastBefore(endpoint.seq, endpoint.phases.keys(), at) : null;
    return last === null ? Number.POSITIVE_INFINITY : at - last;
  };
  // A quiet installation may be as late as its own promise of 2 s.
  const allowedGapMs = intervalMs + Math.max(2000, boundMs) + timeoutMs;
  return {
    ...records,
    notices: records.notices.map(({ createdAt, ...notice }) => ({ ...notice, silentForMs: silentForMs(notice.endpoint, createdAt) })),
    received: sinks.flatMap((sink) => sink.received()),
    webhooks: new Set(channels.filter(({ type }) => type === 'webhook').map(({ name }) => name)),
    channels: channels.map(({ name }) => name),
    slots: gridsKept(starts, made, { ...span, intervalMs, allowedGapMs, presences }),
  };
}

function truthOf(
  plan: FleetPlan,
  made: readonly Registered[],
  startAt: number,
  { intervalMs, timeoutMs, killEveryMs }: ChaosOptions,
  absences: ReadonlyMap<string, readonly Span[]>,
): Truth {
  const anywhere = [...absences.values()].flat();
  return {
    faults: plan.faults.map(({ n, from, to }) => {
      const span = { from: startAt + from, to: startAt + to };
      return { endpoint: made[n]?.id ?? '', ...span, absentMs: overlapMs(anywhere, span) };
    }),
    mustMs: plan.mustMs,
    neverMs: plan.neverMs,
    slackMs: timeoutMs,
    silenceMs: 2 * intervalMs + timeoutMs,
    alone: new Set(made.filter(({ n }) => plan.groups[n] === null).map(({ id }) => id)),
    calm: killEveryMs === null,
  };
}
