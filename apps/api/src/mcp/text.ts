import type { Cause, Fix } from '@rollcall/contracts';

const MAX_QUOTED = 1500;
const MAX_LINES = 100;

/** Text of others in one line and between quotation marks, so that it cannot pass for ours. */
export function quoted(text: string, max = 200): string {
  return JSON.stringify(text.length > max ? `${text.slice(0, max)}…` : text);
}

/** Facts as they were recorded, of bounded size. They may hold what a monitored server said. */
function quotedFacts(facts: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(facts);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

/** The revision that a server named: a date, or whatever else it said. */
export function revisionText(version: string | null): string {
  if (version === null) return 'unknown';
  return /^\d{4}-\d\d-\d\d$/.test(version) ? version : quoted(version);
}

export function lines(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join('\n');
}

/** One line an item, and how to go on. */
export function listText<T>(what: string, page: { data: readonly T[]; nextCursor: string | null }, line: (item: T) => string): string {
  if (page.data.length === 0) return `No ${what}.`;
  return lines([
    ...page.data.slice(0, MAX_LINES).map(line),
    page.nextCursor === null ? null : `There are more: call again with cursor ${page.nextCursor}.`,
  ]);
}

export function fixLines(fixes: readonly Fix[]): string[] {
  return fixes.map(
    ({ for: product, text, snippet }) => `- ${product}: ${text}${snippet === undefined ? '' : `\n  ${snippet.replaceAll('\n', '\n  ')}`}`,
  );
}

export function causeLine({ code, title }: Pick<Cause, 'code' | 'title'>): string {
  return `${title} (${code})`;
}

/** A cause in words: what, why, the facts, what mends it. */
export function causeText(cause: Cause): string {
  return lines([
    `${cause.title} (${cause.code}, ${cause.severity}, ${cause.confidence}).`,
    cause.explanation,
    Object.keys(cause.evidence).length === 0 ? null : `Evidence, quoted: ${quotedFacts(cause.evidence)}`,
    ...(cause.fixes.length === 0 ? [] : ['What mends it:', ...fixLines(cause.fixes)]),
  ]);
}
