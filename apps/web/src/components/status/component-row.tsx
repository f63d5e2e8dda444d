import type { PublicComponent } from '@rollcall/contracts';
import { formatDay, formatDuration, formatLatency, formatUptime, plural, STATUS_LABEL, StatusMark, UptimeBars } from '@rollcall/ui';
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
  if (latency?.p50Ms == null && tools === null && url === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      {latency?.p50Ms == null ? null : (
        <span className="inline-flex items-center gap-2">
          <Sparkline hours={latency.hours} />
          {formatLatency(latency.p50Ms)} median, last 24 h
        </span>
      )}
      {tools === null ? null : (
        <span>
          {plural(tools.count, 'tool')}
          {tools.lastChangedAt === null ? null : (
            <>
              , changed <Instant at={tools.lastChangedAt} locale={locale} as="day" />
            </>
          )}
        </span>
      )}
      {url === null ? null : <span className="foreign font-mono">{url}</span>}
    </div>
  );
}

/** Every day that was not plainly good, in words: for whoever has no pointer, no script or no eye for bars. */
function BadDays({ component }: { component: PublicComponent }) {
  const bad = component.days.filter((day) => day.uptime !== null && day.worst !== 'up').reverse();
  const unmeasured = component.days.filter((day) => day.uptime === null).length;
  if (bad.length === 0 && unmeasured === 0) return null;
  return (
    <details className="text-muted text-xs open:basis-full sm:ml-auto sm:open:ml-0">
      <summary className="w-fit rounded-control py-1 underline-offset-2 hover:underline">
        Day by day<span className="sr-only"> for {component.name}</span>
      </summary>
      <ul className="mt-1 flex flex-col gap-1 pb-1">
        {bad.map((day) => (
          <li key={day.date} className="flex flex-wrap items-center gap-x-2">
            <StatusMark status={day.worst} size={12} />
            <span>{formatDay(day.date)}:</span>
            <span>
              {formatUptime(day.uptime)} up, worst {STATUS_LABEL[day.worst].toLowerCase()}
              {day.downSeconds > 0 ? `, down for ${formatDuration(day.downSeconds * 1000)}` : ''}
            </span>
          </li>
        ))}
        {unmeasured === 0 ? null : (
          <li className="flex items-center gap-x-2">
            <StatusMark status="no_data" size={12} />
            {plural(unmeasured, 'day')} without a measurement
          </li>
        )}
      </ul>
    </details>
  );
}

/** One line of the page: what, how it is, how it was. */
export function ComponentRow({ component, locale }: { component: PublicComponent; locale: string }) {
  return (
    <li id={component.slug} className="flex flex-col gap-2 px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="foreign font-medium">{component.name}</h3>
        <span className="ml-auto flex items-baseline gap-3">
          {component.days.length === 0 ? null : (
            <span className="text-muted text-sm tabular-nums">{formatUptime(component.uptime90d)}</span>
          )}
          <StateLabel state={component.status} className="self-center font-medium" />
        </span>
      </div>
      {component.description === '' ? null : <p className="foreign text-muted text-sm">{component.description}</p>}
      {component.days.length === 0 ? null : (
        <UptimeBars days={component.days} label={`${component.name}: uptime by day, last ${component.days.length} days`} />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Facts component={component} locale={locale} />
        <BadDays component={component} />
      </div>
    </li>
  );
}
