import { type Address, address } from '@rollcall/client';
import { parseAsString } from 'nuqs/server';

/** `from` and `to` are instants, as the API takes them. */
export const auditFilter = {
  actor: parseAsString,
  action: parseAsString,
  target: parseAsString,
  from: parseAsString,
  to: parseAsString,
};
export type AuditFilter = { [name in keyof typeof auditFilter]: string | null };

export function auditPath({ actor, action, target, from, to }: AuditFilter, cursor: string | null = null): Address<'/audit-log'> {
  const query = {
    limit: 50,
    actor: actor || null,
    action: action || null,
    target: target || null,
    from: from || null,
    to: to || null,
    cursor,
  };
  return address('/audit-log', { query });
}
