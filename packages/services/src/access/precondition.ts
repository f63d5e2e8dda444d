import { AppError } from '@rollcall/core';
import { type Db, Prisma, type Tx } from '@rollcall/db';
import type { Actor } from './actor.ts';

interface Table {
  /** With the row as `t`. */
  readonly from: Prisma.Sql;
  /** Text that changes with the settings: a version that every change moves on, or what there is to change. */
  readonly tag: Prisma.Sql;
  readonly organization: Prisma.Sql;
  /** What a caller can see of it: windows stay when they are deleted, subscribers of status pages have channels. */
  readonly visible?: Prisma.Sql;
}

const organization = Prisma.sql`t.organization_id`;
const tag = Prisma.sql`'v' || t.version`;
const TABLES = {
  endpoint: { from: Prisma.sql`endpoint t`, tag, organization },
  channel: { from: Prisma.sql`channel t`, tag, organization, visible: Prisma.sql`t.status_page_id is null` },
  maintenanceWindow: { from: Prisma.sql`maintenance_window t`, tag, organization, visible: Prisma.sql`t.deleted_at is null` },
  statusPage: { from: Prisma.sql`status_page t`, tag, organization },
  statusReport: {
    from: Prisma.sql`status_report t join status_page p on p.id = t.page_id`,
    tag,
    organization: Prisma.sql`p.organization_id`,
  },
  incident: { from: Prisma.sql`incident t`, tag: Prisma.sql`'p' || md5(coalesce(t.postmortem, ''))`, organization },
  member: { from: Prisma.sql`member t`, tag: Prisma.sql`'r' || md5(t.role)`, organization },
  organization: {
    from: Prisma.sql`organization t`,
    tag: Prisma.sql`'n' || md5(t.slug || '/' || t.name)`,
    organization: Prisma.sql`t.id`,
  },
} satisfies Record<string, Table>;
export type Versioned = keyof typeof TABLES;

/** Strong, for If-Match. It names the settings; an endpoint's state changes without it. */
async function selectEtag(db: Db | Tx, actor: Actor, kind: Versioned, id: string, lock: Prisma.Sql): Promise<string | null> {
  const table: Table = TABLES[kind];
  const rows = await db.$queryRaw<{ tag: string }[]>`
    select ${table.tag} as tag from ${table.from}
    where t.id = ${id} and ${table.organization} = ${actor.organizationId} and ${table.visible ?? Prisma.sql`true`} ${lock}`;
  return rows[0] === undefined ? null : `"${rows[0].tag}"`;
}

/** Null when there is no such thing, or none of the organization's. Read it before the thing itself: older is safe, newer is not. */
export async function readEtag(db: Db | Tx, actor: Actor, kind: Versioned, id: string): Promise<string | null> {
  return selectEtag(db, actor, kind, id, Prisma.empty);
}

/** The entity tags of an If-Match header (RFC 9110 §13.1.1), or null for `*`. Weak ones never match. @throws AppError invalid_request. */
export function parseIfMatch(header: string): ReadonlySet<string> | null {
  if (header.trim() === '*') return null;
  const tags = header.split(',').map((tag) => tag.trim());
  if (tags.some((tag) => !/^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag)))
    throw new AppError('invalid_request', 'If-Match must be * or a list of entity tags.', {
      culprits: [{ pointer: 'If-Match', message: 'must be * or a list of entity tags in double quotes' }],
    });
  return new Set(tags.filter((tag) => !tag.startsWith('W/')));
}

async function requireMatch(tx: Tx, actor: Actor, kind: Versioned, id: string, tags: ReadonlySet<string> | null): Promise<void> {
  // In the order in which every change of an endpoint locks: its state first.
  if (kind === 'endpoint')
    await tx.$queryRaw`
      select 1 from endpoint_state s join endpoint e on e.id = s.endpoint_id
      where e.id = ${id} and e.organization_id = ${actor.organizationId} for update of s`;
  const etag = await selectEtag(tx, actor, kind, id, Prisma.sql`for no key update of t`);
  // Not there: the change itself says so.
  if (etag === null || tags === null || tags.has(etag)) return;
  throw new AppError('precondition_failed', 'It was changed since you read it; read it again.', {
    culprits: [{ pointer: 'If-Match', message: `the version is now ${etag}` }],
  });
}

/**
 * A database whose transactions begin with the check of If-Match, the row locked: whatever a verb changes in it, it
 * changes that very version. Without the header it is the database itself.
 */
export function matching(db: Db, actor: Actor, kind: Versioned, id: string, ifMatch: string | undefined): Db {
  if (ifMatch === undefined) return db;
  const tags = parseIfMatch(ifMatch);
  const begin = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.$transaction(async (tx) => {
      await requireMatch(tx, actor, kind, id, tags);
      return work(tx);
    });
  return new Proxy(db, {
    get(target, name) {
      if (name === '$transaction') return begin;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
