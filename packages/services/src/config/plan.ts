import type { ApplyConfig, ConfigChannel, ConfigFile, ConfigKind } from '@rollcall/contracts';
import type { ChannelType, Culprit } from '@rollcall/core';
import { matchEntries } from './match.ts';
import {
  channelSettings,
  endpointSettings,
  maintenanceSettings,
  pointer,
  readChannelConfig,
  restorePlaceholders,
  type Settings,
  type Stored,
} from './settings.ts';
import type { ConfigState } from './state.ts';

export interface PlannedItem {
  readonly kind: ConfigKind;
  readonly key: string;
  readonly name: string;
  /** In the request. */
  readonly pointer: string;
  readonly action: 'create' | 'update' | 'delete' | 'unchanged';
  /** Of the stored thing, or the one that the new one gets. */
  readonly id: string;
  readonly before: Stored | null;
  /** Null when it goes. */
  readonly settings: Settings | null;
  /** Members that differ, by name; `source` when it is taken over. */
  readonly members: readonly string[];
}

export interface ConfigPlan {
  readonly items: readonly PlannedItem[];
  /** Nothing may be done while there is one. */
  readonly culprits: readonly Culprit[];
}

export interface PlanOptions extends Pick<ApplyConfig, 'prune' | 'adopt'> {
  /** Where an endpoint is probed from when the file names no region. */
  readonly region: string;
  /** The id of what is made for that entry; the same however often it is asked. */
  readonly idFor: (kind: ConfigKind, key: string) => string;
}

interface Entry {
  readonly kind: ConfigKind;
  readonly key: string;
  readonly name: string;
  readonly mark: string;
  readonly pointer: string;
}

const SECTIONS = { endpoint: 'endpoints', channel: 'channels', maintenanceWindow: 'maintenanceWindows' } as const;

/** What is to be done so that the file holds. Pure: the same state and file make the same plan, and a plan carried out makes an empty one. */
export function planConfig(state: ConfigState, file: ConfigFile, options: PlanOptions): ConfigPlan {
  const culprits: Culprit[] = [];
  const planned = {
    endpoint: matched('endpoint', state, file, culprits),
    channel: matched('channel', state, file, culprits),
    maintenanceWindow: matched('maintenanceWindow', state, file, culprits),
  };
  const idOf = (kind: ConfigKind, key: string) => planned[kind].byKey.get(key)?.id ?? options.idFor(kind, key);
  const references = {
    endpoint: resolver('endpoint', file, state.endpoints, state.endpointIds, idOf),
    channel: resolver('channel', file, state.channels, new Set(state.channelRows.keys()), idOf),
  };

  const items: PlannedItem[] = [];
  for (const kind of ['endpoint', 'channel', 'maintenanceWindow'] as const) {
    const { entries, byKey } = planned[kind];
    for (const entry of entries) {
      const before = byKey.get(entry.key) ?? null;
      const settings = settingsOf(entry, file, before, { region: options.region, references, culprits });
      items.push(decide(entry, before, settings, idOf(kind, entry.key), { ...options, source: file.name, culprits }));
    }
    const meant = new Set([...byKey.values()].map(({ id }) => id));
    if (!options.prune) continue;
    for (const stored of state[SECTIONS[kind]]) {
      if (stored.source !== file.name || meant.has(stored.id)) continue;
      const { id, name } = stored;
      items.push({
        kind,
        key: name,
        name,
        pointer: `/config/${SECTIONS[kind]}`,
        action: 'delete',
        id,
        before: stored,
        settings: null,
        members: [],
      });
    }
  }
  return { items, culprits };
}

function matched(kind: ConfigKind, state: ConfigState, file: ConfigFile, culprits: Culprit[]) {
  const section = SECTIONS[kind];
  const marks = { endpoint: 'url', channel: 'type', maintenanceWindow: 'startsAt' } as const;
  const markOf = (value: unknown) => (kind === 'maintenanceWindow' ? new Date(String(value)).toISOString() : String(value));
  const entries = Object.entries(file[section]).map(
    ([key, entry]: [string, { name?: string | undefined } & Record<string, unknown>]): Entry => {
      const mark = markOf(entry[marks[kind]]);
      return { kind, key, name: entry.name ?? key, mark, pointer: pointer('config', section, key) };
    },
  );
  const { byKey, ambiguous } = matchEntries(entries, state[section], ({ settings }) => String(settings[marks[kind]]), file.name);
  for (const key of ambiguous)
    culprits.push({
      pointer: pointer('config', section, key),
      message: 'could mean several that bear this name; rename or delete all but one',
    });
  return { entries, byKey };
}

type Resolve = (reference: string, former: readonly string[]) => string | null;

/** A key of the file first, then an id, then a name that only one thing bears. What a stored thing refers to already stays allowed. */
function resolver(
  kind: 'endpoint' | 'channel',
  file: ConfigFile,
  stored: readonly Stored[],
  ids: ReadonlySet<string>,
  idOf: (kind: ConfigKind, key: string) => string,
): Resolve {
  return (reference, former) => {
    if (Object.hasOwn(file[SECTIONS[kind]], reference)) return idOf(kind, reference);
    if (ids.has(reference) || former.includes(reference)) return reference;
    const named = stored.filter(({ name }) => name === reference);
    return named.length === 1 ? (named[0]?.id ?? null) : null;
  };
}

interface Context {
  readonly region: string;
  readonly references: { readonly endpoint: Resolve; readonly channel: Resolve };
  readonly culprits: Culprit[];
}

function settingsOf(entry: Entry, file: ConfigFile, before: Stored | null, context: Context): Settings {
  const { kind, key } = entry;
  if (kind === 'endpoint') return endpointOf(entry, file.endpoints[key], before, context);
  if (kind === 'channel') return channelOf(entry, file.channels[key], before, context);
  const window = file.maintenanceWindows[key];
  if (window === undefined) throw new Error(`no maintenance window ${key}`);
  const former = idsIn(before?.settings['endpoints']);
  return maintenanceSettings({
    ...window,
    endpoints: resolveAll(window.endpoints, former, `${entry.pointer}/endpoints`, context, 'endpoint'),
  });
}

function endpointOf(
  entry: Entry,
  wanted: ConfigFile['endpoints'][string] | undefined,
  before: Stored | null,
  { region, culprits }: Context,
): Settings {
  if (wanted === undefined) throw new Error(`no endpoint ${entry.key}`);
  const secrets = { headers: wanted.headers ?? {}, auth: wanted.auth ?? { type: 'none' as const } };
  const restored = restorePlaceholders(secrets, before?.settings, entry.pointer);
  culprits.push(...restored.culprits);
  // Whoever moves an endpoint to another origin must know its secrets, else the move would tell them to a server of their choice.
  if (before && restored.kept && originOf(String(before.settings['url'])) !== originOf(wanted.url))
    culprits.push({ pointer: `${entry.pointer}/url`, message: 'moves to another origin: its secrets must be given again' });
  return endpointSettings({ ...wanted, ...restored.value, regions: wanted.regions ?? [region] });
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

function channelOf(entry: Entry, wanted: ConfigChannel | undefined, before: Stored | null, context: Context): Settings {
  if (wanted === undefined) throw new Error(`no channel ${entry.key}`);
  const former = before?.settings ?? {};
  if (before && former['type'] !== wanted.type)
    context.culprits.push({
      pointer: `${entry.pointer}/type`,
      message: `cannot change from ${String(former['type'])}; give the new channel another name`,
    });
  const at = `${entry.pointer}/config`;
  const restored = restorePlaceholders(wanted.config, former['config'], at);
  context.culprits.push(...restored.culprits);
  const read =
    restored.culprits.length > 0
      ? { config: wanted.config, culprits: [] }
      : readChannelConfig(
          wanted.type as ChannelType,
          restored.value,
          before && former['type'] === wanted.type ? former['config'] : undefined,
          at,
        );
  context.culprits.push(...read.culprits);
  const referring = withReferences(wanted, former, entry, context);
  return channelSettings({ ...referring, config: read.config as ConfigChannel['config'] });
}

/** Names of endpoints and channels become ids. */
function withReferences(wanted: ConfigChannel, former: Settings, entry: Entry, context: Context): ConfigChannel {
  const at = entry.pointer;
  const routed = idsIn(JSON.parse(JSON.stringify(former['routes'] ?? [])));
  const routes = wanted.routes.map((route, index) =>
    route.endpoints === undefined
      ? route
      : { ...route, endpoints: resolveAll(route.endpoints, routed, `${at}/routes/${index}/endpoints`, context, 'endpoint') },
  );
  const escalated = idsIn(former['escalation']);
  const escalation = wanted.escalation.map((step, index) => {
    const at = `${entry.pointer}/escalation/${index}`;
    if (step.channel === entry.key) context.culprits.push({ pointer: `${at}/channel`, message: 'must be another channel' });
    const [channel = step.channel] = resolveAll([step.channel], escalated, at, context, 'channel', ['channel']);
    return { ...step, channel };
  });
  return { ...wanted, routes, escalation };
}

function resolveAll(
  references: readonly string[],
  former: readonly string[],
  at: string,
  context: Context,
  kind: 'endpoint' | 'channel',
  members: readonly string[] = [],
): string[] {
  return references.flatMap((reference, index) => {
    const id = context.references[kind](reference, former);
    if (id !== null) return [id];
    context.culprits.push({
      pointer: `${at}/${members[index] ?? index}`,
      message: `is no ${kind} of this file or of the server, or several bear the name`,
    });
    return [];
  });
}

/** Every text in a structure: the ids to which a stored thing refers are among them. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

function decide(
  entry: Entry,
  before: Stored | null,
  settings: Settings,
  id: string,
  options: { readonly adopt: boolean; readonly source: string; readonly culprits: Culprit[] },
): PlannedItem {
  const { mark, ...shown } = entry;
  void mark;
  if (before === null) return { ...shown, action: 'create', id, before, settings, members: Object.keys(settings) };
  const members = [...new Set([...Object.keys(settings), ...Object.keys(before.settings)])].filter(
    (member) => canonical(settings[member]) !== canonical(before.settings[member]),
  );
  const taken = options.adopt && before.source !== options.source;
  if (members.length > 0 && !options.adopt && before.source !== null && before.source !== options.source)
    options.culprits.push({
      pointer: entry.pointer,
      message: `comes from the file "${before.source}"; change it there, or take it over (adopt)`,
    });
  const changed = taken ? [...members, 'source'] : members;
  return { ...shown, action: changed.length > 0 ? 'update' : 'unchanged', id, before, settings, members: changed };
}

/** JSON with sorted members: equal texts for equal settings. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'absent';
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
