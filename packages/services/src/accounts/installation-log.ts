import type { Tx } from '@rollcall/db';
import { type AuditActor, type AuditEntry, writeAudit } from '../access/write-audit.ts';

/** In the place of an organization's id: entries that outlive what they are about. No API shows them; the operator has the database. */
export const INSTALLATION_LOG = 'installation';

/** Who deleted what, and when, kept when the organization or the account and their own logs are gone. */
export async function writeInstallationLog(tx: Tx, actor: Omit<AuditActor, 'organizationId'>, entry: AuditEntry, now: Date): Promise<void> {
  await writeAudit(tx, { ...actor, organizationId: INSTALLATION_LOG }, entry, now);
}
