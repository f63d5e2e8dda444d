import { type ConfigEndpoint, configChannelSchema, configEndpointSchema, recurrenceSchema } from '@rollcall/contracts';
import type { Sealer } from '@rollcall/crypto';
import type { Db, Tx } from '@rollcall/db';
import { type ChannelRow, toChannel } from '../channels/channels.ts';
import { toEndpoint, withState } from '../endpoints/to-endpoint.ts';
import { openChannelConfig } from '../notices/channel-config.ts';
import { openCredentials } from '../probes/load-target.ts';
import { channelSettings, endpointSettings, maintenanceSettings, type Stored } from './settings.ts';

/** What the organization has, in the order in which it was made. */
export interface ConfigState {
  readonly endpoints: readonly Stored[];
  readonly channels: readonly Stored[];
  readonly maintenanceWindows: readonly Stored[];
  /** Of every endpoint, the demonstration's too: what may be referred to. */
  readonly endpointIds: ReadonlySet<string>;
  readonly channelRows: ReadonlyMap<string, ChannelRow>;
}

/** The demonstration belongs to the installation, the channel of a subscriber to its page: neither is configuration. */
export async function loadConfigState(db: Db | Tx, sealer: Sealer, organizationId: string): Promise<ConfigState> {
  const orderBy = { id: 'asc' } as const;
  const endpoints = await db.endpoint.findMany({ where: { organizationId }, orderBy, include: withState });
  const channels = await db.channel.findMany({ where: { organizationId, statusPageId: null }, orderBy });
  const windows = await db.maintenanceWindow.findMany({ where: { organizationId, deletedAt: null }, orderBy });
  return {
    endpointIds: new Set(endpoints.map(({ id }) => id)),
    channelRows: new Map(channels.map((row) => [row.id, row])),
    endpoints: endpoints
      .filter(({ demo }) => !demo)
      .map((row) => {
        const { headers, auth } = openCredentials(sealer, row.id, row.credentials);
        const members = pick(toEndpoint(row), Object.keys(configEndpointSchema.shape)) as ConfigEndpoint & { regions: string[] };
        return {
          kind: 'endpoint',
          id: row.id,
          name: row.name,
          source: row.source,
          settings: endpointSettings({ ...members, headers, auth }),
        };
      }),
    channels: channels.map((row) => {
      const members = pick(toChannel(row), Object.keys(configChannelSchema.shape));
      const config = openChannelConfig(sealer, row.id, row.config) as Record<string, unknown>;
      const settings = channelSettings(configChannelSchema.parse({ ...members, config }));
      return { kind: 'channel', id: row.id, name: row.name, source: row.source, settings };
    }),
    maintenanceWindows: windows.map((row) => {
      const recurrence = recurrenceSchema.nullable().parse(row.recurrence);
      const times = { startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() };
      const settings = maintenanceSettings({
        description: row.description,
        ...times,
        recurrence,
        endpoints: row.endpointIds,
        tags: row.tags,
      });
      return { kind: 'maintenanceWindow', id: row.id, name: row.name, source: row.source, settings };
    }),
  };
}

function pick(shown: object, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shown).filter(([member]) => members.includes(member)));
}
