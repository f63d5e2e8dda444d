import type { Json, JsonObject } from '../observation.ts';
import { isObject } from './json.ts';

export type AddProblem = (problem: string, pointer: string, value: Json | undefined) => void;

const TESTS = {
  string: (value: Json) => typeof value === 'string',
  boolean: (value: Json) => typeof value === 'boolean',
  object: isObject,
  array: Array.isArray,
} as const;

/** Members that may be left out but not be of another type: `null_member` or `wrong_type`, at `pointer`/name. */
export function checkOptional(
  value: JsonObject,
  members: Readonly<Record<string, keyof typeof TESTS>>,
  pointer: string,
  add: AddProblem,
): void {
  for (const name in members) {
    const type = members[name];
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || type === undefined) continue;
    if (member === null) add('null_member', `${pointer}/${name}`, null);
    else if (!TESTS[type](member)) add('wrong_type', `${pointer}/${name}`, member);
  }
}

/** `icons` of a tool or a server: a list of objects with a `src` (2025-11-25 schema, Icon). */
export function checkIcons(value: JsonObject, pointer: string, add: AddProblem): void {
  checkOptional(value, { icons: 'array' }, pointer, add);
  const icons = value['icons'];
  if (!Array.isArray(icons)) return;
  for (const [index, icon] of icons.slice(0, 20).entries()) {
    const at = `${pointer}/icons/${index}`;
    if (!isObject(icon)) add('wrong_type', at, icon);
    else if (typeof icon['src'] !== 'string') add('wrong_type', `${at}/src`, icon['src']);
    else checkOptional(icon, { mimeType: 'string', sizes: 'array' }, at, add);
  }
}
