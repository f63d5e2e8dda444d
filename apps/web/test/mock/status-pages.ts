import {
  createReportSchema,
  createReportUpdateSchema,
  createStatusPageSchema,
  type PublicComponent,
  type PublicPage,
  type StatusPage,
  type StatusReport,
  type StatusSubscriber,
  updateReportSchema,
  updateStatusPageSchema,
} from '@rollcall/contracts';
import { ago, HOSTILE_NAME } from '../fixtures.ts';
import { statusPages } from '../status-fixtures.ts';
import { type Answer, type Call, json, listed, notFound, parsed, problem } from './answers.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const page = (id: string, slug: string, title: string, more: Partial<StatusPage> = {}): StatusPage => ({
  id,
  slug,
  url: `https://status.example.com/status/${slug}`,
  title,
  description: '',
  published: true,
  passwordProtected: false,
  customDomain: null,
  accentColor: null,
  logo: null,
  homepageUrl: null,
  locale: 'en',
  show: { uptime: true, history: true, latency: true, tools: true, urls: false },
  publishing: { mode: 'auto' },
  components: [],
  createdAt: ago(40 * DAY),
  updatedAt: ago(2 * DAY),
  ...more,
});

const component = (id: string, endpoint: string, slug: string, name: string, group = '') => ({
  id,
  endpoint,
  slug,
  name,
  description: '',
  group,
  publishing: null,
});

const pages: StatusPage[] = [
  page('sp_acme', 'acme', 'Acme tools', {
    description: 'The MCP servers that Acme runs for its customers.',
    accentColor: '#ffe600',
    homepageUrl: 'https://acme.example/',
    publishing: { mode: 'delayed', minutes: 10 },
    components: [
      component('sc_search', 'ep_search', 'search', 'Search', 'Public servers'),
      component('sc_billing', 'ep_billing', 'billing', 'Billing', 'Public servers'),
      component('sc_hostile', 'ep_hostile', 'hostile', HOSTILE_NAME, 'Internal'),
    ],
  }),
  page('sp_partners', 'partners', HOSTILE_NAME, { published: false, passwordProtected: true, customDomain: 'status.partners.example' }),
];

const report: StatusReport = {
  id: 'rp_open',
  title: 'Search does not answer in Europe',
  status: 'identified',
  affected: [{ component: 'sc_search', impact: 'outage' }],
  published: true,
  publishedAt: ago(2 * HOUR),
  startedAt: ago(2 * HOUR),
  resolvedAt: null,
  updates: [
    { id: 'ru_2', at: ago(HOUR), status: 'identified', text: 'A proxy drops the session header.\nWe are putting it back.' },
    { id: 'ru_1', at: ago(2 * HOUR), status: 'investigating', text: HOSTILE_NAME },
  ],
  url: 'https://status.example.com/status/acme/incidents/rp_open',
  createdAt: ago(2 * HOUR),
  updatedAt: ago(HOUR),
};

const subscribers: StatusSubscriber[] = [
  { id: 'ch_1', type: 'email', target: 'ops@customer.example', confirmedAt: ago(3 * DAY), createdAt: ago(3 * DAY) },
  { id: 'ch_2', type: 'webhook', target: 'https://hooks.customer.example', confirmedAt: ago(9 * DAY), createdAt: ago(9 * DAY) },
  { id: 'ch_3', type: 'email', target: 'late@customer.example', confirmedAt: null, createdAt: ago(HOUR) },
];

const publicComponents = new Map<string, PublicComponent>(
  Object.values(statusPages).flatMap((shown) => shown.groups.flatMap((group) => group.components.map((one) => [one.slug, one] as const))),
);

/** As the API builds it: the saved page with the change on top. */
function previewOf(shown: StatusPage): PublicPage {
  const groups: PublicPage['groups'] = [];
  for (const one of shown.components) {
    const known = publicComponents.get(one.slug) ?? publicComponents.get('weather');
    if (known === undefined) continue;
    const row = { ...known, slug: one.slug, name: one.name, description: one.description };
    const name = one.group === '' ? null : one.group;
    const group = groups.find((other) => other.name === name);
    if (group === undefined) groups.push({ name, components: [row] });
    else group.components.push(row);
  }
  const base = statusPages['acme'] as PublicPage;
  return { ...base, page: { ...base.page, ...shown }, groups, open: [], generatedAt: new Date().toISOString() };
}

function changed(shown: StatusPage, body: ReturnType<typeof updateStatusPageSchema.parse>): StatusPage {
  const { password, components, ...plain } = body;
  return {
    ...shown,
    ...(Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as Partial<StatusPage>),
    ...(password === undefined ? {} : { passwordProtected: password !== null }),
    ...(components === undefined
      ? {}
      : {
          components: components.map((one, index) => ({
            ...component(one.id ?? `sc_new${index}`, one.endpoint, one.slug ?? `component-${index}`, one.name ?? 'Component', one.group),
            description: one.description,
            publishing: one.publishing,
          })),
        }),
  };
}

/** /status-pages and what is under it. Bodies are judged by the contract's own schemas. */
export function answerStatusPages() {
  const data = { pages: structuredClone(pages), reports: [structuredClone(report)], subscribers: structuredClone(subscribers) };
  const one = (call: Call, found: StatusPage): Answer => {
    if (call.method === 'GET') return json(found);
    if (call.method === 'DELETE') {
      data.pages.splice(data.pages.indexOf(found), 1);
      return { status: 204 };
    }
    return parsed(updateStatusPageSchema, call.body, (body) => {
      if (body.slug !== undefined && data.pages.some((other) => other !== found && other.slug === body.slug))
        return problem(409, 'conflict', 'Another status page has this slug.', [{ pointer: '/slug', message: 'is taken; choose another' }]);
      return json(Object.assign(found, changed(found, body)));
    });
  };
  const reports = (call: Call, id: string | undefined, sub: string | undefined): Answer => {
    const at = new Date().toISOString();
    if (id === undefined) {
      if (call.method === 'GET') return listed(data.reports, call.query);
      return parsed(createReportSchema, call.body, (body) => {
        const made: StatusReport = {
          ...structuredClone(report),
          ...body,
          id: `rp_made${data.reports.length}`,
          publishedAt: body.published ? at : null,
          startedAt: body.startedAt ?? at,
          updates: [{ id: `ru_${at}`, at, status: body.status, text: body.text }],
        };
        data.reports.unshift(made);
        return json(made, 201);
      });
    }
    const found = data.reports.find((entry) => entry.id === id);
    if (found === undefined) return notFound('report');
    if (sub === 'updates')
      return parsed(createReportUpdateSchema, call.body, ({ status, text, affected = found.affected }) => {
        found.updates.unshift({ id: `ru_${at}`, at, status, text });
        return json(Object.assign(found, { status, affected, resolvedAt: status === 'resolved' ? at : null }), 201);
      });
    if (call.method === 'DELETE') {
      data.reports.splice(data.reports.indexOf(found), 1);
      return { status: 204 };
    }
    return parsed(updateReportSchema, call.body, (body) => json(Object.assign(found, body)));
  };
  return (call: Call, [id, sub, subId, subSub]: string[]): Answer => {
    if (id === undefined) {
      if (call.method === 'GET') return listed(data.pages, call.query);
      return parsed(createStatusPageSchema, call.body, (body) => {
        const made = changed(page(`sp_made${data.pages.length}`, body.slug, body.title), body);
        data.pages.unshift(made);
        return json(made, 201);
      });
    }
    const found = data.pages.find((entry) => entry.id === id);
    if (found === undefined) return notFound('status page');
    if (sub === 'preview') return parsed(updateStatusPageSchema, call.body, (body) => json(previewOf(changed(found, body))));
    if (sub === 'reports') return reports(call, subId, subSub);
    if (sub === 'subscribers') {
      if (call.method === 'DELETE') data.subscribers = data.subscribers.filter((entry) => entry.id !== subId);
      return call.method === 'DELETE' ? { status: 204 } : listed(found.id === 'sp_acme' ? data.subscribers : [], call.query);
    }
    return one(call, found);
  };
}
