import type { PublicIncident, PublicPage } from '@rollcall/contracts';
import { Card, Chip, cn, formatDuration, StatusMark, TONE_TEXT, toneOf } from '@rollcall/ui';
import Link from 'next/link';
import { Instant } from './instant.tsx';
import { MARK } from './state.tsx';

const STATUS_WORD = { investigating: 'Investigating', identified: 'Identified', monitoring: 'Monitoring', resolved: 'Resolved' } as const;

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
            <strong className="font-medium text-sm">{STATUS_WORD[update.status]}</strong>
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

function Affected({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <ul aria-label="Affected" className="flex flex-wrap gap-1.5">
      {names.map((name) => (
        <li key={name} className="flex min-w-0">
          <Chip>{name}</Chip>
        </li>
      ))}
    </ul>
  );
}

/** One that goes on: its newest word first, the whole story one step away. */
export function OpenIncident({ incident, document }: { incident: PublicIncident; document: PublicPage }) {
  const mark = incident.impact === 'operational' ? 'degraded' : MARK[incident.impact];
  const { locale, slug } = document.page;
  const newest = { ...incident, updates: incident.updates.slice(0, 1) };
  return (
    <Card className="flex flex-col gap-3 px-4 py-4 sm:px-5">
      <div className="flex items-start gap-3">
        <StatusMark status={mark} size={18} className="mt-1" />
        <div className="min-w-0 flex-1">
          <h3 className="foreign font-semibold">
            <Link href={`/status/${slug}/incidents/${incident.id}`} className="underline-offset-2 hover:underline">
              {incident.title}
            </Link>
          </h3>
          <p className="text-faint text-xs">
            Since <Instant at={incident.startedAt} locale={locale} />
          </p>
        </div>
      </div>
      <Affected names={namesOf(document, incident.components)} />
      <Updates incident={newest} locale={locale} />
      {incident.updates.length > 1 ? (
        <Link href={`/status/${slug}/incidents/${incident.id}`} className="w-fit text-accent text-sm underline underline-offset-2">
          All {incident.updates.length} updates<span className="sr-only"> on {incident.title}</span>
        </Link>
      ) : null}
    </Card>
  );
}

/** One whole incident, on a page of its own. */
export function IncidentStory({ incident, document }: { incident: PublicIncident; document: PublicPage }) {
  const { locale } = document.page;
  const mark = incident.resolvedAt !== null ? 'up' : incident.impact === 'operational' ? 'degraded' : MARK[incident.impact];
  return (
    <article className="flex flex-col gap-5">
      <div>
        <p className={cn('mb-1 inline-flex items-center gap-1.5 font-medium text-sm', TONE_TEXT[toneOf(mark)])}>
          <StatusMark status={mark} />
          {STATUS_WORD[incident.status]}
        </p>
        <h1 className="foreign text-balance font-semibold text-xl tracking-tight">{incident.title}</h1>
        <p className="mt-1 text-muted text-sm">
          <Instant at={incident.startedAt} locale={locale} />
          {incident.resolvedAt === null ? (
            ', still going on'
          ) : (
            <>
              {' '}
              to <Instant at={incident.resolvedAt} locale={locale} /> (
              {formatDuration(Date.parse(incident.resolvedAt) - Date.parse(incident.startedAt))})
            </>
          )}
        </p>
      </div>
      <Affected names={namesOf(document, incident.components)} />
      <Card className="px-4 py-4 sm:px-5">
        <Updates incident={incident} locale={locale} />
      </Card>
    </article>
  );
}

function monthName(month: string, locale: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });
}

/** What is over, by month: a line each, that leads to the whole story. */
export function History({ document }: { document: PublicPage }) {
  const { locale, slug, show } = document.page;
  if (!show.history) return null;
  return (
    <section aria-labelledby="history" className="flex flex-col gap-4">
      <h2 id="history" className="font-semibold text-lg tracking-tight">
        Past incidents
      </h2>
      {document.history.length === 0 ? <p className="text-muted text-sm">None within the last 90 days.</p> : null}
      {document.history.map((month) => (
        <section key={month.month} aria-label={monthName(month.month, locale)}>
          <h3 className="mb-1 font-medium text-muted text-sm">{monthName(month.month, locale)}</h3>
          <ul className="divide-y border-y">
            {month.incidents.map((incident) => (
              <li key={incident.id} className="py-3">
                <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                  <Link
                    href={`/status/${slug}/incidents/${incident.id}`}
                    className="foreign font-medium underline-offset-2 hover:underline"
                  >
                    {incident.title}
                  </Link>
                  <span className="ml-auto text-faint text-xs">
                    <Instant at={incident.startedAt} locale={locale} />
                    {incident.resolvedAt === null
                      ? ''
                      : `, ${formatDuration(Date.parse(incident.resolvedAt) - Date.parse(incident.startedAt))}`}
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
