import {
  type ConfigFile,
  type ConfigFileInput,
  configChannelSchema,
  configEndpointSchema,
  configMaintenanceSchema,
} from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import type { EndpointDeps } from '../endpoints/create-endpoint.ts';
import { type Settings, type Stored, shownMember } from './settings.ts';
import { type ConfigState, loadConfigState } from './state.ts';

/** Everything that a file can say, as a file. Secrets are `${PLACEHOLDERS}`; applied as it is, it changes nothing. */
export async function exportConfig(
  deps: Pick<EndpointDeps, 'sealer' | 'region'> & { db: Db },
  actor: Actor,
  source?: string,
): Promise<ConfigFileInput> {
  requireScope(actor, 'read');
  return toConfigFile(await loadConfigState(deps.db, deps.sealer, actor.organizationId), deps.region, source);
}

/** Pure. With `source` only what came from the file of that name. */
export function toConfigFile(state: ConfigState, region: string, source?: string): ConfigFileInput {
  const chosen = (items: readonly Stored[]) => (source === undefined ? items : items.filter((item) => item.source === source));
  const endpoints = keysFor(chosen(state.endpoints));
  const channels = keysFor(chosen(state.channels));
  const windows = keysFor(chosen(state.maintenanceWindows));
  const variables = new Set<string>();
  // Endpoints before channels: so a secret's name does not depend on what else there is.
  const names = { endpoint: (id: string) => endpoints.get(id)?.key ?? id, channel: (id: string) => channels.get(id)?.key ?? id };
  return {
    version: 1,
    ...(source === undefined ? {} : { name: source }),
    endpoints: section(endpoints, (item, key) => endpointEntry(item.settings, region, secretNames(key, variables))),
    channels: section(channels, (item, key) => channelEntry(item.settings, names, secretNames(key, variables))),
    maintenanceWindows: section(windows, (item) => maintenanceEntry(item.settings, names.endpoint)),
  } as ConfigFileInput;
}

interface Keyed {
  readonly key: string;
  readonly stored: Stored;
}

/** Names are keys; of several that bear one, and of a name that no JSON object takes as a member, another key says the name apart. */
function keysFor(items: readonly Stored[]): ReadonlyMap<string, Keyed> {
  const used = new Set<string>(['__proto__', 'constructor', 'prototype']);
  const keyed = new Map<string, Keyed>();
  for (const stored of items) {
    let key = stored.name;
    for (let n = 2; used.has(key); n += 1) key = `${stored.name.slice(0, 190)} #${n}`;
    used.add(key);
    keyed.set(stored.id, { key, stored });
  }
  return keyed;
}

function section(
  keyed: ReadonlyMap<string, Keyed>,
  write: (stored: Stored, key: string) => Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    [...keyed.values()].map(({ key, stored }) => [key, { ...(key === stored.name ? {} : { name: stored.name }), ...write(stored, key) }]),
  );
}

type Variable = (member: string) => string;

function secretNames(key: string, used: Set<string>): Variable {
  return (member) => {
    const base =
      `${key}_${member}`
        .normalize('NFKD')
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .replace(/^(?=\d)/, '_')
        .slice(0, 150) || 'SECRET';
    let name = base;
    for (let n = 2; used.has(name); n += 1) name = `${base}_${n}`;
    used.add(name);
    return `\${${name}}`;
  };
}

/** Without what is so by default. */
function shorter(settings: Record<string, unknown>, defaults: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([member, value]) => !(member in defaults) || JSON.stringify(value) !== JSON.stringify(defaults[member]),
    ),
  );
}

function endpointEntry(settings: Settings, region: string, variable: Variable): Record<string, unknown> {
  const { headers, auth, ...others } = settings as { headers: Record<string, string>; auth: { type: string } & Record<string, unknown> };
  const { name, url, ...defaults } = configEndpointSchema.parse({ url: 'x' });
  void name;
  void url;
  const secret = (member: string, value: unknown) => (['type', 'scope', 'issuer'].includes(member) ? value : variable(member));
  return {
    ...shorter(others, { ...defaults, regions: [region], expect: {}, policy: {} }),
    ...(Object.keys(headers).length === 0
      ? {}
      : { headers: Object.fromEntries(Object.keys(headers).map((header) => [header, variable(header)])) }),
    ...(auth.type === 'none'
      ? {}
      : { auth: Object.fromEntries(Object.entries(auth).map(([member, value]) => [member, secret(member, value)])) }),
  };
}

function channelEntry(
  settings: Settings,
  names: { endpoint: (id: string) => string; channel: (id: string) => string },
  variable: Variable,
): Record<string, unknown> {
  const { type, config, routes, escalation, ...others } = settings as unknown as ConfigFile['channels'][string];
  const { type: _type, config: _config, ...defaults } = configChannelSchema.parse({ type: 'email', config: {} });
  const named = routes.map((route) =>
    route.endpoints === undefined ? route : { ...route, endpoints: route.endpoints.map(names.endpoint) },
  );
  const steps = escalation.map((step) => ({ ...step, channel: names.channel(step.channel) }));
  return {
    type,
    config: hideSecrets(config, shownMember('channel', settings, 'config'), variable, ''),
    ...shorter({ routes: named, ...others, escalation: steps }, defaults),
  };
}

/** A text that may not be shown as it is becomes a placeholder. */
function hideSecrets(real: unknown, shown: unknown, variable: Variable, member: string): unknown {
  if (typeof real === 'string') return real === shown ? real : variable(member);
  if (Array.isArray(real))
    return real.map((item, index) =>
      hideSecrets(item, Array.isArray(shown) ? shown[index] : undefined, variable, `${member}_${index + 1}`),
    );
  if (typeof real !== 'object' || real === null) return real;
  const visible = typeof shown === 'object' && shown !== null ? (shown as Record<string, unknown>) : {};
  return Object.fromEntries(
    Object.entries(real).map(([key, value]) => [key, hideSecrets(value, visible[key], variable, member === '' ? key : `${member}_${key}`)]),
  );
}

function maintenanceEntry(settings: Settings, nameOf: (id: string) => string): Record<string, unknown> {
  const { endpoints, ...others } = settings as { endpoints: readonly string[] };
  const { name, startsAt, endsAt, ...defaults } = configMaintenanceSchema.parse({
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2026-01-01T01:00:00Z',
  });
  void name;
  void startsAt;
  void endsAt;
  return shorter({ ...others, endpoints: endpoints.map(nameOf) }, defaults);
}
