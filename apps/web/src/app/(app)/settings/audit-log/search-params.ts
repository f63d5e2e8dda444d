import { parseAsString } from 'nuqs/server';
import { withQuery } from '#web/lib/with-query.ts';

/** `from` and `to` are instants, as the API takes them. */
export const auditFilter = {
  actor: parseAsString,
  action: parseAsString,
  target: parseAsString,
  from: parseAsString,
  to: parseAsString,
};
export type AuditFilter = { [name in keyof typeof auditFilter]: string | null };

export function auditPath(filter: AuditFilter, cursor: string | null = null): string {
  return withQuery('/audit-log', { limit: 50, ...filter, cursor });
}
