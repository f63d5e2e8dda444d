import type { ComponentInput, Publishing, Show, StatusPage, UpdateStatusPage } from '@rollcall/contracts';

/** A component as the form holds it. `key` stays with it while it is moved; `id` is there once it was saved. */
export interface DraftComponent {
  key: string;
  id?: string;
  endpoint: string;
  slug: string;
  name: string;
  description: string;
  group: string;
  publishing: Publishing | null;
}

export interface Draft {
  title: string;
  slug: string;
  description: string;
  published: boolean;
  /** Undefined: as it is; null: open to everybody. */
  password: string | null | undefined;
  customDomain: string;
  accentColor: string;
  logo: string | null;
  homepageUrl: string;
  locale: string;
  show: Show;
  publishing: Publishing;
  components: DraftComponent[];
}

export function draftOf(page: StatusPage): Draft {
  return {
    title: page.title,
    slug: page.slug,
    description: page.description,
    published: page.published,
    password: undefined,
    customDomain: page.customDomain ?? '',
    accentColor: page.accentColor ?? '',
    logo: page.logo,
    homepageUrl: page.homepageUrl ?? '',
    locale: page.locale,
    show: page.show,
    publishing: page.publishing,
    components: page.components.map((component) => ({ ...component, key: component.id })),
  };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

function componentsOf(draft: Draft): ComponentInput[] {
  return draft.components.map(({ key: _, id, slug, name, ...rest }) => ({
    ...rest,
    ...(id === undefined ? {} : { id }),
    ...(slug.trim() === '' ? {} : { slug: slug.trim() }),
    ...(name.trim() === '' ? {} : { name: name.trim() }),
  }));
}

/** What of a page the form edits; a password is never read. */
export const EDITED = [
  'title',
  'slug',
  'description',
  'published',
  'customDomain',
  'accentColor',
  'logo',
  'homepageUrl',
  'locale',
  'show',
  'publishing',
  'components',
] as const satisfies readonly (keyof StatusPage)[];

/** Everything that the form says, as the API takes it. */
function bodyOf(draft: Draft): UpdateStatusPage {
  return {
    title: draft.title.trim(),
    slug: draft.slug.trim(),
    description: draft.description.trim(),
    published: draft.published,
    customDomain: orNull(draft.customDomain)?.toLowerCase() ?? null,
    accentColor: orNull(draft.accentColor),
    logo: draft.logo,
    homepageUrl: orNull(draft.homepageUrl),
    locale: draft.locale,
    show: draft.show,
    publishing: draft.publishing,
    components: componentsOf(draft),
    ...(draft.password === undefined ? {} : { password: draft.password }),
  };
}

/** What the draft changes of the page, and nothing else, so that what others changed meanwhile stays. Pure. */
export function changeOf(page: StatusPage, draft: Draft): UpdateStatusPage {
  const before = bodyOf(draftOf(page)) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(bodyOf(draft)).filter(([member, value]) => JSON.stringify(value) !== JSON.stringify(before[member])),
  ) as UpdateStatusPage;
}

/** The list with one of its members at another place. Pure; a place outside of the list changes nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}
