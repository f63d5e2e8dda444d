/** How a language writes instants, spans and shares. The formatters are made once: making them costs more than using them. */
export interface StatusFormats {
  /** "20 Nov 2026, 14:03 UTC" */
  instant(at: string): string;
  /** "20 Nov" */
  shortDay(at: string): string;
  /** Of a calendar day YYYY-MM-DD. */
  day(date: string): string;
  /** Of YYYY-MM. */
  month(month: string): string;
  /** In its two largest units. */
  span(ms: number): string;
  latency(ms: number): string;
  /** Cut, not rounded: 99.999 % never reads as 100 %. */
  share(share: number): string;
  /** A whole number. */
  count(n: number): string;
  /** Whether the language speaks of so many as of one. */
  isOne(n: number): boolean;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;
const MAX_LOCALES = 50;
const known = new Map<string, StatusFormats>();

/** `locale` is a BCP 47 tag that Intl takes. */
export function formatsOf(locale: string): StatusFormats {
  const found = known.get(locale);
  if (found !== undefined) return found;
  const made = makeFormats(locale);
  if (known.size >= MAX_LOCALES) known.clear();
  known.set(locale, made);
  return made;
}

function makeFormats(locale: string): StatusFormats {
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const unit = (name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const instant = date({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const shortDay = date({ day: 'numeric', month: 'short' });
  const day = date({ day: 'numeric', month: 'long', year: 'numeric' });
  const month = date({ month: 'long', year: 'numeric' });
  const whole = new Intl.NumberFormat(locale, { style: 'percent' });
  const share = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2 });
  const [count, plurals] = [new Intl.NumberFormat(locale), new Intl.PluralRules(locale)];
  const spans = UNITS.map(([name, size]) => ({ size, format: unit(name) }));
  const [ms, fineMs, seconds] = [unit('millisecond'), unit('millisecond', 1), unit('second', 2)];
  return {
    instant: (at) => `${instant.format(new Date(at))} UTC`,
    shortDay: (at) => shortDay.format(new Date(at)),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    month: (text) => month.format(new Date(`${text}-01T00:00:00Z`)),
    span(total) {
      let rest = Math.max(0, Math.floor(total / 1000));
      const first = spans.findIndex(({ size }) => rest >= size);
      const parts = spans
        .slice(first === -1 ? -1 : first)
        .slice(0, 2)
        .flatMap(({ size, format }, i) => {
          const count = Math.floor(rest / size);
          rest -= count * size;
          return count > 0 || i === 0 ? [format.format(count)] : [];
        });
      return parts.join(' ');
    },
    latency: (value) => (value < 10 ? fineMs.format(value) : value < 1000 ? ms.format(value) : seconds.format(value / 1000)),
    count: (n) => count.format(n),
    isOne: (n) => plurals.select(n) === 'one',
    share: (value) => (value >= 1 ? whole.format(1) : share.format(Math.floor(value * 10_000) / 10_000)),
  };
}
