import type { PublicPage } from '@rollcall/contracts';
import { Card, StatusMark } from '@rollcall/ui';
import { Instant } from './instant.tsx';

/** What is planned, and what of it goes on. */
export function Maintenance({ document }: { document: PublicPage }) {
  if (document.maintenance.length === 0) return null;
  const names = new Map(document.groups.flatMap(({ components }) => components).map(({ slug, name }) => [slug, name]));
  return (
    <section aria-labelledby="maintenance" className="flex flex-col gap-3">
      <h2 id="maintenance" className="font-semibold text-lg tracking-tight">
        Maintenance
      </h2>
      {document.maintenance.map((window) => (
        <Card key={`${window.id}${window.startsAt}`} className="flex items-start gap-3 px-4 py-4 sm:px-5">
          <StatusMark status="maintenance" size={18} className="mt-1" />
          <div className="min-w-0 flex-1">
            <h3 className="foreign font-semibold">{window.title}</h3>
            <p className="text-muted text-sm">
              {window.active ? 'Going on: ' : ''}
              <Instant at={window.startsAt} locale={document.page.locale} /> to <Instant at={window.endsAt} locale={document.page.locale} />
            </p>
            {window.description === '' ? null : <p className="foreign mt-2 whitespace-pre-line text-sm">{window.description}</p>}
            <p className="foreign mt-2 text-faint text-xs">{window.components.map((slug) => names.get(slug) ?? slug).join(', ')}</p>
          </div>
        </Card>
      ))}
    </section>
  );
}
