export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonRecord = { [key: string]: JsonValue };

/** What a server offers at one moment, as far as clients and models read it. */
export interface Snapshot {
  /** Whole tool objects in any order; null when only their names were kept. */
  readonly tools: readonly JsonValue[] | null;
  readonly names: readonly string[];
  /** Of the whole list; tells that something changed where the definitions are not known. */
  readonly toolsHash: string | null;
  readonly server: { readonly name: string; readonly version: string } | null;
  readonly instructions: string | null;
}

/** `breaking`: a call or a reader that worked may fail now. `text`: what models and people read. `additive`: everything else. */
export const CHANGE_CLASSES = ['breaking', 'text', 'additive'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export interface DriftChange {
  readonly class: ChangeClass;
  /** What happened, in words: `tool removed`, `required parameter added`, `type narrowed` … */
  readonly what: string;
  /** Null: of the server itself. */
  readonly tool: string | null;
  /** RFC 6901, into the tool object, or into {serverInfo, instructions}. */
  readonly pointer: string;
  /** What stood there, bounded; null: nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface Comparison {
  /** Breaking first; at most `MAX_CHANGES`. */
  readonly changes: readonly DriftChange[];
  /** How many there were, shown or not. */
  readonly total: number;
  /** Null when nothing changed. */
  readonly class: ChangeClass | null;
  /** Every class that occurs, worst first. */
  readonly classes: readonly ChangeClass[];
  /** Names of tools. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Tools or instructions changed and the server still gives the same version: nobody announced it. */
  readonly unversioned: boolean;
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same text for values that differ only in the order of their members. Values are at most 64 deep (the probe's bound). */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

const MAX_TEXT = 4000;
const MAX_JSON = 1000;

/** A value as people read it: text as it is, everything else as JSON; bounded. */
export function render(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  const [text, limit] = typeof value === 'string' ? [value, MAX_TEXT] : [JSON.stringify(value), MAX_JSON];
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
