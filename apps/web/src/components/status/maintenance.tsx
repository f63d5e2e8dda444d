import type { PublicPage } from '@rollcall/contracts';
import { wordsOf } from '@rollcall/core';
import { Card, StatusMark } from '@rollcall/ui';
import { Filled } from './filled.tsx';
import { Instant } from './instant.tsx';

/** What is planned, and what of it goes on. */
export function Maintenance({ document }: { document: PublicPage }) {
  if (document.maintenance.length === 0) return null;
  const { locale } = document.page;
  const words = wordsOf(locale).page;
  const names = new Map(document.groups.flatMap(({ components }) => components).map(({ slug, name }) => [slug, name]));
  return (
    <section aria-labelledby="maintenance" className="flex flex-col gap-3">
      <h2 id="maintenance" className="font-semibold text-lg tracking-tight">
        {words.maintenance}
      </h2>
      {document.maintenance.map((window) => (
        <Card key={`${window.id}${window.startsAt}`} className="flex items-start gap-3 px-4 py-4 sm:px-5">
          <StatusMark status="maintenance" size={18} className="mt-1" />
          <div className="min-w-0 flex-1">
            <h3 className="foreign font-semibold">{window.title}</h3>
            <p className="text-muted text-sm">
              <Filled
                template={window.active ? words.goingOn : '{span}'}
                values={{
                  span: (
                    <Filled
                      template={words.fromTo}
                      values={{
                        from: <Instant at={window.startsAt} locale={locale} />,
                        to: <Instant at={window.endsAt} locale={locale} />,
                      }}
                    />
                  ),
                }}
              />
            </p>
            {window.description === '' ? null : <p className="foreign mt-2 whitespace-pre-line text-sm">{window.description}</p>}
            <p className="foreign mt-2 text-faint text-xs">{window.components.map((slug) => names.get(slug) ?? slug).join(', ')}</p>
          </div>
        </Card>
      ))}
    </section>
  );
}
