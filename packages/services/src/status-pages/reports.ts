import type { CreateReport, CreateReportUpdate, Impact, Page, ReportStatus, StatusReport, UpdateReport } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';
import { tellSubscribers } from './announce.ts';
import { findPage, type PageRow, pageUrl } from './page-row.ts';
import { publicReport } from './public-incident.ts';
import { affectedOf, type ReportRow, withUpdates } from './report-row.ts';
import type { StatusPageDeps } from './status-pages.ts';

export function toReport(row: ReportRow, page: PageRow, publicUrl: string): StatusReport {
  return {
    id: row.id,
    title: row.title,
    status: row.status as ReportStatus,
    affected: affectedOf(row, page.components),
    published: row.published,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    updates: row.updates.map(({ id, at, status, text }) => ({ id, at: at.toISOString(), status: status as ReportStatus, text })),
    url: `${pageUrl(page, publicUrl)}/incidents/${row.id}`,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** By id, whether it was named by id or by slug. @throws AppError invalid_request */
function resolveAffected(page: PageRow, affected: CreateReport['affected']): { component: string; impact: Impact }[] {
  const found = affected.map(({ component, impact }) => ({
    component: page.components.find(({ id, slug }) => id === component || slug === component)?.id,
    impact,
  }));
  const culprits = found.flatMap(({ component }, index) => {
    if (component === undefined) return [{ pointer: `/affected/${index}/component`, message: 'is no component of this page' }];
    const first = found.findIndex((other) => other.component === component);
    return first === index ? [] : [{ pointer: `/affected/${index}/component`, message: 'is named twice' }];
  });
  if (culprits.length > 0) throw new AppError('invalid_request', 'The report names components that it cannot be about.', { culprits });
  return found.map(({ component, impact }) => ({ component: component as string, impact }));
}

/** @throws AppError invalid_request: what has not begun is maintenance, not an incident. */
function requirePast(startedAt: string | undefined, now: Date): Date | undefined {
  if (startedAt === undefined) return undefined;
  if (Date.parse(startedAt) <= now.getTime()) return new Date(startedAt);
  throw new AppError('invalid_request', 'A report is about something that has begun; announce what is to come as maintenance.', {
    culprits: [{ pointer: '/startedAt', message: 'lies in the future' }],
  });
}

async function find(tx: Db | Tx, pageId: string, id: string): Promise<ReportRow> {
  const row = await tx.statusReport.findFirst({ where: { id, pageId }, include: withUpdates });
  if (!row) throw new AppError('not_found', 'There is no such report on this page.');
  return row;
}

/** With its first update. @throws AppError */
export async function createReport(
  deps: StatusPageDeps,
  actor: Actor,
  pageId: string,
  input: CreateReport,
  now: Date,
): Promise<StatusReport> {
  requireScope(actor, 'write');
  return deps.db.$transaction(async (tx) => {
    const page = await findPage(tx, actor, pageId);
    const id = newId('rp', now.getTime());
    const startedAt = requirePast(input.startedAt, now) ?? now;
    const row = await tx.statusReport.create({
      data: {
        id,
        pageId,
        title: input.title,
        status: input.status,
        affected: resolveAffected(page, input.affected),
        published: input.published,
        publishedAt: input.published ? now : null,
        startedAt,
        resolvedAt: input.status === 'resolved' ? now : null,
        createdAt: now,
        updates: { create: { id: newId('ru', now.getTime()), at: now, status: input.status, text: input.text } },
      },
      include: withUpdates,
    });
    const report = toReport(row, page, deps.publicUrl);
    if (row.published) await tellOfReport(tx, row, page, deps.publicUrl, now);
    await writeAudit(tx, actor, { action: 'status_report.created', target: id, after: report }, now);
    return report;
  });
}

/** Newest first, drafts too. */
export async function listReports(
  deps: StatusPageDeps,
  actor: Actor,
  pageId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<StatusReport>> {
  requireScope(actor, 'read');
  const page = await findPage(deps.db, actor, pageId);
  const cursor = requireCursor('rp', query.cursor);
  const rows = await deps.db.statusReport.findMany({
    where: { pageId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    include: withUpdates,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => toReport(row, page, deps.publicUrl));
}

/** @throws AppError not_found. */
export async function getReport(deps: StatusPageDeps, actor: Actor, pageId: string, id: string): Promise<StatusReport> {
  requireScope(actor, 'read');
  const page = await findPage(deps.db, actor, pageId);
  return toReport(await find(deps.db, pageId, id), page, deps.publicUrl);
}

/** Its newest update, once a subscriber; not on a page that nobody sees. */
async function tellOfReport(tx: Tx, row: ReportRow, page: PageRow, publicUrl: string, now: Date): Promise<void> {
  const [newest] = row.updates;
  if (!page.published || newest === undefined) return;
  const incident = publicReport(row, page, publicUrl);
  await tellSubscribers(tx, { page, pageUrl: pageUrl(page, publicUrl), incident, updateId: newest.id, confirmedBy: now, now });
}

interface ReportChange {
  readonly action: string;
  readonly data: (before: ReportRow, page: PageRow) => Prisma.StatusReportUncheckedUpdateManyInput;
  readonly update?: Pick<CreateReportUpdate, 'status' | 'text'>;
}

async function changeReport(deps: StatusPageDeps, actor: Actor, pageId: string, id: string, change: ReportChange, now: Date) {
  requireScope(actor, 'write');
  return deps.db.$transaction(async (tx) => {
    const page = await findPage(tx, actor, pageId);
    const before = await find(tx, pageId, id);
    const { count } = await tx.statusReport.updateMany({
      where: { id, version: before.version },
      data: { ...change.data(before, page), version: { increment: 1 } },
    });
    if (count === 0) throw new AppError('conflict', 'The report was changed by somebody else in the meantime; read it again.');
    if (change.update !== undefined) {
      await tx.statusReportUpdate.create({ data: { id: newId('ru', now.getTime()), reportId: id, at: now, ...change.update } });
    }
    const row = await find(tx, pageId, id);
    const after = toReport(row, page, deps.publicUrl);
    // A new update, or a draft that is seen from now on.
    if (row.published && (change.update !== undefined || !before.published)) await tellOfReport(tx, row, page, deps.publicUrl, now);
    await writeAudit(tx, actor, { action: change.action, target: id, before: toReport(before, page, deps.publicUrl), after }, now);
    return after;
  });
}

/** Its words and what it is about; a draft is published by `published: true`. @throws AppError */
export function updateReport(deps: StatusPageDeps, actor: Actor, pageId: string, id: string, change: UpdateReport, now: Date) {
  return changeReport(
    deps,
    actor,
    pageId,
    id,
    {
      action: 'status_report.updated',
      data: (before, page) => {
        const startedAt = requirePast(change.startedAt, now);
        return {
          ...(change.title === undefined ? {} : { title: change.title }),
          ...(change.affected === undefined ? {} : { affected: resolveAffected(page, change.affected) }),
          ...(startedAt === undefined ? {} : { startedAt }),
          ...(change.published === undefined ? {} : { published: change.published }),
          ...(change.published === true && before.publishedAt === null ? { publishedAt: now } : {}),
        };
      },
    },
    now,
  );
}

/** Says how it stands; `resolved` ends it, anything else opens it again. @throws AppError */
export function addReportUpdate(deps: StatusPageDeps, actor: Actor, pageId: string, id: string, input: CreateReportUpdate, now: Date) {
  return changeReport(
    deps,
    actor,
    pageId,
    id,
    {
      action: 'status_report.update_added',
      data: (before, page) => ({
        status: input.status,
        resolvedAt: input.status === 'resolved' ? (before.resolvedAt ?? now) : null,
        ...(input.affected === undefined ? {} : { affected: resolveAffected(page, input.affected) }),
      }),
      update: { status: input.status, text: input.text },
    },
    now,
  );
}

/** @throws AppError not_found. */
export async function deleteReport(deps: StatusPageDeps, actor: Actor, pageId: string, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await deps.db.$transaction(async (tx) => {
    const page = await findPage(tx, actor, pageId);
    const row = await find(tx, pageId, id);
    await tx.statusReport.delete({ where: { id } });
    await writeAudit(tx, actor, { action: 'status_report.deleted', target: id, before: toReport(row, page, deps.publicUrl) }, now);
  });
}
