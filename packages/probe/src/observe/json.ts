import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../observation.ts';

const MAX_DEPTH = 64;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON and measures how deep it nests, without recursion. */
export function parseJson(text: string): { ok: true; value: Json; tooDeep: boolean } | { ok: false } {
  try {
    const value = JSON.parse(text) as Json;
    return { ok: true, value, tooDeep: deeperThan(value, MAX_DEPTH) };
  } catch {
    return { ok: false };
  }
}

export function deeperThan(value: Json, limit: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    const next: Json[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const child of Array.isArray(item) ? item : Object.values(item))
        if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
  return false;
}

/** RFC 8785: members sorted by UTF-16 code units, no white space, ECMAScript numbers. The value must be at most 64 deep. */
export function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
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
