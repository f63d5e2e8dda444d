import type { PublicPage } from '@rollcall/contracts';
import { LANGUAGES, languageOf, wordsOf } from '@rollcall/core';
import { Button } from '@rollcall/ui';
import { Rss } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { accentPair } from '#web/lib/accent.ts';

function accentStyle(hex: string | null): CSSProperties | undefined {
  if (hex === null || !/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  const { light, dark } = accentPair(hex);
  return { '--accent': `light-dark(${light}, ${dark})` } as CSSProperties;
}

/** What stands around every page of one status page: whose it is, how to hear of it, who makes it. */
export function StatusShell({
  page,
  path,
  query = '',
  children,
}: {
  page: PublicPage['page'];
  /** Of this page; the switch of languages leads back to it. */
  path?: string;
  /** `?lang=…` when the reader chose it. */
  query?: string;
  children: ReactNode;
}) {
  const words = wordsOf(page.locale).page;
  const base = `/status/${page.slug}`;
  return (
    <div style={accentStyle(page.accentColor)} className="min-h-dvh border-accent border-t-4">
      <div className="mx-auto flex min-h-[calc(100dvh-4px)] w-full max-w-200 flex-col px-4 sm:px-6">
        <header className="flex flex-wrap items-center gap-x-4 gap-y-3 py-6">
          <a href={`${base}${query}`} className="flex min-w-0 items-center gap-3 font-semibold text-lg tracking-tight">
            {page.logo === null ? null : (
              // biome-ignore lint/performance/noImgElement: a data: URL of the owner, nothing to optimise or to fetch
              <img src={page.logo} alt="" className="max-h-9 max-w-40 object-contain" />
            )}
            <span className="foreign">{page.title}</span>
          </a>
          <nav aria-label={words.navigation} className="ml-auto flex items-center gap-2">
            {page.homepageUrl === null ? null : (
              <a href={page.homepageUrl} rel="noopener" className="px-2 text-muted text-sm underline-offset-2 hover:underline">
                {words.website}
              </a>
            )}
            <Button asChild>
              <a href={`${base}${query}#subscribe`}>
                <Rss aria-hidden className="size-4" />
                {words.subscribe}
              </a>
            </Button>
          </nav>
        </header>
        <main className="flex flex-1 flex-col gap-8">{children}</main>
        <footer className="mt-12 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t py-6 text-faint text-xs">
          <p>{words.madeBy}</p>
          <nav aria-label={words.language} className="flex flex-wrap gap-x-3 gap-y-1">
            {LANGUAGES.map((language) => (
              <a
                key={language}
                href={`${path ?? base}?lang=${language}`}
                lang={language}
                hrefLang={language}
                {...(languageOf(page.locale) === language
                  ? { 'aria-current': 'true', className: 'py-0.5 font-medium text-muted' }
                  : { className: 'py-0.5 underline-offset-2 hover:underline' })}
              >
                {wordsOf(language).language}
              </a>
            ))}
          </nav>
        </footer>
      </div>
    </div>
  );
}
