import type { Impact, PublicIncident, Publishing, ReportStatus } from '@rollcall/contracts';
import { incidentWords } from '@rollcall/core';
import { type PageRow, pageUrl, publishingOf } from './page-row.ts';
import { type Confirmed, publishedAt } from './public-status.ts';
import { affectedOf, type ReportRow } from './report-row.ts';

/** As much of an incident as the public may hear of. */
export interface MeasuredIncident extends Confirmed {
  readonly id: string;
  readonly endpointId: string;
  readonly severity: string;
  readonly openedAt: Date;
}

const iso = (at: Date) => at.toISOString();

/** The mode of a component: its own, else the page's. Pure. */
export function modeOf(component: PageRow['components'][number], page: PageRow): Publishing {
  return component.publishing === null ? publishingOf(page) : publishingOf({ ...component, publishing: component.publishing });
}

/** A measured incident in the words of the public, in English: what and when, never why or how we know. */
export function publicIncident(incident: MeasuredIncident, page: PageRow, publicUrl: string, now: Date): PublicIncident | null {
  const shown = page.components.filter(
    (component) => component.endpointId === incident.endpointId && publishedAt(incident, modeOf(component, page), now) !== null,
  );
  const [first] = shown;
  if (first === undefined) return null;
  const isDown = incident.severity === 'down';
  const seen = publishedAt(incident, modeOf(first, page), now) ?? incident.confirmedAt;
  const words = incidentWords(
    'en',
    isDown,
    shown.map(({ name }) => name),
  );
  const updates: PublicIncident['updates'] = [{ id: `${incident.id}-opened`, at: iso(seen), status: 'investigating', text: words.opened }];
  if (incident.resolvedAt !== null)
    updates.unshift({
      id: `${incident.id}-resolved`,
      at: iso(incident.resolvedAt),
      status: 'resolved',
      text: words.resolved,
    });
  return {
    id: incident.id,
    kind: 'incident',
    title: words.title,
    status: incident.resolvedAt === null ? 'investigating' : 'resolved',
    impact: isDown ? 'outage' : 'degraded',
    components: shown.map(({ slug }) => slug),
    startedAt: iso(incident.openedAt),
    resolvedAt: incident.resolvedAt === null ? null : iso(incident.resolvedAt),
    updates,
    url: `${pageUrl(page, publicUrl)}/incidents/${incident.id}`,
  };
}

const IMPACT_RANK: readonly Impact[] = ['operational', 'maintenance', 'degraded', 'outage'];

export function publicReport(report: ReportRow, page: PageRow, publicUrl: string): PublicIncident {
  const affected = affectedOf(report, page.components);
  const worst = affected.reduce<Impact>(
    (a, { impact }) => (IMPACT_RANK.indexOf(impact) > IMPACT_RANK.indexOf(a) ? impact : a),
    'operational',
  );
  return {
    id: report.id,
    kind: 'report',
    title: report.title,
    status: report.status as ReportStatus,
    impact: worst,
    components: page.components.filter(({ id }) => affected.some(({ component }) => component === id)).map(({ slug }) => slug),
    startedAt: iso(report.startedAt),
    resolvedAt: report.resolvedAt === null ? null : iso(report.resolvedAt),
    updates: report.updates.map(({ id, at, status, text }) => ({ id, at: iso(at), status: status as ReportStatus, text })),
    url: `${pageUrl(page, publicUrl)}/incidents/${report.id}`,
  };
}
