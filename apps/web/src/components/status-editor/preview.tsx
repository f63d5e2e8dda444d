'use client';
import type { PublicPage, UpdateStatusPage } from '@rollcall/contracts';
import { languageOf, localeFor, localizePage } from '@rollcall/core';
import { Button, Card, CardHeader, Skeleton } from '@rollcall/ui';
import { Moon, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Banner } from '#web/components/status/banner.tsx';
import { ComponentGroups } from '#web/components/status/component-groups.tsx';
import { History, OpenIncident } from '#web/components/status/incidents.tsx';
import { Maintenance } from '#web/components/status/maintenance.tsx';
import { StatusShell } from '#web/components/status/shell.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import type { Draft } from './draft.ts';

const TYPING_MS = 350;

/** What the API makes of the change, asked when the form rests. The last good answer stays while a new one is on its way. */
function usePreview(pageId: string, change: UpdateStatusPage, locale: string) {
  const [shown, setShown] = useState<{ document: PublicPage | null; problem: string | null }>({ document: null, problem: null });
  const body = JSON.stringify(Object.keys(change).length === 0 ? { locale } : change);
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => {
      api
        .post('/status-pages/{id}/preview', { path: { id: pageId }, body: JSON.parse(body), signal: control.signal })
        .then((document) => setShown({ document, problem: null }))
        .catch((error: unknown) => {
          if (control.signal.aborted) return;
          const problem = error instanceof ApiError && error.status === 400 ? `Not saved like this: ${messageOf(error)}` : messageOf(error);
          setShown((before) => ({ ...before, problem }));
        });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [pageId, body]);
  return shown;
}

/**
 * The public page as it would be, from the components of the public page. A picture: what it shows is said by the form, so it takes
 * no focus and is not read out.
 */
export function Preview({ pageId, draft, change }: { pageId: string; draft: Draft; change: UpdateStatusPage }) {
  const { document, problem } = usePreview(pageId, change, draft.locale);
  const [dark, setDark] = useState<boolean | null>(null);
  return (
    <Card aria-labelledby="preview-heading" className="min-w-0 overflow-hidden">
      <CardHeader
        id="preview-heading"
        title="Preview"
        hint="as the public would see it now"
        actions={
          <fieldset className="flex">
            <legend className="sr-only">Theme of the preview</legend>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Light"
              aria-pressed={dark === false}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
              onClick={() => setDark(dark === false ? null : false)}
            >
              <Sun aria-hidden className="size-4" />
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Dark"
              aria-pressed={dark === true}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
              onClick={() => setDark(dark === true ? null : true)}
            >
              <Moon aria-hidden className="size-4" />
            </Button>
          </fieldset>
        }
      />
      <p role="status" className="min-h-6 border-b px-4 py-1 text-muted text-xs">
        {problem ?? 'Follows what you type; nothing is public before you save.'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section tabIndex={0} aria-label="The page in small" className="max-h-[70vh] overflow-auto -outline-offset-2">
        <div
          aria-hidden
          inert
          style={dark === null ? undefined : { colorScheme: dark ? 'dark' : 'light' }}
          className="w-full bg-canvas text-ink sm:w-[800px] sm:[zoom:0.75] xl:[zoom:0.597]"
        >
          {document === null ? <Skeleton className="m-6 h-96" /> : <Page document={asDrafted(document, draft)} />}
        </div>
      </section>
    </Card>
  );
}

/** What needs no answer of the API is shown with the key press. */
function asDrafted(document: PublicPage, { title, description, logo, accentColor, locale }: Draft): PublicPage {
  const look = { title, description, logo, accentColor: /^#[0-9a-f]{6}$/i.test(accentColor) ? accentColor : null };
  return localizePage({ ...document, page: { ...document.page, ...look } }, localeFor(languageOf(locale) ?? 'en', locale));
}

function Page({ document }: { document: PublicPage }) {
  return (
    <StatusShell page={document.page}>
      {document.page.description === '' ? null : <p className="foreign -mb-3 text-balance text-muted">{document.page.description}</p>}
      <Banner document={document} />
      {document.open.map((incident) => (
        <OpenIncident key={incident.id} incident={incident} document={document} />
      ))}
      <ComponentGroups document={document} />
      <Maintenance document={document} />
      <History document={document} />
    </StatusShell>
  );
}
