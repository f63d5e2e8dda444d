import type { ComponentInput } from '@rollcall/contracts';
import { AppError, type Culprit } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Tx } from '@rollcall/db';
import type { PageRow } from './page-row.ts';

const MAX_SLUG = 63;

/** "Search API (EU)" → "search-api-eu"; what has no letter of a–z becomes "component". Pure. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG - 4)
    .replace(/^-+|-+$/g, '');
  return plain === '' || plain === 'overall' ? 'component' : plain;
}

/** The name itself, or with the first free number. Pure. */
function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

const culprit = (index: number, member: string, message: string): Culprit => ({ pointer: `/components/${index}/${member}`, message });

type ListedPage = Pick<PageRow, 'id' | 'organizationId' | 'components'>;

/** Puts the list in place of the one before. @throws AppError invalid_request */
export async function writeComponents(tx: Tx, page: ListedPage, inputs: readonly ComponentInput[], now: Date): Promise<void> {
  const rows = await planComponents(tx, page, inputs, now);
  // Written anew: slugs may change places among components that stay.
  await tx.statusComponent.deleteMany({ where: { pageId: page.id } });
  await tx.statusComponent.createMany({ data: rows });
}

/** The rows that the list makes; a component that is named by its id keeps it, and with it its place in reports. @throws AppError invalid_request */
export async function planComponents(
  tx: Db | Tx,
  page: ListedPage,
  inputs: readonly ComponentInput[],
  now: Date,
): Promise<PageRow['components']> {
  const endpoints = await tx.endpoint.findMany({
    where: { organizationId: page.organizationId, id: { in: inputs.map(({ endpoint }) => endpoint) } },
    select: { id: true, name: true },
  });
  const names = new Map(endpoints.map(({ id, name }) => [id, name]));
  const former = new Map(page.components.map((component) => [component.id, component]));
  const culprits: Culprit[] = [];
  const seenIds = new Set<string>();
  const given = new Map<string, number>();
  for (const [index, { id, endpoint, slug }] of inputs.entries()) {
    if (!names.has(endpoint)) culprits.push(culprit(index, 'endpoint', 'is no endpoint of yours'));
    if (id !== undefined && (!former.has(id) || seenIds.has(id))) {
      culprits.push(culprit(index, 'id', former.has(id) ? 'is named twice' : 'is no component of this page'));
    }
    if (id !== undefined) seenIds.add(id);
    const own = slug ?? (id === undefined ? undefined : former.get(id)?.slug);
    if (own === undefined) continue;
    if (given.has(own)) culprits.push(culprit(index, slug === undefined ? 'id' : 'slug', `"${own}" is used twice`));
    given.set(own, index);
  }
  if (culprits.length > 0) throw new AppError('invalid_request', 'The components cannot be shown like this.', { culprits });

  const taken = new Set(given.keys());
  return inputs.map((input, position) => {
    const old = input.id === undefined ? undefined : former.get(input.id);
    const name = input.name ?? old?.name ?? (names.get(input.endpoint) as string).slice(0, 100);
    const slug = input.slug ?? old?.slug ?? freeSlug(slugOf(name), taken);
    taken.add(slug);
    return {
      id: input.id ?? newId('sc', now.getTime()),
      pageId: page.id,
      endpointId: input.endpoint,
      slug,
      name,
      description: input.description,
      group: input.group,
      position,
      publishing: input.publishing?.mode ?? null,
      delayMinutes: input.publishing?.mode === 'delayed' ? input.publishing.minutes : null,
    };
  });
}
