import { configChannelSchema, expectSchema, policySchema, recurrenceSchema } from '@rollcall/contracts';
import type { EraSetting, TransportSetting } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import type { Db, Tx } from '@rollcall/db';
import { type ChannelRow, toChannel } from '../channels/channels.ts';
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
  const endpoints = await db.endpoint.findMany({ where: { organizationId }, orderBy });
  const channels = await db.channel.findMany({ where: { organizationId, statusPageId: null }, orderBy });
  const windows = await db.maintenanceWindow.findMany({ where: { organizationId, deletedAt: null }, orderBy });
  return {
    endpointIds: new Set(endpoints.map(({ id }) => id)),
    channelRows: new Map(channels.map((row) => [row.id, row])),
    endpoints: endpoints
      .filter(({ demo }) => !demo)
      .map(({ id, name, source, transport, era, expect, policy, ...row }) => {
        const { headers, auth } = openCredentials(sealer, id, row.credentials);
        const known = { transport: transport as TransportSetting, era: era as EraSetting, headers, auth };
        const settings = endpointSettings({ ...row, ...known, expect: expectSchema.parse(expect), policy: policySchema.parse(policy) });
        return { kind: 'endpoint', id, name, source, settings };
      }),
    channels: channels.map((row) => {
      const shown = toChannel(row);
      const members = Object.fromEntries(
        Object.keys(configChannelSchema.shape).map((member) => [member, shown[member as keyof typeof shown]]),
      );
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
