import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { listInvitations } from '../accounts/invitations.ts';
import { listAuditLog } from '../accounts/list-audit-log.ts';
import { listMembers } from '../accounts/list-members.ts';
import { listApiKeys } from '../api-keys/api-keys.ts';
import { listChannels } from '../channels/channels.ts';
import { toToolChange } from '../drift/change-row.ts';
import { listEndpoints } from '../endpoints/list-endpoints.ts';
import { toIncidentDetail, withTimeline } from '../incidents/incidents.ts';
import { listMaintenance } from '../maintenance/maintenance.ts';
import { listReports } from '../status-pages/reports.ts';
import { listStatusPages } from '../status-pages/status-pages.ts';
import { listSubscribers } from '../status-pages/subscribers.ts';
import { dailyRollupPages } from './daily-rollups.ts';
import { EXPORT_PAGE, pagesOf, pagesWithin, rowPages, writeDocument } from './write-document.ts';

/**
 * Everything an organization has as one JSON document (contracts organizationExportSchema), written as it is read: what
 * changes meanwhile may be in it or not. The lists are those of the API, so no secret is in them. Audited.
 * @throws AppError forbidden.
 */
export async function exportOrganization(
  deps: { readonly db: Db; readonly publicUrl: string },
  actor: Actor,
  now: Date,
): Promise<AsyncGenerator<string>> {
  requireScope(actor, 'admin');
  const { db, publicUrl } = deps;
  const { organizationId } = actor;
  const organization = await db.$transaction(async (tx) => {
    await writeAudit(tx, actor, { action: 'organization.exported', target: organizationId }, now);
    return tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { id: true, name: true, slug: true, plan: true, createdAt: true },
    });
  });
  const statusPages = () => pagesOf((query) => listStatusPages(deps, actor, query));
  return writeDocument({ schema: 'rollcall.organization/1', exportedAt: now, organization }, [
    ['members', pagesOf((query) => listMembers(db, actor, query))],
    ['invitations', pagesOf((query) => listInvitations(db, actor, query, now))],
    ['apiKeys', pagesOf((query) => listApiKeys(db, actor, query))],
    ['endpoints', pagesOf((query) => listEndpoints(db, actor, query))],
    ['channels', pagesOf((query) => listChannels(db, actor, query))],
    ['maintenanceWindows', pagesOf((query) => listMaintenance(db, actor, query, now))],
    ['statusPages', statusPages()],
    [
      'statusReports',
      pagesWithin(statusPages(), ({ id }) =>
        ofPage(
          id,
          pagesOf((query) => listReports(deps, actor, id, query)),
        ),
      ),
    ],
    [
      'statusSubscribers',
      pagesWithin(statusPages(), ({ id }) =>
        ofPage(
          id,
          pagesOf((query) => listSubscribers(db, actor, id, query)),
        ),
      ),
    ],
    ['incidents', incidents(db, organizationId, publicUrl)],
    ['toolChanges', toolChanges(db, organizationId)],
    ['dailyRollups', dailyRollupPages(db, organizationId)],
    ['auditLog', pagesOf((query) => listAuditLog(db, actor, query))],
  ]);
}

async function* ofPage<T extends object>(statusPage: string, pages: AsyncIterable<T[]>): AsyncGenerator<(T & { statusPage: string })[]> {
  for await (const page of pages) yield page.map((item) => ({ ...item, statusPage }));
}

function incidents(db: Db, organizationId: string, publicUrl: string) {
  const read = (below: string | undefined) =>
    db.incident.findMany({
      where: { organizationId, ...(below === undefined ? {} : { id: { lt: below } }) },
      include: withTimeline,
      orderBy: { id: 'desc' },
      take: EXPORT_PAGE,
    });
  return rowPages(read, (row) => toIncidentDetail(row, publicUrl));
}

function toolChanges(db: Db, organizationId: string) {
  const read = (below: string | undefined) =>
    db.toolChange.findMany({
      where: { organizationId, ...(below === undefined ? {} : { id: { lt: below } }) },
      orderBy: { id: 'desc' },
      take: EXPORT_PAGE,
    });
  return rowPages(read, (row) => ({ endpoint: row.endpointId, ...toToolChange(row) }));
}
