import type { PublicComponent } from '@rollcall/contracts';
import { countWords, fill, formatsOf, wordsOf } from '@rollcall/core';

type Day = PublicComponent['days'][number];
const HEIGHT = 36;
/** Of the width of a day; the rest is the gap. */
const BAR = 0.74;
const DASHES = `${BAR} ${(1 - BAR).toFixed(2)}`;

/** A bad day is a shorter bar as well as another colour; one without a measurement is a stub. */
const LOOKS = {
  up: { height: HEIGHT, stroke: 'stroke-up' },
  degraded: { height: 26, stroke: 'stroke-degraded' },
  down: { height: 17, stroke: 'stroke-down' },
  none: { height: 5, stroke: 'stroke-line-strong' },
} as const;
type Look = keyof typeof LOOKS;
/** A day on which nothing was wrong. */
const GOOD: Day = { date: '', uptime: 1, worst: 'up', downSeconds: 0 };

function lookOf(day: Day): Look {
  if (day.uptime === null) return 'none';
  return day.worst === 'down' || day.worst === 'degraded' ? day.worst : 'up';
}

/**
 * All bars of one look as one dashed line as thick as they are high, with one move for each run of days: ninety shapes a
 * component would be most of the page. The dashes begin anew at every move.
 */
function linesOf(days: readonly Day[]): { look: Look; path: string }[] {
  const lines = new Map<Look, string>();
  for (let from = 0, to = 0; from < days.length; from = to) {
    const look = lookOf(days[from] as Day);
    while (to < days.length && lookOf(days[to] as Day) === look) to += 1;
    lines.set(look, `${lines.get(look) ?? ''}M${from} ${HEIGHT - LOOKS[look].height / 2}H${to}`);
  }
  return [...lines].map(([look, path]) => ({ look, path }));
}

/** One day in words, without its date. */
export function dayWords(day: Day, locale: string): string {
  const { days } = wordsOf(locale);
  if (day.uptime === null) return days.none;
  const formats = formatsOf(locale);
  const share = formats.share(day.uptime);
  if (day.downSeconds > 0) return fill(days.down, { share, span: formats.span(day.downSeconds * 1000) });
  return fill(day.worst === 'degraded' ? days.degraded : days.up, { share });
}

/** What the script of the page reads: the words of each day that is not plainly good; `-` where nothing was measured. */
function exceptionsOf(days: readonly Day[], locale: string): string {
  const good = dayWords(GOOD, locale);
  const exceptions = days.flatMap((day, index): [number, string][] => {
    if (day.uptime === null) return [[index, '-']];
    // Nearly all days are such: ninety a component need no words.
    if (day.uptime === 1 && day.downSeconds === 0 && day.worst !== 'degraded') return [];
    const text = dayWords(day, locale);
    return text === good ? [] : [[index, text]];
  });
  return JSON.stringify(Object.fromEntries(exceptions));
}

/**
 * One bar a day. A picture with a name where there is no script; the script of the page (status-site/page.ts) makes it a
 * slider that the arrow keys and the pointer move, and says the day in the line below.
 */
export function DayBars({ name, days, locale }: { name: string; days: readonly Day[]; locale: string }) {
  const words = wordsOf(locale).days;
  return (
    <div className="day-bars">
      <div
        role="img"
        aria-label={fill(words.barsLabel, { name })}
        className="relative h-9 rounded-[2px]"
        data-from={days[0]?.date}
        data-count={days.length}
        data-good={dayWords(GOOD, locale)}
        data-none={words.none}
        data-days={exceptionsOf(days, locale)}
      >
        <svg aria-hidden="true" viewBox={`0 0 ${days.length - 1 + BAR} ${HEIGHT}`} preserveAspectRatio="none" className="block size-full">
          {linesOf(days).map(({ look, path }) => (
            <path key={look} d={path} strokeWidth={LOOKS[look].height} strokeDasharray={DASHES} className={LOOKS[look].stroke} />
          ))}
        </svg>
      </div>
      <div className="mt-1.5 flex h-5 justify-between gap-2 text-faint text-xs">
        <span>{countWords(locale, words.ago, days.length)}</span>
        <span>{words.today}</span>
      </div>
    </div>
  );
}
