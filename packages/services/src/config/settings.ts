import {
  type AuthInput,
  type ConfigChannel,
  type ConfigEndpoint,
  type ConfigKind,
  type ConfigMaintenance,
  isPlaceholder,
} from '@rollcall/contracts';
import type { ChannelType, Culprit } from '@rollcall/core';
import { channelKind, REDACTED } from '@rollcall/notify';

/** Settings of one thing, comparable member by member: defaults filled in, sets sorted, references as ids, secrets open. */
export type Settings = Readonly<Record<string, unknown>>;

/** One thing as it is stored. */
export interface Stored {
  readonly kind: ConfigKind;
  readonly id: string;
  readonly name: string;
  readonly source: string | null;
  readonly settings: Settings;
}

export function pointer(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const set = (values: readonly string[]) => [...new Set(values)].sort();
/** Without members that are undefined, which JSON does not know. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Every member that the file can name, so that a new one needs nothing here. Also for what is stored, whose members mean the same. */
export function endpointSettings({
  name,
  ...entry
}: Omit<ConfigEndpoint, 'headers' | 'auth' | 'regions'> & {
  readonly regions: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: AuthInput;
}): Settings {
  void name;
  return plain({ ...entry, regions: set(entry.regions), expect: entry.expect ?? {}, policy: entry.policy ?? {}, tags: set(entry.tags) });
}

export function maintenanceSettings(entry: Omit<ConfigMaintenance, 'name'>): Settings {
  const { description, startsAt, endsAt, recurrence, endpoints, tags } = entry;
  const instant = (text: string) => new Date(text).toISOString();
  return plain({
    description,
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
    recurrence,
    endpoints: set(endpoints),
    tags: set(tags),
  });
}

export function channelSettings({ name, ...members }: ConfigChannel): Settings {
  void name;
  return plain(members);
}

/** Where a secret was kept as it is stored; the others are named. */
export interface Restored<T> {
  readonly value: T;
  readonly kept: boolean;
  readonly culprits: readonly Culprit[];
}

/** Puts stored values where the file holds a placeholder that nobody filled in, at any depth. */
export function restorePlaceholders<T>(value: T, stored: unknown, at: string): Restored<T> {
  const culprits: Culprit[] = [];
  let kept = false;
  const walk = (next: unknown, former: unknown, path: string): unknown => {
    if (isPlaceholder(next)) {
      kept = true;
      if (typeof former === 'string') return former;
      culprits.push({ pointer: path, message: `${next} was not filled in, and nothing is stored that could be kept` });
      return next;
    }
    if (typeof next !== 'object' || next === null) return next;
    if (Array.isArray(next))
      return next.map((item, index) => walk(item, Array.isArray(former) ? former[index] : undefined, `${path}/${index}`));
    const known = typeof former === 'object' && former !== null && !Array.isArray(former) ? (former as Record<string, unknown>) : {};
    return Object.fromEntries(
      Object.entries(next).map(([key, member]) => [
        key,
        walk(member, Object.hasOwn(known, key) ? known[key] : undefined, `${path}${pointer(key)}`),
      ]),
    );
  };
  return { value: walk(value, stored, at) as T, kept, culprits };
}

/** A channel's configuration as its type reads it; a signing secret that the file does not name stays the stored one. */
export function readChannelConfig(
  type: ChannelType,
  config: unknown,
  stored: unknown,
  at: string,
): { readonly config: unknown; readonly culprits: readonly Culprit[] } {
  const kind = channelKind(type);
  const parsed = kind.configSchema.safeParse(config);
  if (!parsed.success) {
    const culprits = parsed.error.issues.flatMap(({ path, message, ...issue }): Culprit[] => {
      const here = `${at}${pointer(...path.map(String))}`;
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ pointer: `${here}${pointer(key)}`, message: 'is not known' }))
        : [{ pointer: here, message }];
    });
    return { config, culprits };
  }
  const missing = kind.secretToShow !== undefined && kind.secretToShow(parsed.data) === undefined;
  const secret = missing && stored !== undefined ? kind.secretToShow?.(stored) : undefined;
  if (secret === undefined) return { config: parsed.data, culprits: [] };
  const member = Object.entries(stored as Record<string, unknown>).find(([, value]) => value === secret)?.[0];
  return { config: member === undefined ? parsed.data : { ...(parsed.data as object), [member]: secret }, culprits: [] };
}

/** A member as it may be shown in a plan. */
export function shownMember(kind: ConfigKind, settings: Settings, member: string): unknown {
  const value = settings[member];
  if (kind === 'endpoint' && member === 'headers')
    return Object.fromEntries(Object.keys((value as Record<string, string> | undefined) ?? {}).map((name) => [name, REDACTED]));
  if (kind === 'endpoint' && member === 'auth') return { type: (value as AuthInput | undefined)?.type ?? 'none' };
  if (kind === 'channel' && member === 'config') return channelKind(settings['type'] as ChannelType).redact(value);
  return value;
}
