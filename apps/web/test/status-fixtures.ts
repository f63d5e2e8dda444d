import type { PublicComponent, PublicIncident, PublicPage } from '@rollcall/contracts';
import { ago, HOSTILE_NAME } from './fixtures.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function daysOf(bad: Record<number, 'down' | 'degraded'>, measuredDays = 90): PublicComponent['days'] {
  return Array.from({ length: 90 }, (_, index) => {
    const before = 89 - index;
    const date = ago(before * DAY).slice(0, 10);
    if (before >= measuredDays) return { date, uptime: null, worst: 'no_data' as const, downSeconds: 0 };
    const worst = bad[before] ?? 'up';
    return { date, uptime: worst === 'down' ? 0.9713 : 1, worst, downSeconds: worst === 'down' ? 2480 : 0 };
  });
}

function component(slug: string, name: string, more: Partial<PublicComponent> = {}): PublicComponent {
  return {
    slug,
    name,
    description: '',
    status: 'operational',
    since: ago(9 * DAY),
    uptime90d: 0.99968,
    days: daysOf({ 41: 'down', 12: 'degraded' }),
    latency: { p50Ms: 184.2, hours: Array.from({ length: 24 }, (_, hour) => (hour === 7 ? null : 170 + 40 * Math.sin(hour / 3))) },
    tools: { count: 12, lastChangedAt: ago(6 * DAY) },
    url: null,
    ...more,
  };
}

const outage: PublicIncident = {
  id: 'inc_open',
  kind: 'incident',
  title: 'Search is out of service',
  status: 'investigating',
  impact: 'outage',
  components: ['search'],
  startedAt: ago(2 * HOUR),
  resolvedAt: null,
  updates: [
    {
      id: 'inc_open-opened',
      at: ago(2 * HOUR),
      status: 'investigating',
      text: 'Search does not answer. This was confirmed by repeated checks.',
    },
  ],
  url: 'https://status.example.com/status/acme/incidents/inc_open',
};
const report: PublicIncident = {
  id: 'rp_open',
  kind: 'report',
  title: 'Search does not answer in Europe',
  status: 'identified',
  impact: 'outage',
  components: ['search', 'hostile'],
  startedAt: ago(2 * HOUR),
  resolvedAt: null,
  updates: [
    { id: 'ru_2', at: ago(HOUR), status: 'identified', text: 'A release broke the proxy in front of it.\nWe are rolling it back.' },
    { id: 'ru_1', at: ago(1.8 * HOUR), status: 'investigating', text: 'We see failing calls and are looking into them.' },
  ],
  url: 'https://status.example.com/status/acme/incidents/rp_open',
};
const past = (id: string, before: number, title: string): PublicIncident => ({
  ...report,
  id,
  title,
  status: 'resolved',
  components: ['weather'],
  startedAt: ago(before * DAY),
  resolvedAt: ago(before * DAY - 47 * 60_000),
  updates: [
    { id: `${id}_2`, at: ago(before * DAY - 47 * 60_000), status: 'resolved', text: 'Rolled back; every check is good again.' },
    { id: `${id}_1`, at: ago(before * DAY), status: 'investigating', text: 'Forecasts take longer than they should.' },
  ],
});

function historyOf(incidents: PublicIncident[]): PublicPage['history'] {
  const months = new Map<string, PublicIncident[]>();
  for (const one of incidents) months.set(one.startedAt.slice(0, 7), [...(months.get(one.startedAt.slice(0, 7)) ?? []), one]);
  return [...months].map(([month, list]) => ({ month, incidents: list }));
}

const base: PublicPage = {
  schema: 'rollcall.status/1',
  page: {
    slug: 'calm',
    title: 'Acme',
    description: '',
    url: 'https://status.example.com/status/calm',
    homepageUrl: null,
    logo: null,
    accentColor: null,
    locale: 'en',
    passwordProtected: false,
    show: { uptime: true, history: true, latency: true, tools: true, urls: false },
  },
  generatedAt: ago(4000),
  status: 'operational',
  summary: 'All systems operational',
  groups: [
    { name: null, components: [component('weather', 'Weather'), component('search', 'Search', { uptime90d: 1, days: daysOf({}, 31) })] },
  ],
  open: [],
  maintenance: [],
  history: [],
  uptimeFormula:
    'Uptime is 1 − downtime ÷ measured time. Downtime is the time of confirmed outages, from the first failing check to the first good one. Time in which nothing was measured and announced maintenance count neither as up nor as down. Days are UTC days.',
};

const LOGO = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36"><rect width="36" height="36" rx="9" fill="#e11d48"/><circle cx="18" cy="18" r="8" fill="#fff"/></svg>').toString('base64')}`;

/** One where much goes on, with every state, hostile names and an accent that nobody could read. */
const busy: PublicPage = {
  ...base,
  page: {
    ...base.page,
    slug: 'acme',
    url: 'https://status.example.com/status/acme',
    title: 'Acme tools',
    description: 'The MCP servers that Acme runs for its customers.',
    homepageUrl: 'https://acme.example/',
    logo: LOGO,
    accentColor: '#ffe600',
    locale: 'de',
  },
  status: 'partial_outage',
  summary: 'Some systems are out of service; one is not being measured',
  groups: [
    {
      name: 'Public servers',
      components: [
        component('search', 'Search', {
          status: 'outage',
          since: ago(2 * HOUR),
          uptime90d: 0.9871,
          days: daysOf({ 0: 'down', 41: 'down', 42: 'down', 12: 'degraded' }),
        }),
        component('weather', 'Weather', { description: 'Forecasts and measurements for every place in the world.' }),
        component('billing', 'Billing', { status: 'degraded', latency: null }),
      ],
    },
    {
      name: 'Internal',
      components: [
        component('build', 'Build', { status: 'maintenance', url: 'https://build.example.com/mcp' }),
        component('hostile', HOSTILE_NAME, {
          status: 'unknown',
          uptime90d: null,
          days: daysOf({}, 0),
          latency: null,
          tools: null,
          description: HOSTILE_NAME,
        }),
      ],
    },
  ],
  open: [report, outage],
  maintenance: [
    {
      id: 'mw_1',
      title: 'New disks for Build',
      description: 'Builds wait while we copy.',
      announcedAt: ago(DAY),
      startsAt: ago(HOUR),
      endsAt: ago(-HOUR),
      active: true,
      components: ['build'],
    },
    {
      id: 'mw_2',
      title: 'Database upgrade',
      description: '',
      announcedAt: ago(DAY),
      startsAt: ago(-3 * DAY),
      endsAt: ago(-3 * DAY - 2 * HOUR),
      active: false,
      components: ['search', 'weather'],
    },
  ],
  history: historyOf([past('rp_a', 4, 'Slow forecasts'), past('rp_b', 12, 'Search misses results'), past('rp_c', 41, 'Nothing answers')]),
};

/** By slug; `locked` answers 401 without its cookie. */
export const statusPages: Record<string, PublicPage> = {
  acme: busy,
  calm: base,
  locked: { ...base, page: { ...base.page, slug: 'locked', passwordProtected: true } },
  empty: { ...base, page: { ...base.page, slug: 'empty' }, status: 'unknown', summary: 'Nothing is shown on this page yet', groups: [] },
};
