import type { PublicComponent } from '@rollcall/contracts';
import { countWords, fill, formatsOf, wordsOf } from '@rollcall/core';
import { StatusMark } from '@rollcall/ui';
import { DayBars, dayWords } from './day-bars.tsx';
import { Filled } from './filled.tsx';
import { Instant } from './instant.tsx';
import { StateLabel } from './state.tsx';

const SPARK = { width: 96, height: 20 };

/** Medians by hour as a line; the number beside it says the same. */
function Sparkline({ hours }: { hours: readonly (number | null)[] }) {
  const known = hours.filter((value) => value !== null);
  if (known.length < 2) return null;
  const top = Math.max(...known) * 1.1 || 1;
  const point = (value: number, hour: number) =>
    `${((hour / (hours.length - 1)) * SPARK.width).toFixed(1)},${(SPARK.height - 1 - (value / top) * (SPARK.height - 2)).toFixed(1)}`;
  // A gap in the data is a gap in the line.
  const runs: string[][] = [[]];
  for (const [hour, value] of hours.entries()) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(point(value, hour));
  }
  return (
    <svg aria-hidden="true" width={SPARK.width} height={SPARK.height} viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} className="text-idle">
      {runs
        .filter((run) => run.length > 1)
        .map((run) => (
          <polyline key={run[0]} points={run.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
        ))}
    </svg>
  );
}

function Facts({ component, locale }: { component: PublicComponent; locale: string }) {
  const { latency, tools, url } = component;
  const words = wordsOf(locale).page;
  if (latency?.p50Ms == null && tools === null && url === null) return null;
  const count = tools === null ? '' : countWords(locale, words.tools, tools.count);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      {latency?.p50Ms == null ? null : (
        <span className="inline-flex items-center gap-2">
          <Sparkline hours={latency.hours} />
          {fill(words.median, { latency: formatsOf(locale).latency(latency.p50Ms) })}
        </span>
      )}
      {tools === null ? null : (
        <span>
          {tools.lastChangedAt === null ? (
            count
          ) : (
            <Filled
              template={words.toolsChanged}
              values={{ tools: count, at: <Instant at={tools.lastChangedAt} locale={locale} as="day" /> }}
            />
          )}
        </span>
      )}
      {url === null ? null : <span className="foreign font-mono">{url}</span>}
    </div>
  );
}

/** Every day that was not plainly good, in words: for whoever has no pointer, no script or no eye for bars. */
function BadDays({ component, locale }: { component: PublicComponent; locale: string }) {
  const bad = component.days.filter((day) => day.uptime !== null && day.worst !== 'up').reverse();
  const unmeasured = component.days.filter((day) => day.uptime === null).length;
  if (bad.length === 0 && unmeasured === 0) return null;
  const words = wordsOf(locale);
  return (
    <details className="text-muted text-xs open:basis-full sm:ml-auto sm:open:ml-0">
      <summary className="w-fit rounded-control py-1 underline-offset-2 hover:underline">
        {words.days.byDay} <span className="sr-only">{fill(words.page.about, { title: component.name })}</span>
      </summary>
      <ul className="mt-1 flex flex-col gap-1 pb-1">
        {bad.map((day) => (
          <li key={day.date} className="flex flex-wrap items-center gap-x-2">
            <StatusMark status={day.worst} size={12} />
            <span>{formatsOf(locale).day(day.date)}:</span>
            <span>{dayWords(day, locale)}</span>
          </li>
        ))}
        {unmeasured === 0 ? null : (
          <li className="flex items-center gap-x-2">
            <StatusMark status="no_data" size={12} />
            {countWords(locale, words.days.unmeasured, unmeasured)}
          </li>
        )}
      </ul>
    </details>
  );
}

/** One line of the page: what, how it is, how it was. */
export function ComponentRow({ component, locale }: { component: PublicComponent; locale: string }) {
  const uptime = component.uptime90d;
  return (
    <li id={component.slug} className="flex flex-col gap-2 px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="foreign font-medium">{component.name}</h3>
        <span className="ml-auto flex items-baseline gap-3">
          {component.days.length === 0 ? null : (
            <span className="text-muted text-sm tabular-nums">
              {uptime === null ? wordsOf(locale).days.noData : formatsOf(locale).share(uptime)}
            </span>
          )}
          <StateLabel state={component.status} locale={locale} className="self-center font-medium" />
        </span>
      </div>
      {component.description === '' ? null : <p className="foreign text-muted text-sm">{component.description}</p>}
      {component.days.length === 0 ? null : <DayBars name={component.name} days={component.days} locale={locale} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Facts component={component} locale={locale} />
        <BadDays component={component} locale={locale} />
      </div>
    </li>
  );
}
