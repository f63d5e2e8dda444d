import { harmless } from '../paint.ts';

/** Narrower than this nothing is readable; wider, nobody's eye finds the next line. */
const NARROWEST = 60;
const WIDEST = 100;

/** Columns to fill on this output; 80 where nobody says. */
export function widthOf(out: { columns?: number }): number {
  return Math.min(WIDEST, Math.max(NARROWEST, out.columns ?? 80));
}

export function milliseconds(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(1)} ms`;
}

/** Lines of at most `width` columns; every line after the first begins with `indent`. Words are not broken. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of harmless(text).trim().split(/\s+/)) {
    if (line.trim() !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Items side by side, none of them broken over two lines. */
export function wrapItems(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items.map(harmless)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + item.length + 3 > width) lines.push(item);
    else lines[lines.length - 1] = `${line} · ${item}`;
  }
  return lines;
}

/** A value of the evidence as a person reads it; null where there is nothing to say. Lists of facts are a line each. */
export function readable(value: unknown): string[] | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== null);
    if (items.length === 0) return null;
    return items.some((item) => typeof item === 'object') ? items.map(inOneLine) : [items.map(String).join(', ')];
  }
  const line = inOneLine(value);
  return line === '' ? null : [line];
}

function inOneLine(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(inOneLine).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== '')
    .map(([name, inner]) => `${name} ${typeof inner === 'object' ? `(${inOneLine(inner)})` : String(inner)}`)
    .join(' · ');
}
