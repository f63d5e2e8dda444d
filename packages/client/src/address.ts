import type { Address, Arguments, CallOptions, OptionsOf, PathOf } from './call-types.ts';

type Values = Readonly<Record<string, unknown>>;

/** The question of a GET as a text that knows its answer, for `read`: what a cache is keyed by, and a server hands to a page. */
export function address<P extends PathOf<'get'>>(path: P, ...options: Arguments<Omit<OptionsOf<'get', P>, keyof CallOptions>>): Address<P> {
  const { path: params, query } = (options[0] ?? {}) as { path?: Values; query?: Values };
  return addressOf(path, params, query) as Address<P>;
}

/** `/endpoints/{id}` and what fills it. @throws TypeError for a parameter without a value: `//` would be another address. */
export function addressOf(path: string, params: Values | undefined, query: Values | undefined): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name];
    if (value === undefined || value === null || value === '') throw new TypeError(`${path} needs a value for ${name}.`);
    return segment(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/** A dot segment would be taken as a way up, encoded or not, by URL parsers. */
function segment(value: string): string {
  if (value === '.' || value === '..') throw new TypeError(`${value} is no id.`);
  return encodeURIComponent(value);
}
