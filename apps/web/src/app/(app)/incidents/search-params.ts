import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { withQuery } from '#web/lib/with-query.ts';

export const INCIDENT_STATUSES = ['open', 'resolved'] as const;

export const incidentFilter = { status: parseAsStringLiteral(INCIDENT_STATUSES), cursor: parseAsString };

export function incidentsPath(filter: { status: (typeof INCIDENT_STATUSES)[number] | null; cursor: string | null }): string {
  return withQuery('/incidents', { limit: 50, status: filter.status, cursor: filter.cursor });
}
