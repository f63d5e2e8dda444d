import { type Address, address } from '@rollcall/client';
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const INCIDENT_STATUSES = ['open', 'resolved'] as const;

export const incidentFilter = { status: parseAsStringLiteral(INCIDENT_STATUSES), cursor: parseAsString };

export function incidentsPath(filter: { status: (typeof INCIDENT_STATUSES)[number] | null; cursor: string | null }): Address<'/incidents'> {
  return address('/incidents', { query: { limit: 50, status: filter.status, cursor: filter.cursor || null } });
}
