import { clean } from '../text.ts';

/** UTC to the minute's second, the same in every medium; readers' zones are unknown. */
export function formatInstant(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return clean(instant, 40);
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A span in its two largest units: "45 s", "3 min 20 s", "2 h 5 min", "1 d 4 h". */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) return '0 s';
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}

/** Where user names, passwords and keys hide in URLs: `https://user:pass@host/?token=…` loses both. */
export function plainUrl(text: string, max = 300): string {
  try {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    url.hash = '';
    for (const key of [...url.searchParams.keys()]) url.searchParams.set(key, '[redacted]');
    return clean(url.href.replaceAll('%5Bredacted%5D', '[redacted]'), max);
  } catch {
    return clean(text, max);
  }
}
