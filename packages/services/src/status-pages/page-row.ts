import { type Publishing, type StatusPage, showSchema } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db, Prisma, Tx } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';

export const withComponents = { components: { orderBy: { position: 'asc' } } } as const satisfies Prisma.StatusPageInclude;
export type PageRow = Prisma.StatusPageGetPayload<{ include: typeof withComponents }>;

/** The mode of a page, or of a component that has one of its own. */
export function publishingOf(row: { publishing: string; delayMinutes: number | null }): Publishing {
  if (row.publishing === 'delayed') return { mode: 'delayed', minutes: row.delayMinutes ?? 1 };
  return { mode: row.publishing === 'manual' ? 'manual' : 'auto' };
}

/** The public address, by the page's own host name when it has one. */
export function pageUrl(row: { slug: string; customDomain: string | null }, publicUrl: string): string {
  return row.customDomain === null ? `${publicUrl}/status/${row.slug}` : `https://${row.customDomain}/status/${row.slug}`;
}

export function showOf(stored: unknown) {
  const parsed = showSchema.safeParse(stored);
  return parsed.success ? parsed.data : showSchema.parse({});
}

export function toStatusPage(row: PageRow, publicUrl: string): StatusPage {
  return {
    id: row.id,
    slug: row.slug,
    url: pageUrl(row, publicUrl),
    title: row.title,
    description: row.description,
    published: row.published,
    passwordProtected: row.passwordHash !== null,
    customDomain: row.customDomain,
    accentColor: row.accentColor,
    logo: row.logo,
    homepageUrl: row.homepageUrl,
    locale: row.locale,
    show: showOf(row.show),
    publishing: publishingOf(row),
    components: row.components.map((component) => ({
      id: component.id,
      endpoint: component.endpointId,
      slug: component.slug,
      name: component.name,
      description: component.description,
      group: component.group,
      publishing: component.publishing === null ? null : publishingOf({ ...component, publishing: component.publishing }),
    })),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** @throws AppError not_found, also for a page of another organization. */
export async function findPage(tx: Db | Tx, actor: Actor, id: string): Promise<PageRow> {
  const row = await tx.statusPage.findFirst({ where: { id, organizationId: actor.organizationId }, include: withComponents });
  if (!row) throw new AppError('not_found', 'There is no such status page.');
  return row;
}
