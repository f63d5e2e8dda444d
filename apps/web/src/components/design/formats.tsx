import {
  formatCount,
  formatDay,
  formatDuration,
  formatInstant,
  formatInterval,
  formatLatency,
  formatRelative,
  formatShortInstant,
  formatUptime,
  formatUtc,
  plainText,
  plural,
} from '@rollcall/ui';

const AT = '2026-11-20T14:03:22Z';
const NOW = Date.parse(AT);
const later = (ms: number) => new Date(NOW + ms).toISOString();

/** Call, as it stands in the code, and what it makes. */
const OUTPUTS: [string, string][] = [
  ["formatInstant(at, 'Europe/Berlin')", formatInstant(AT, 'Europe/Berlin')],
  ["formatShortInstant(at, 'America/New_York')", formatShortInstant(AT, 'America/New_York')],
  ['formatUtc(at)', formatUtc(AT)],
  ["formatDay('2026-11-20')", formatDay('2026-11-20')],
  ...([0, -42_000, -300_000, -47 * 3_600_000, -5 * 86_400_000, 90_000] as const).map((ms): [string, string] => [
    `formatRelative(now ${ms < 0 ? '−' : '+'} ${Math.abs(ms) / 1000} s)`,
    formatRelative(later(ms), NOW),
  ]),
  ...[0, 42_000, 303_000, 7_500_000, 273_600_000].map((ms): [string, string] => [`formatDuration(${ms})`, formatDuration(ms)]),
  ...[0.42, 8.26, 312.4, 1240, 24_000].map((ms): [string, string] => [`formatLatency(${ms})`, formatLatency(ms)]),
  ...[null, 1, 0.99999, 0.9342].map((share): [string, string] => [`formatUptime(${share})`, formatUptime(share)]),
  ...[30, 60, 90, 7200].map((seconds): [string, string] => [`formatInterval(${seconds})`, formatInterval(seconds)]),
  ['formatCount(1234567)', formatCount(1_234_567)],
  ["plural(1, 'tool')", plural(1, 'tool')],
  ["plural(3, 'tool')", plural(3, 'tool')],
  ["plainText('a\\u202eb')", plainText('a\u202eb')],
];

export function Formats() {
  return (
    <section aria-label="Dates and numbers">
      <h2 className="mb-1 font-semibold text-lg">Dates and numbers</h2>
      <p className="mb-3 text-muted text-sm">Everything that is shown goes through these. The instant is {AT}.</p>
      <dl className="grid gap-x-8 rounded-card border bg-surface px-4 py-2 text-xs lg:grid-cols-2">
        {OUTPUTS.map(([call, output]) => (
          <div key={call} className="flex flex-wrap justify-between gap-x-4 border-b py-1.5 last:border-b-0">
            <dt className="foreign font-mono text-muted">{call}</dt>
            <dd className="foreign tabular-nums">{output}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
