import { AppError } from '@rollcall/core';
import { type Db, Prisma, type Tx } from '@rollcall/db';
import type { Actor } from './actor.ts';

/** What has a version that every change of its settings moves on. */
const TABLES = {
  endpoint: Prisma.sql`endpoint`,
  channel: Prisma.sql`channel`,
  maintenanceWindow: Prisma.sql`maintenance_window`,
  statusPage: Prisma.sql`status_page`,
} as const;
/** What a caller can see of the table: windows stay when they are deleted, subscribers of status pages have channels. */
const VISIBLE = {
  endpoint: Prisma.sql`true`,
  channel: Prisma.sql`status_page_id is null`,
  maintenanceWindow: Prisma.sql`deleted_at is null`,
  statusPage: Prisma.sql`true`,
} as const;
export type Versioned = keyof typeof TABLES;

/** ETag of a version: strong, for If-Match. It names the settings; an endpoint's state changes without it. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

/** Null when there is no such thing, or none of the organization's. Read it before the thing itself: older is safe, newer is not. */
export async function readEtag(db: Db | Tx, actor: Actor, kind: Versioned, id: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ version: number }[]>`
    select version from ${TABLES[kind]} where id = ${id} and organization_id = ${actor.organizationId} and ${VISIBLE[kind]}`;
  return rows[0] === undefined ? null : etagOf(rows[0].version);
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
  const rows = await tx.$queryRaw<{ version: number }[]>`
    select version from ${TABLES[kind]} where id = ${id} and organization_id = ${actor.organizationId} and ${VISIBLE[kind]} for no key update`;
  // Not there: the change itself says so.
  const version = rows[0]?.version;
  if (version === undefined || tags === null || tags.has(etagOf(version))) return;
  throw new AppError('precondition_failed', 'It was changed since you read it; read it again.', {
    culprits: [{ pointer: 'If-Match', message: `the version is now ${etagOf(version)}` }],
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
