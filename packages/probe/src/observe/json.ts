import { hash } from 'node:crypto';
import type { Json, JsonObject } from '../observation.ts';

const MAX_DEPTH = 64;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON and says whether it nests too deep; looks no deeper than that itself. */
export function parseJson(text: string): { ok: true; value: Json; tooDeep: boolean } | { ok: false } {
  try {
    const value = JSON.parse(text) as Json;
    return { ok: true, value, tooDeep: deeperThan(value, MAX_DEPTH) };
  } catch {
    return { ok: false };
  }
}

export function deeperThan(value: Json, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit < 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (deeperThan(item, limit - 1)) return true;
    return false;
  }
  for (const key in value) if (deeperThan(value[key] ?? null, limit - 1)) return true;
  return false;
}

/** RFC 8785: members sorted by UTF-16 code units, no white space, ECMAScript numbers. The value must be at most 64 deep. */
export function canonical(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += text === '' ? canonical(item) : `,${canonical(item)}`;
    return `[${text}]`;
  }
  for (const key of sortedKeys(value)) text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(value[key] ?? null)}`;
  return `{${text}}`;
}

const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/;
function quoted(text: string): string {
  return NEEDS_NO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Most objects have few members: sorted in place, without the work arrays of `sort`. */
function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  if (keys.length > 16) return keys.sort();
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] as string;
    let at = i;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

export function sha256(text: string | Buffer): string {
  return hash('sha256', text, 'hex');
}

/** Order-insensitive hash over whole tool objects. */
export function hashTools(tools: readonly Json[]): string {
  return `sha256:${sha256(`[${tools.map(canonical).sort().join(',')}]`)}`;
}

/** A short rendering of a hostile value for evidence. */
export function show(value: Json | undefined, limit = 120): string {
  if (value === undefined) return 'absent';
  const text = typeof value === 'object' && value !== null && Object.keys(value).length > 50 ? '(large value)' : JSON.stringify(value);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
