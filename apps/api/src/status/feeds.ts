import type { PublicIncident, PublicPage } from '@rollcall/contracts';
import { fill, formatsOf, wordsOf } from '@rollcall/core';
import { escapeXml } from './badge.ts';

const MAX_ITEMS = 50;

interface Item {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
  /** Paragraphs, newest first. */
  readonly text: readonly string[];
  readonly tags: readonly string[];
}

export interface FeedContext {
  /** Where the page and its feeds are reached. */
  readonly pageUrl: string;
  /** When there is nothing to tell: when the page was last edited. */
  readonly pageUpdatedAt: string;
}

function incidentItem(incident: PublicIncident, locale: string): Item {
  const [newest] = incident.updates;
  const { feed, report } = wordsOf(locale);
  const { instant } = formatsOf(locale);
  return {
    id: incident.url,
    url: incident.url,
    title: incident.resolvedAt === null ? incident.title : fill(feed.resolved, { title: incident.title }),
    publishedAt: incident.updates.at(-1)?.at ?? incident.startedAt,
    updatedAt: newest?.at ?? incident.startedAt,
    text: incident.updates.map(({ at, status, text }) => `${report[status]} (${instant(at)}): ${text}`),
    tags: incident.components,
  };
}

/** What happened and what is planned, newest first, in the language of the document. Pure. */
function itemsOf(document: PublicPage, { pageUrl }: FeedContext): Item[] {
  const { locale } = document.page;
  const { feed } = wordsOf(locale);
  const { instant } = formatsOf(locale);
  const incidents = [...document.open, ...document.history.flatMap((month) => month.incidents)].map((one) => incidentItem(one, locale));
  const maintenance = document.maintenance.map((window): Item => {
    const id = `${pageUrl}#maintenance-${window.id}-${window.startsAt}`;
    const when = fill(feed.fromTo, { from: instant(window.startsAt), to: instant(window.endsAt) });
    const text = window.description === '' ? [when] : [when, window.description];
    return {
      id,
      url: pageUrl,
      title: fill(feed.maintenance, { title: window.title }),
      publishedAt: window.announcedAt,
      updatedAt: window.announcedAt,
      text,
      tags: window.components,
    };
  });
  return [...incidents, ...maintenance].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)).slice(0, MAX_ITEMS);
}

/** XML 1.0 §2.2 knows no other characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control characters is the point
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const xml = (text: string) => escapeXml(text.replace(NOT_XML, '').replace(HALF_CHARACTER, '\ufffd'));
/** HTML inside XML: escaped as HTML, and the whole once more. */
const html = (paragraphs: readonly string[]) =>
  xml(paragraphs.map((text) => `<p>${escapeXml(text).replaceAll('\n', '<br>')}</p>`).join(''));

const newestOf = (items: readonly Item[], context: FeedContext) => items[0]?.updatedAt ?? context.pageUpdatedAt;

/** RFC 4287. */
export function renderAtom(document: PublicPage, context: FeedContext): string {
  const items = itemsOf(document, context);
  const entries = items.map(
    (item) =>
      `<entry><id>${xml(item.id)}</id><title>${xml(item.title)}</title><link href="${xml(item.url)}"/><published>${item.publishedAt}</published><updated>${item.updatedAt}</updated>${item.tags.map((tag) => `<category term="${xml(tag)}"/>`).join('')}<content type="html">${html(item.text)}</content></entry>`,
  );
  const { title, description, locale } = document.page;
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(locale)}"><id>${xml(context.pageUrl)}</id><title>${xml(title)}</title>${description === '' ? '' : `<subtitle>${xml(description)}</subtitle>`}<link href="${xml(context.pageUrl)}"/><link rel="self" type="application/atom+xml" href="${xml(context.pageUrl)}/feed.atom"/><updated>${newestOf(items, context)}</updated><author><name>${xml(title)}</name></author><generator>Rollcall</generator>${entries.join('')}</feed>\n`;
}

/** RSS 2.0. */
export function renderRss(document: PublicPage, context: FeedContext): string {
  const items = itemsOf(document, context);
  const date = (at: string) => new Date(at).toUTCString();
  const entries = items.map(
    (item) =>
      `<item><guid isPermaLink="false">${xml(item.id)}</guid><title>${xml(item.title)}</title><link>${xml(item.url)}</link><pubDate>${date(item.updatedAt)}</pubDate>${item.tags.map((tag) => `<category>${xml(tag)}</category>`).join('')}<description>${html(item.text)}</description></item>`,
  );
  const { title, description, locale } = document.page;
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${xml(title)}</title><link>${xml(context.pageUrl)}</link><description>${xml(description === '' ? title : description)}</description><language>${xml(locale)}</language><atom:link rel="self" type="application/rss+xml" href="${xml(context.pageUrl)}/feed.rss"/><lastBuildDate>${date(newestOf(items, context))}</lastBuildDate><generator>Rollcall</generator>${entries.join('')}</channel></rss>\n`;
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function renderJsonFeed(document: PublicPage, context: FeedContext): string {
  const { title, description, locale, homepageUrl } = document.page;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    ...(description === '' ? {} : { description }),
    home_page_url: context.pageUrl,
    feed_url: `${context.pageUrl}/feed.json`,
    language: locale,
    authors: [{ name: title, ...(homepageUrl === null ? {} : { url: homepageUrl }) }],
    items: itemsOf(document, context).map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_text: item.text.join('\n\n'),
      date_published: item.publishedAt,
      date_modified: item.updatedAt,
      tags: item.tags,
    })),
  });
}
