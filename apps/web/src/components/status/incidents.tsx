import type { PublicIncident, PublicPage } from '@rollcall/contracts';
import { countWords, fill, formatsOf, wordsOf } from '@rollcall/core';
import { Card, Chip, cn, StatusMark, TONE_TEXT, toneOf } from '@rollcall/ui';
import { Filled } from './filled.tsx';
import { Instant } from './instant.tsx';
import { MARK } from './state.tsx';

function namesOf(document: PublicPage, slugs: readonly string[]): string[] {
  const names = new Map(document.groups.flatMap(({ components }) => components).map(({ slug, name }) => [slug, name]));
  return slugs.map((slug) => names.get(slug) ?? slug);
}

/** What was said, newest first. */
export function Updates({ incident, locale }: { incident: PublicIncident; locale: string }) {
  return (
    <ol className="flex flex-col gap-4">
      {incident.updates.map((update) => (
        <li key={update.id} className="border-l-2 pl-3">
          <p className="flex flex-wrap items-baseline gap-x-2 text-xs">
            <strong className="font-medium text-sm">{wordsOf(locale).report[update.status]}</strong>
            <span className="text-faint">
              <Instant at={update.at} locale={locale} />
            </span>
          </p>
          <p className="foreign mt-0.5 whitespace-pre-line text-sm">{update.text}</p>
        </li>
      ))}
    </ol>
  );
}

function Affected({ names, label }: { names: string[]; label: string }) {
  if (names.length === 0) return null;
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1.5">
      {names.map((name) => (
        <li key={name} className="flex min-w-0">
          <Chip>{name}</Chip>
        </li>
      ))}
    </ul>
  );
}

/** One that goes on: its newest word first, the whole story one step away. */
export function OpenIncident({ incident, document, query = '' }: { incident: PublicIncident; document: PublicPage; query?: string }) {
  const mark = incident.impact === 'operational' ? 'degraded' : MARK[incident.impact];
  const { locale, slug } = document.page;
  const words = wordsOf(locale).page;
  const href = `/status/${slug}/incidents/${incident.id}${query}`;
  const newest = { ...incident, updates: incident.updates.slice(0, 1) };
  return (
    <Card className="flex flex-col gap-3 px-4 py-4 sm:px-5">
      <div className="flex items-start gap-3">
        <StatusMark status={mark} size={18} className="mt-1" />
        <div className="min-w-0 flex-1">
          <h3 className="foreign font-semibold">
            <a href={href} className="underline-offset-2 hover:underline">
              {incident.title}
            </a>
          </h3>
          <p className="text-faint text-xs">
            <Filled template={words.since} values={{ at: <Instant at={incident.startedAt} locale={locale} /> }} />
          </p>
        </div>
      </div>
      <Affected names={namesOf(document, incident.components)} label={words.affected} />
      <Updates incident={newest} locale={locale} />
      {incident.updates.length > 1 ? (
        <a href={href} className="w-fit text-accent text-sm underline underline-offset-2">
          {countWords(locale, words.allUpdates, incident.updates.length)}{' '}
          <span className="sr-only">{fill(words.about, { title: incident.title })}</span>
        </a>
      ) : null}
    </Card>
  );
}

/** One whole incident, on a page of its own. */
export function IncidentStory({ incident, document }: { incident: PublicIncident; document: PublicPage }) {
  const { locale } = document.page;
  const words = wordsOf(locale).page;
  const mark = incident.resolvedAt !== null ? 'up' : incident.impact === 'operational' ? 'degraded' : MARK[incident.impact];
  return (
    <article className="flex flex-col gap-5">
      <div>
        <p className={cn('mb-1 inline-flex items-center gap-1.5 font-medium text-sm', TONE_TEXT[toneOf(mark)])}>
          <StatusMark status={mark} />
          {wordsOf(locale).report[incident.status]}
        </p>
        <h1 className="foreign text-balance font-semibold text-xl tracking-tight">{incident.title}</h1>
        <p className="mt-1 text-muted text-sm">
          {incident.resolvedAt === null ? (
            <Filled template={words.stillGoingOn} values={{ from: <Instant at={incident.startedAt} locale={locale} /> }} />
          ) : (
            <Filled
              template={words.lasted}
              values={{
                from: <Instant at={incident.startedAt} locale={locale} />,
                to: <Instant at={incident.resolvedAt} locale={locale} />,
                span: formatsOf(locale).span(Date.parse(incident.resolvedAt) - Date.parse(incident.startedAt)),
              }}
            />
          )}
        </p>
      </div>
      <Affected names={namesOf(document, incident.components)} label={words.affected} />
      <Card className="px-4 py-4 sm:px-5">
        <Updates incident={incident} locale={locale} />
      </Card>
    </article>
  );
}

/** What is over, by month: a line each, that leads to the whole story. */
export function History({ document, query = '' }: { document: PublicPage; query?: string }) {
  const { locale, slug, show } = document.page;
  if (!show.history) return null;
  const words = wordsOf(locale).page;
  const formats = formatsOf(locale);
  return (
    <section aria-labelledby="history" className="flex flex-col gap-4">
      <h2 id="history" className="font-semibold text-lg tracking-tight">
        {words.pastIncidents}
      </h2>
      {document.history.length === 0 ? <p className="text-muted text-sm">{words.noneRecently}</p> : null}
      {document.history.map((month) => (
        <section key={month.month} aria-label={formats.month(month.month)}>
          <h3 className="mb-1 font-medium text-muted text-sm">{formats.month(month.month)}</h3>
          <ul className="divide-y border-y">
            {month.incidents.map((incident) => (
              <li key={incident.id} className="py-3">
                <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                  <a
                    href={`/status/${slug}/incidents/${incident.id}${query}`}
                    className="foreign font-medium underline-offset-2 hover:underline"
                  >
                    {incident.title}
                  </a>
                  <span className="ml-auto text-faint text-xs">
                    <Instant at={incident.startedAt} locale={locale} />
                    {incident.resolvedAt === null
                      ? ''
                      : `, ${formats.span(Date.parse(incident.resolvedAt) - Date.parse(incident.startedAt))}`}
                  </span>
                </div>
                <p className="foreign mt-0.5 line-clamp-3 whitespace-pre-line text-muted text-sm">{incident.updates[0]?.text}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
