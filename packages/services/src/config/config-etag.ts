import { AppError } from '@rollcall/core';
import { type Db, Prisma, type Tx } from '@rollcall/db';
import { parseIfMatch } from '../access/precondition.ts';

/**
 * Strong, for If-Match: names every endpoint, channel and window of the organization, or of the file of that name, with the version of its
 * settings. A secret that was changed changes it, too, although the export shows a placeholder as before.
 */
export async function configEtag(db: Db | Tx, organizationId: string, name?: string): Promise<string> {
  const ours = Prisma.sql`organization_id = ${organizationId} ${name === undefined ? Prisma.empty : Prisma.sql`and source = ${name}`}`;
  const [row] = await db.$queryRaw<{ tag: string }[]>`
    select md5(coalesce(string_agg(id || '/' || version || '/' || coalesce(source, ''), ',' order by id), '')) as tag from (
      select id, version, source from endpoint where ${ours}
      union all select id, version, source from channel where ${ours} and status_page_id is null
      union all select id, version, source from maintenance_window where ${ours} and deleted_at is null) as t`;
  return `"c${row?.tag ?? ''}"`;
}

/** The tag of all there is, or of what came from the file of that name, whichever was read. @throws AppError invalid_request, precondition_failed */
export async function requireConfigMatch(db: Db | Tx, organizationId: string, name: string, ifMatch: string | undefined): Promise<void> {
  const tags = ifMatch === undefined ? null : parseIfMatch(ifMatch);
  if (tags === null) return;
  const whole = await configEtag(db, organizationId);
  if (tags.has(whole) || tags.has(await configEtag(db, organizationId, name))) return;
  throw new AppError('precondition_failed', 'The configuration was changed since you read it; read it again.', {
    culprits: [{ pointer: 'If-Match', message: `the version is now ${whole}` }],
  });
}
