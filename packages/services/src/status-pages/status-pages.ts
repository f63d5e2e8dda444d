import type { CreateStatusPage, Page, StatusPage, UpdateStatusPage } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import { type Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';
import { hashPassword } from '../accounts/password.ts';
import { findPage, toStatusPage, withComponents } from './page-row.ts';
import { writeComponents } from './write-components.ts';

export interface StatusPageDeps {
  readonly db: Db;
  /** Of the installation, without a trailing slash. */
  readonly publicUrl: string;
}

/** The audit log names the picture, it does not keep it. */
const audited = (page: StatusPage) => ({ ...page, logo: page.logo === null ? null : '[image]' });

function requireOwnDomain(customDomain: string | null | undefined, publicUrl: string): void {
  if (customDomain == null || customDomain !== new URL(publicUrl).hostname) return;
  throw new AppError('invalid_request', 'The installation itself is reached under this host name.', {
    culprits: [{ pointer: '/customDomain', message: 'is the host name of the installation itself' }],
  });
}

/** Two pages cannot share an address; who has it is not said. */
async function takingAddress<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error;
    const isDomain = JSON.stringify(error.meta ?? {}).includes('custom_domain');
    const [pointer, what] = isDomain ? ['/customDomain', 'host name'] : ['/slug', 'slug'];
    throw new AppError('conflict', `Another status page has this ${what}.`, {
      cause: error,
      culprits: [{ pointer, message: 'is taken; choose another' }],
    });
  }
}

function columnsOf(input: UpdateStatusPage): Prisma.StatusPageUncheckedUpdateManyInput {
  const { slug, title, description, published, customDomain, logo, homepageUrl, locale, show, publishing } = input;
  const accentColor = input.accentColor?.toLowerCase() ?? input.accentColor;
  return {
    ...Object.fromEntries(
      Object.entries({ slug, title, description, published, customDomain, accentColor, logo, homepageUrl, locale, show }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    ...(publishing === undefined
      ? {}
      : { publishing: publishing.mode, delayMinutes: publishing.mode === 'delayed' ? publishing.minutes : 0 }),
  };
}

/** @throws AppError forbidden, invalid_request, conflict when the slug is taken. */
export async function createStatusPage(deps: StatusPageDeps, actor: Actor, input: CreateStatusPage, now: Date): Promise<StatusPage> {
  requireScope(actor, 'write');
  requireOwnDomain(input.customDomain, deps.publicUrl);
  const id = newId('sp', now.getTime());
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  const columns = columnsOf(input) as Omit<Prisma.StatusPageUncheckedCreateInput, 'id' | 'organizationId'>;
  return takingAddress(() =>
    deps.db.$transaction(async (tx) => {
      const made = await tx.statusPage.create({
        data: { ...columns, id, organizationId: actor.organizationId, passwordHash, createdAt: now },
        include: withComponents,
      });
      await writeComponents(tx, made, input.components, now);
      const page = toStatusPage(await findPage(tx, actor, id), deps.publicUrl);
      await writeAudit(tx, actor, { action: 'status_page.created', target: id, after: audited(page) }, now);
      return page;
    }),
  );
}

/** Newest first. */
export async function listStatusPages(
  deps: StatusPageDeps,
  actor: Actor,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<StatusPage>> {
  requireScope(actor, 'read');
  const cursor = requireCursor('sp', query.cursor);
  const rows = await deps.db.statusPage.findMany({
    where: { organizationId: actor.organizationId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    include: withComponents,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => toStatusPage(row, deps.publicUrl));
}

/** @throws AppError not_found. */
export async function getStatusPage(deps: StatusPageDeps, actor: Actor, id: string): Promise<StatusPage> {
  requireScope(actor, 'read');
  return toStatusPage(await findPage(deps.db, actor, id), deps.publicUrl);
}

/** @throws AppError not_found, invalid_request, conflict. */
export async function updateStatusPage(
  deps: StatusPageDeps,
  actor: Actor,
  id: string,
  change: UpdateStatusPage,
  now: Date,
): Promise<StatusPage> {
  requireScope(actor, 'write');
  requireOwnDomain(change.customDomain, deps.publicUrl);
  // Slow on purpose, so not inside the transaction.
  const passwordHash = change.password == null ? change.password : await hashPassword(change.password);
  return takingAddress(() =>
    deps.db.$transaction(async (tx) => {
      const before = await findPage(tx, actor, id);
      const { count } = await tx.statusPage.updateMany({
        where: { id, version: before.version },
        data: { ...columnsOf(change), ...(passwordHash === undefined ? {} : { passwordHash }), version: { increment: 1 } },
      });
      if (count === 0) throw new AppError('conflict', 'The status page was changed by somebody else in the meantime; read it again.');
      if (change.components !== undefined) await writeComponents(tx, before, change.components, now);
      const after = toStatusPage(await findPage(tx, actor, id), deps.publicUrl);
      const entry = {
        action: 'status_page.updated',
        target: id,
        before: audited(toStatusPage(before, deps.publicUrl)),
        after: audited(after),
      };
      await writeAudit(tx, actor, entry, now);
      return after;
    }),
  );
}

/** Its reports and subscribers go with it. @throws AppError not_found. */
export async function deleteStatusPage(deps: StatusPageDeps, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'write');
  await deps.db.$transaction(async (tx) => {
    const row = await findPage(tx, actor, id);
    await tx.statusPage.delete({ where: { id } });
    await writeAudit(tx, actor, { action: 'status_page.deleted', target: id, before: audited(toStatusPage(row, deps.publicUrl)) }, now);
  });
}
