import type { AuditEntry } from '../access/write-audit.ts';
import type { Fact } from './facts.ts';

/** What an entry of the audit log is about, by the first word of its action; whether its target is the id that readers know. */
const SUBJECTS: Readonly<Record<string, { readonly type: Fact['type']; readonly named: boolean }>> = {
  endpoint: { type: 'endpoint', named: true },
  demo: { type: 'endpoint', named: false },
  config: { type: 'endpoint', named: false },
  incident: { type: 'incident', named: true },
  tool_change: { type: 'tools', named: false },
  channel: { type: 'channel', named: true },
  notice: { type: 'delivery', named: false },
  maintenance: { type: 'maintenance', named: true },
  status_page: { type: 'status_page', named: true },
  status_report: { type: 'status_page', named: false },
  status_subscriber: { type: 'status_page', named: false },
  organization: { type: 'organization', named: true },
  member: { type: 'member', named: true },
  invitation: { type: 'member', named: false },
  session: { type: 'member', named: false },
  sessions: { type: 'member', named: false },
  account: { type: 'member', named: false },
  api_key: { type: 'api_key', named: true },
};

/** Whoever changes something writes an entry, so the log knows all that people change. Null: nothing that a page shows. Pure. */
export function factOfAudit(organizationId: string, entry: AuditEntry): Fact | null {
  const subject = SUBJECTS[entry.action.split('.', 1)[0] ?? ''];
  if (subject === undefined) return null;
  const several = Number((entry.after as { incidents?: unknown } | null | undefined)?.incidents ?? 1) > 1;
  return { organizationId, type: subject.type, id: subject.named && !several ? entry.target : null };
}
