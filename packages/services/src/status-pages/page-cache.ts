import { createHash } from 'node:crypto';
import { type PublicPage, packPage } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { loadPage, loadPageFacts, type SlowFacts } from './load-page-facts.ts';
import type { PageRow } from './page-row.ts';
import { buildPublicPage } from './public-page.ts';

export const FRESH_MS = 10_000;
/** Readers do not wait for what was read this shortly ago to be read again: they get it, and whoever comes next the new one. */
export const LENT_MS = 20_000;
/** When the database does not answer, what was true this long ago is better than nothing; the page says when it was. */
const STALE_MS = 10 * 60_000;
const MAX_ENTRIES = 2000;

/** A page as it is served to everybody. */
export interface CachedPage {
  readonly page: Pick<PageRow, 'id' | 'organizationId' | 'slug' | 'passwordHash' | 'customDomain' | 'updatedAt'>;
  readonly document: PublicPage;
  /** The document as it goes out; written when it is first asked for. */
  json(): string;
  /** The same as our own pages take it (unpackPage). */
  readonly packed: string;
  /** Weak: the same for documents that differ only in when they were made. */
  readonly etag: string;
}

interface Entry {
  readonly at: number;
  readonly organizationId: string | null;
  readonly value: CachedPage | null;
}

export interface PublicPages {
  /** Null: no such page for the public. However many ask at once, the database is asked once in ten seconds; nothing older than twenty is given while it answers. */
  get(slug: string): Promise<CachedPage | null>;
  /** The slug of the page that is reached under a host name. */
  slugOfHost(host: string): Promise<string | null>;
  /** Whoever changed something sees it at once, at least in this process. */
  forget(organizationId: string): void;
}

/** The public pages of one process, kept in memory. */
export function createPublicPages(deps: { readonly db: Db; readonly publicUrl: string; readonly now: () => Date }): PublicPages {
  const entries = new Map<string, Entry>();
  const building = new Map<string, Promise<CachedPage | null>>();
  const hosts = new Map<string, { at: number; slug: string | null }>();
  const slow: SlowFacts = new Map();
  /** Counts what was forgotten: what was read before is not kept after. */
  let generation = 0;

  async function build(slug: string): Promise<CachedPage | null> {
    const begun = generation;
    const row = await loadPage(deps.db, slug);
    const now = deps.now();
    const value = row === null ? null : serve(row, buildPublicPage(await loadPageFacts(deps.db, row, slow, now), deps.publicUrl, now));
    if (begun !== generation) return value;
    // Last in is last out: a stranger who tries many slugs drives out his own misses first.
    entries.delete(slug);
    entries.set(slug, { at: now.getTime(), organizationId: row?.organizationId ?? null, value });
    bound(entries);
    bound(slow);
    return value;
  }

  function refresh(slug: string): Promise<CachedPage | null> {
    const running = building.get(slug);
    if (running !== undefined) return running;
    const started = build(slug).finally(() => {
      if (building.get(slug) === started) building.delete(slug);
    });
    building.set(slug, started);
    return started;
  }

  return {
    async get(slug) {
      const known = entries.get(slug);
      const age = known === undefined ? Number.POSITIVE_INFINITY : deps.now().getTime() - known.at;
      if (known !== undefined && age < FRESH_MS) return known.value;
      if (known !== undefined && known.value !== null && age < LENT_MS) {
        // What fails now is tried again by the next reader, and told to the one who has to wait for it.
        refresh(slug).catch(() => undefined);
        return known.value;
      }
      try {
        return await refresh(slug);
      } catch (error) {
        if (known !== undefined && known.value !== null && age < STALE_MS) return known.value;
        throw error;
      }
    },
    async slugOfHost(host) {
      const at = deps.now().getTime();
      const known = hosts.get(host);
      if (known !== undefined && at - known.at < FRESH_MS) return known.slug;
      const row = await deps.db.statusPage.findFirst({ where: { customDomain: host, published: true }, select: { slug: true } });
      hosts.set(host, { at, slug: row?.slug ?? null });
      bound(hosts);
      return row?.slug ?? null;
    },
    forget(organizationId) {
      hosts.clear();
      for (const [slug, entry] of entries) {
        if (entry.organizationId === null || entry.organizationId === organizationId) entries.delete(slug);
      }
      generation += 1;
      building.clear();
    },
  };
}

function serve(row: PageRow, document: PublicPage): CachedPage {
  const { generatedAt, ...rest } = packPage(document);
  const text = JSON.stringify(rest);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  let json: string | undefined;
  const { id, organizationId, slug, passwordHash, customDomain, updatedAt } = row;
  return {
    page: { id, organizationId, slug, passwordHash, customDomain, updatedAt },
    document,
    json() {
      // Once: a page of a hundred components is most of a megabyte.
      json ??= JSON.stringify(document);
      return json;
    },
    packed: `${text.slice(0, -1)},"generatedAt":${JSON.stringify(generatedAt)}}`,
    etag: `W/"${hash}"`,
  };
}

function bound(map: Map<unknown, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MAX_ENTRIES) return;
    map.delete(key);
  }
}
