/** The one place where instants, spans and numbers become text. Pure: `now` and the time zone are arguments. */

const LOCALE = 'en-GB';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** More zones than the readers of one process are likely to be in; beyond it all is built anew. */
const MAX_FORMATS = 200;

/** A formatter a zone: to build one costs some fifty times what it costs to use it. */
function perZone(options: Intl.DateTimeFormatOptions): (at: string, timeZone: string) => string {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (at, timeZone) => {
    let format = kept.get(timeZone);
    if (format === undefined) {
      if (kept.size >= MAX_FORMATS) kept.clear();
      format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
      kept.set(timeZone, format);
    }
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? 'Invalid Date' : format.format(date);
  };
}

/** "20 Nov 2026, 14:03:22" in the given IANA zone. */
export const formatInstant = perZone({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** "20 Nov, 14:03": for rows, where the year is plain. */
export const formatShortInstant = perZone({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const day = perZone({ day: 'numeric', month: 'long', year: 'numeric' });

/** "20 November 2026" of a calendar day given as YYYY-MM-DD, which has no zone. */
export function formatDay(date: string): string {
  return day(`${date}T00:00:00Z`, 'UTC');
}

/** The hover text of every time: exact, in UTC. */
export function formatUtc(at: string): string {
  return `${formatInstant(at, 'UTC')} UTC`;
}

/** "just now", "42 s ago", "in 5 min", "3 d ago". `nowMs` is epoch milliseconds. */
export function formatRelative(at: string, nowMs: number): string {
  const deltaMs = new Date(at).getTime() - nowMs;
  const span = Math.abs(deltaMs);
  if (span < 5000) return 'just now';
  const text = formatCoarse(span);
  return deltaMs < 0 ? `${text} ago` : `in ${text}`;
}

function formatCoarse(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** A span with its two largest units: "42 s", "5 min 3 s", "2 h 5 min", "3 d 4 h". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/** "0.4 ms", "312 ms", "1.24 s". */
export function formatLatency(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** A share of 0…1 as uptime. Cut, not rounded: 99.999 % never reads as 100 %. */
export function formatUptime(share: number | null): string {
  if (share === null) return 'No data';
  if (share >= 1) return '100%';
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)}%`;
}

/** The share of a span that was not measured. Never rounded to nothing, nor to all. */
export function formatUnmeasured(share: number): string {
  if (share <= 0) return 'measured throughout';
  if (share >= 1) return 'not measured';
  if (share < 0.001) return '<0.1% not measured';
  return `${Math.min(99.9, Math.round(share * 1000) / 10)}% not measured`;
}

const counts = new Intl.NumberFormat(LOCALE);
export function formatCount(count: number): string {
  return counts.format(count);
}

/** "312 B", "4.2 kB", "1.3 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 999_500 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** "Every 60 s" as people say it: "30 s", "1 min", "90 s", "2 h". */
export function formatInterval(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** "1 tool", "3 tools". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

// C0/C1 controls except tab and newline, bidi controls, zero-width space and tag characters (joiners stay: emoji and Persian need them): what can hide or reorder text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control characters is the point
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Text from a monitored server made fit to show: invisible characters become visible, length is bounded. React escapes the rest. */
export function plainText(value: string, maxLength = 300): string {
  const shown = value.slice(0, maxLength * 2).replace(INVISIBLE, '\ufffd');
  const points = Array.from(shown);
  if (points.length <= maxLength && value.length <= maxLength * 2) return shown;
  return `${points.slice(0, maxLength).join('')}…`;
}
