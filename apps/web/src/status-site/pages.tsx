import type { PublicPage } from '@rollcall/contracts';
import { LANGUAGES, type Language, languageOf, localeFor, localizePage, wordsOf } from '@rollcall/core';
import { Banner } from '#web/components/status/banner.tsx';
import { ComponentGroups } from '#web/components/status/component-groups.tsx';
import { History, IncidentStory, OpenIncident } from '#web/components/status/incidents.tsx';
import { Maintenance } from '#web/components/status/maintenance.tsx';
import { type Done, Notice } from '#web/components/status/notice.tsx';
import { LostPage, SubscriptionForm, UnlockForm } from '#web/components/status/plain-form.tsx';
import { StatusShell } from '#web/components/status/shell.tsx';
import { stateIcon } from '#web/components/status/state.tsx';
import { Subscribe } from '#web/components/status/subscribe.tsx';
import type { Theme } from '#web/lib/cookies.ts';
import { renderDocument } from './html.tsx';

/** How this reader wants it. */
export interface Reader {
  readonly language: Language;
  /** `?lang=…` when he chose the language himself, else empty: links keep it. */
  readonly query: string;
  readonly theme: Theme;
}

/** Feeds, the page in other languages, and the picture that others show of it. */
function headLinks({ page, summary }: PublicPage, path: string, { query }: Reader) {
  const base = `/status/${page.slug}`;
  const origin = new URL(page.url).origin;
  return (
    <>
      {[
        ['application/atom+xml', 'feed.atom', 'Atom'],
        ['application/rss+xml', 'feed.rss', 'RSS'],
        ['application/feed+json', 'feed.json', 'JSON Feed'],
      ].map(([type, file, name]) => (
        <link key={file} rel="alternate" type={type} href={`${base}/${file}${query}`} title={`${page.title} (${name})`} />
      ))}
      {page.passwordProtected ? null : (
        <>
          {LANGUAGES.map((language) => (
            <link key={language} rel="alternate" hrefLang={language} href={`${origin}${path}?lang=${language}`} />
          ))}
          <meta property="og:title" content={page.title} />
          <meta property="og:description" content={summary} />
          <meta property="og:type" content="website" />
          <meta property="og:image" content={`${origin}${base}/og.png?lang=${languageOf(page.locale) ?? 'en'}`} />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta name="twitter:card" content="summary_large_image" />
          <meta property="og:url" content={`${origin}${path}`} />
        </>
      )}
    </>
  );
}

/** State first, then what is open, then every component, what is planned and what was. Pure. */
export function renderPage(found: PublicPage, reader: Reader, done: Done | null): string {
  const locale = localeFor(reader.language, found.page.locale);
  const document = localizePage(found, locale);
  const { page, status, summary, open } = document;
  const words = wordsOf(locale);
  const path = `/status/${page.slug}`;
  return renderDocument(
    {
      title: page.title,
      lang: locale,
      theme: reader.theme,
      description: page.description === '' ? `${summary}.` : page.description,
      hidden: page.passwordProtected || done !== null,
      icon: stateIcon(status),
      links: headLinks(document, path, reader),
    },
    <StatusShell page={page} path={path} query={reader.query}>
      <Notice done={done} locale={locale} />
      {page.description === '' ? null : <p className="foreign -mb-3 text-balance text-muted">{page.description}</p>}
      <Banner document={document} />
      {open.length === 0 ? null : (
        <section aria-labelledby="open" className="flex flex-col gap-3">
          <h2 id="open" className="sr-only">
            {words.page.openIncidents}
          </h2>
          {open.map((incident) => (
            <OpenIncident key={incident.id} incident={incident} document={document} query={reader.query} />
          ))}
        </section>
      )}
      <ComponentGroups document={document} />
      <Maintenance document={document} />
      <History document={document} query={reader.query} />
      <Subscribe slug={page.slug} locale={locale} query={reader.query} />
    </StatusShell>,
  );
}

/** One incident under an address that stays, for whoever has to point at it; null when there is none of that id. Pure. */
export function renderIncident(found: PublicPage, reader: Reader, id: string): string | null {
  const locale = localeFor(reader.language, found.page.locale);
  const document = localizePage(found, locale);
  const { page } = document;
  const incident = [...document.open, ...document.history.flatMap((month) => month.incidents)].find((one) => one.id === id);
  if (incident === undefined) return null;
  const path = `/status/${page.slug}/incidents/${id}`;
  return renderDocument(
    {
      title: `${incident.title} · ${page.title}`,
      lang: locale,
      theme: reader.theme,
      hidden: page.passwordProtected,
      icon: stateIcon(document.status),
      links: headLinks(document, path, reader),
    },
    <StatusShell page={page} path={path} query={reader.query}>
      <a href={`/status/${page.slug}${reader.query}`} className="w-fit text-accent text-sm underline underline-offset-2">
        {wordsOf(locale).page.allSystems}
      </a>
      <IncidentStory incident={incident} document={document} />
    </StatusShell>,
  );
}

/** Asks for the password of a page, and tells nothing of it. */
export function renderUnlock(slug: string, reader: Reader, wrong: boolean): string {
  const { language, theme, query } = reader;
  const locale = localeFor(language, language);
  return renderDocument(
    { title: wordsOf(locale).unlock.tab, lang: locale, theme, hidden: true },
    <UnlockForm slug={slug} wrong={wrong} locale={locale} query={query} />,
  );
}

export function renderSubscription(slug: string, reader: Reader, verb: 'confirm' | 'unsubscribe', token: string): string {
  const { language, theme, query } = reader;
  const locale = localeFor(language, language);
  return renderDocument(
    { title: wordsOf(locale)[verb].title, lang: locale, theme, hidden: true },
    <SubscriptionForm slug={slug} token={token} verb={verb} locale={locale} query={query} />,
  );
}

export function renderLost({ language, theme }: Reader): string {
  const locale = localeFor(language, language);
  return renderDocument({ title: wordsOf(locale).lost.title, lang: locale, theme, hidden: true }, <LostPage locale={locale} />);
}
