import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Theme } from '#web/lib/cookies.ts';
import { ASSETS } from './assets.ts';

export interface Head {
  readonly title: string;
  /** Of the document: a BCP 47 tag. */
  readonly lang: string;
  readonly theme: Theme;
  readonly description?: string;
  /** Not for search engines. */
  readonly hidden?: boolean;
  readonly icon?: string;
  readonly links?: ReactNode;
}

/** A whole document without a script that it needs: nothing is hydrated. */
export function renderDocument(head: Head, body: ReactNode): string {
  const document = (
    <html lang={head.lang} {...(head.theme === 'system' ? {} : { 'data-theme': head.theme })}>
      {/* biome-ignore lint/style/noHeadElement: no page of Next */}
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title}</title>
        {head.description === undefined ? null : <meta name="description" content={head.description} />}
        {head.hidden === true ? <meta name="robots" content="noindex" /> : null}
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fafafa" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0b0c0e" />
        <link rel="stylesheet" href={ASSETS.css} />
        <link rel="icon" href={head.icon ?? '/icon.svg'} />
        {head.links}
        <script defer src={ASSETS.js} />
      </head>
      <body>{body}</body>
    </html>
  );
  return `<!doctype html>${renderToStaticMarkup(document)}`;
}
