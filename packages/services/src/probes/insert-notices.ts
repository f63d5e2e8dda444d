import { type Event, routeSchema } from '@rollcall/contracts';
import { GROUP_HOLD_MS, groupKeysOf, matchChannels, type NoticeRoute, type PlannedEvent, plannedEvent } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import { z } from 'zod';
import { pgJson } from './pg-json.ts';

/** PostgreSQL channel on which a waiting alerter hears of new notices. */
export const NOTICE_CHANNEL = 'rollcall_notice';

/** What a notice is about; the shape of a recorded change, so that silence and pauses can plan notices as well. */
export interface NoticeSubject {
  readonly endpoint: {
    readonly id: string;
    readonly organizationId: string;
    readonly name: string;
    readonly url: string;
    readonly tags: readonly string[];
  };
  readonly incidentId: string | null;
  readonly planned: PlannedEvent;
  /** The address that the probe used, for grouping; absent: it got to none. */
  readonly address?: string | null;
  /** Instead of what the event would be grouped by (packages/core groupKeysOf). */
  readonly groupKeys?: readonly string[];
}

interface ChannelRow {
  id: string;
  organization_id: string;
  routes: unknown;
}

async function channelsOf(tx: Tx, organizationIds: readonly string[]) {
  const rows = await tx.$queryRaw<ChannelRow[]>`
    select id, organization_id, routes from channel
    where enabled and status_page_id is null and organization_id = any(${organizationIds}::text[])`;
  const routes = z.array(routeSchema);
  return rows.map((row) => {
    const parsed = routes.safeParse(row.routes);
    return { id: row.id, organizationId: row.organization_id, enabled: true, routes: (parsed.success ? parsed.data : []) as NoticeRoute[] };
  });
}

/** Incident links and monitored URLs in messages carry no query: that is where people put keys. */
function publicUrlOf(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.origin}${parsed.pathname}`;
  } catch {
    return url;
  }
}

type IncidentOfEvent = NonNullable<Event['data']['incident']>;

async function incidentsOf(tx: Tx, ids: readonly string[], publicUrl: string): Promise<Map<string, IncidentOfEvent>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.incident.findMany({ where: { id: { in: [...new Set(ids)] } } });
  return new Map(
    rows.map((incident) => [
      incident.id,
      {
        id: incident.id,
        openedAt: incident.openedAt.toISOString(),
        resolvedAt: incident.resolvedAt?.toISOString() ?? null,
        cause: incident.cause as unknown as IncidentOfEvent['cause'],
        affectedClients: incident.affectedClients as unknown as { id: string; name: string }[],
        url: `${publicUrl}/incidents/${incident.id}`,
      },
    ]),
  );
}

/** Those wait for others that tell of the same, or for the rest of their group (notices/form-groups.ts). */
function grouping(
  { endpoint, planned, address, groupKeys }: NoticeSubject,
  cause: string | null,
): { keys: string[]; open: boolean; holdMs: number } {
  if (groupKeys !== undefined) return { keys: [...groupKeys], open: true, holdMs: 0 };
  const { type, flapping } = planned;
  const keys = groupKeysOf({ type, cause, url: endpoint.url, address: address ?? null, flapping: flapping?.phase });
  if (keys.length > 0) return { keys, open: true, holdMs: GROUP_HOLD_MS };
  return { keys, open: type === 'endpoint.recovered', holdMs: 0 };
}

/**
 * Puts the messages into the outbox, in the transaction of the change that they tell of. The dedupe key is made of the
 * fact, so that recording it again cannot send it again. Answers with how many were new.
 */
export async function writeNotices(tx: Tx, subjects: readonly NoticeSubject[], options: { publicUrl: string; now: Date }): Promise<number> {
  if (subjects.length === 0) return 0;
  const channels = await channelsOf(tx, [...new Set(subjects.map(({ endpoint }) => endpoint.organizationId))]);
  const incidents = await incidentsOf(
    tx,
    subjects.flatMap(({ incidentId }) => incidentId ?? []),
    options.publicUrl,
  );
  const rows: Prisma.NoticeCreateManyInput[] = [];
  for (const subject of subjects) {
    const { endpoint, incidentId, planned } = subject;
    const incident = incidents.get(incidentId ?? '') ?? null;
    const matching = matchChannels(
      channels.filter((channel) => channel.organizationId === endpoint.organizationId),
      planned.type,
      endpoint,
    );
    if (matching.length === 0) continue;
    const event: Event = {
      type: planned.type,
      timestamp: options.now.toISOString(),
      data: {
        endpoint: { id: endpoint.id, name: endpoint.name, url: publicUrlOf(endpoint.url), tags: [...endpoint.tags] },
        incident,
        from: planned.from,
        to: planned.to,
        ...(planned.flapping === undefined ? {} : { details: { flapping: planned.flapping } }),
      },
    };
    const { keys, open, holdMs } = grouping(subject, incident?.cause?.code ?? null);
    const payload = JSON.parse(pgJson(event)) as Prisma.InputJsonValue;
    for (const channel of matching) {
      rows.push({
        id: newId('msg', options.now.getTime()),
        organizationId: endpoint.organizationId,
        channelId: channel.id,
        endpointId: endpoint.id,
        incidentId,
        type: planned.type,
        dedupeKey: `${incidentId ?? endpoint.id}/${planned.type}${planned.flapping ? `/flapping-${planned.flapping.phase}` : ''}/${planned.at}/${channel.id}`,
        payload,
        nextAttemptAt: new Date(options.now.getTime() + holdMs),
        groupKeys: keys,
        groupOpen: open,
        createdAt: options.now,
      });
    }
  }
  if (rows.length === 0) return 0;
  const { count } = await tx.notice.createMany({ data: rows, skipDuplicates: true });
  if (count > 0) await tx.$executeRaw`select pg_notify(${NOTICE_CHANNEL}, '')`;
  return count;
}

/** The notices of a recorded batch. */
export async function insertNotices(
  tx: Tx,
  changes: readonly {
    readonly endpoint: NoticeSubject['endpoint'] & { readonly summary: { readonly openIncidentId: string | null } };
    readonly events: Parameters<typeof plannedEvent>[0];
    readonly resolvedIncidentId: string | null;
    readonly record: { readonly observation: unknown };
  }[],
  options: { publicUrl: string; now: Date },
): Promise<number> {
  const subjects = changes.flatMap(({ endpoint, events, resolvedIncidentId, record }): NoticeSubject[] => {
    const planned = plannedEvent(events);
    if (!planned) return [];
    const incidentId = resolvedIncidentId ?? endpoint.summary.openIncidentId;
    return [{ endpoint, incidentId, planned, address: addressOf(record.observation) }];
  });
  return writeNotices(tx, subjects, options);
}

const observedSchema = z.object({ exchanges: z.array(z.object({ address: z.string().nullish() })) });

/** The address of the last exchange that got to one. */
function addressOf(observation: unknown): string | null {
  const parsed = observedSchema.safeParse(observation);
  return parsed.success ? (parsed.data.exchanges.findLast(({ address }) => address != null)?.address ?? null) : null;
}
