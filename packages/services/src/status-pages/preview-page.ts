import type { PublicPage, UpdateStatusPage } from '@rollcall/contracts';
import { type Actor, requireScope } from '../access/actor.ts';
import { loadPageFacts } from './load-page-facts.ts';
import { findPage, type PageRow } from './page-row.ts';
import { buildPublicPage } from './public-page.ts';
import type { StatusPageDeps } from './status-pages.ts';
import { planComponents } from './write-components.ts';

/** What the public would see if the change were made now; nothing is kept. @throws AppError not_found, invalid_request. */
export async function previewStatusPage(
  { db, publicUrl }: StatusPageDeps,
  actor: Actor,
  id: string,
  change: UpdateStatusPage,
  now: Date,
): Promise<PublicPage> {
  requireScope(actor, 'read');
  const before = await findPage(db, actor, id);
  const components = change.components === undefined ? before.components : await planComponents(db, before, change.components, now);
  const { publishing, password, components: _, ...columns } = change;
  const named = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<PageRow>;
  const page: PageRow = {
    ...before,
    ...named,
    ...(publishing === undefined
      ? {}
      : { publishing: publishing.mode, delayMinutes: publishing.mode === 'delayed' ? publishing.minutes : 0 }),
    // Only whether there is one is shown.
    ...(password === undefined ? {} : { passwordHash: password === null ? null : '' }),
    components,
  };
  return buildPublicPage(await loadPageFacts(db, page, new Map(), now), publicUrl, now);
}
