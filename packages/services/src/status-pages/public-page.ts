import type { Impact, PublicComponent, PublicIncident, PublicPage } from '@rollcall/contracts';
import { summarize, wordsOf } from '@rollcall/core';
import { daysOf } from '../stats/history.ts';
import { type Outage, type Span, union, uptimeOf } from '../stats/uptime.ts';
import { type EndpointFacts, type PageFacts, spanOf } from './load-page-facts.ts';
import { pageUrl, showOf } from './page-row.ts';
import { modeOf, publicIncident, publicReport } from './public-incident.ts';
import { componentStatus, overallStatus, publishedAt } from './public-status.ts';
import { affectedOf } from './report-row.ts';

const MAX_HISTORY = 200;

type Component = PageFacts['page']['components'][number];
const iso = (at: Date | number) => new Date(at).toISOString();
/** Numbers as fine as anybody reads them, so that a page on which nothing happened stays the same for its ETag. */
const share = (value: number | null) => (value === null ? null : Math.round(value * 1e5) / 1e5);

/** What counts as down: published incidents; where nothing is published by itself, what reports say. */
function outagesOf(component: Component, facts: PageFacts, now: Date): Outage[] {
  const mode = modeOf(component, facts.page);
  const end = now.getTime();
  if (mode.mode !== 'manual') {
    return facts.incidents
      .filter((incident) => incident.endpointId === component.endpointId && publishedAt(incident, mode, now) !== null)
      .map((incident) => ({
        from: incident.openedAt.getTime(),
        to: incident.resolvedAt?.getTime() ?? end,
        severity: incident.severity,
      }));
  }
  const spans = (impact: Impact): Span[] =>
    facts.reports
      .filter((report) => affectedOf(report, facts.page.components).some((one) => one.component === component.id && one.impact === impact))
      .map((report) => ({ from: report.startedAt.getTime(), to: report.resolvedAt?.getTime() ?? end }));
  // Reports may overlap, the spans that uptime is computed from must not.
  const merged = (impact: Impact, severity: string) => union(spans(impact), []).map((span) => ({ ...span, severity }));
  return [...merged('outage', 'down'), ...merged('degraded', 'degraded')];
}

function impactsOn(component: Component, facts: PageFacts): Impact[] {
  return facts.reports
    .filter((report) => report.resolvedAt === null)
    .flatMap((report) => affectedOf(report, facts.page.components))
    .filter((one) => one.component === component.id)
    .map(({ impact }) => impact);
}

function plainUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function publicComponent(component: Component, endpoint: EndpointFacts | undefined, facts: PageFacts, now: Date): PublicComponent {
  const show = showOf(facts.page.show);
  const span = spanOf(now);
  const publishing = modeOf(component, facts.page);
  const open = facts.incidents.find((one) => one.endpointId === component.endpointId && one.resolvedAt === null) ?? null;
  const raw = endpoint?.status ?? 'pending';
  const status = componentStatus({ status: raw, publishing, open }, impactsOn(component, facts), now);
  const isRaw = componentStatus({ status: raw, publishing: { mode: 'auto' }, open }, [], now) === status;
  const outages = show.uptime ? outagesOf(component, facts, now) : [];
  const silences = endpoint?.silences ?? [span];
  const { toolCount, toolsChangedAt } = endpoint?.summary ?? { toolCount: null, toolsChangedAt: null };
  return {
    slug: component.slug,
    name: component.name,
    description: component.description,
    status,
    since: isRaw && endpoint !== undefined ? iso(endpoint.since) : null,
    uptime90d: show.uptime ? share(uptimeOf(outages, silences, span).uptime) : null,
    days: show.uptime
      ? daysOf(outages, silences, span).map((day) => {
          const [uptime, downSeconds] = [share(day.uptime), Math.round(day.downSeconds)];
          return uptime === day.uptime && downSeconds === day.downSeconds ? day : { ...day, uptime, downSeconds };
        })
      : [],
    latency: show.latency && endpoint !== undefined ? { p50Ms: endpoint.p50Ms, hours: [...endpoint.hours] } : null,
    tools: show.tools && toolCount !== null ? { count: toolCount, lastChangedAt: toolsChangedAt } : null,
    url: show.urls && endpoint !== undefined ? plainUrl(endpoint.url) : null,
  };
}

function byMonth(incidents: readonly PublicIncident[]): PublicPage['history'] {
  const months = new Map<string, PublicIncident[]>();
  for (const incident of incidents) {
    const month = incident.startedAt.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), incident]);
  }
  return [...months].map(([month, list]) => ({ month, incidents: list }));
}

/** Everything that is public of a page at one moment, and nothing else. Pure. */
export function buildPublicPage(facts: PageFacts, publicUrl: string, now: Date): PublicPage {
  const { page } = facts;
  const show = showOf(page.show);
  const groups: PublicPage['groups'] = [];
  for (const component of page.components) {
    const name = component.group === '' ? null : component.group;
    const shown = publicComponent(component, facts.endpoints.get(component.endpointId), facts, now);
    const group = groups.find((one) => one.name === name);
    if (group === undefined) groups.push({ name, components: [shown] });
    else group.components.push(shown);
  }
  const statuses = groups.flatMap(({ components }) => components.map(({ status }) => status));
  const status = overallStatus(statuses);
  const incidents = [
    ...facts.incidents.flatMap((incident) => publicIncident(incident, page, publicUrl, now) ?? []),
    ...facts.reports.map((report) => publicReport(report, page, publicUrl)),
  ].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return {
    schema: 'rollcall.status/1',
    page: {
      slug: page.slug,
      title: page.title,
      description: page.description,
      url: pageUrl(page, publicUrl),
      homepageUrl: page.homepageUrl,
      logo: page.logo,
      accentColor: page.accentColor,
      locale: page.locale,
      passwordProtected: page.passwordHash !== null,
      show,
    },
    generatedAt: now.toISOString(),
    status,
    summary: summarize('en', status, statuses),
    groups,
    open: incidents.filter(({ resolvedAt }) => resolvedAt === null),
    maintenance: facts.maintenance.map((window) => ({
      id: window.id,
      title: window.name,
      description: window.description,
      announcedAt: iso(window.announcedAt),
      startsAt: iso(window.span.from),
      endsAt: iso(window.span.to),
      active: window.active,
      components: page.components.filter(({ endpointId }) => window.endpoints.has(endpointId)).map(({ slug }) => slug),
    })),
    history: show.history ? byMonth(incidents.filter(({ resolvedAt }) => resolvedAt !== null).slice(0, MAX_HISTORY)) : [],
    uptimeFormula: wordsOf('en').page.uptimeFormula,
  };
}
