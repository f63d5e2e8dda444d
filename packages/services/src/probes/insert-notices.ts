import type { Event } from '@rollcall/contracts';
import { GROUP_HOLD_MS, groupKeysOf, matchChannels, type PlannedEvent, plannedEvent, severityOf } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import { z } from 'zod';
import { type HeldKey, holdOf, releaseHeld, withdrawUntold } from '../notices/held-notices.ts';
import { loadNoticeContext, toEventIncident } from '../notices/notice-context.ts';
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
  /** What the event says beyond the change of status (contracts `details`). */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Names the fact for the dedupe key; default: the instant. */
  readonly key?: string;
  /** The address that the probe used, for grouping; absent: it got to none. */
  readonly address?: string | null;
  /** Instead of what the event would be grouped by (packages/core groupKeysOf). */
  readonly groupKeys?: readonly string[];
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

function detailsOf({ planned: { flapping }, details }: NoticeSubject): { details?: Record<string, unknown> } {
  if (flapping === undefined && details === undefined) return {};
  return { details: { ...details, ...(flapping === undefined ? {} : { flapping }) } };
}

/**
 * Puts the messages into the outbox, in the transaction of the change that they tell of. The dedupe key is made of the
 * fact, so that recording it again cannot send it again. What quiet hours or a silence hold back is written, too, and waits for
 * their end. Answers with how many were new.
 */
export async function writeNotices(tx: Tx, subjects: readonly NoticeSubject[], options: { publicUrl: string; now: Date }): Promise<number> {
  if (subjects.length === 0) return 0;
  const { now } = options;
  const context = await loadNoticeContext(tx, subjects, now);
  const rows: Prisma.NoticeCreateManyInput[] = [];
  const through: HeldKey[] = [];
  for (const subject of subjects) {
    const { endpoint, incidentId, planned } = subject;
    const incident = context.incidents.get(incidentId ?? '') ?? null;
    const matching = matchChannels(context.channels.get(endpoint.organizationId) ?? [], {
      type: planned.type,
      severity: severityOf(planned.type, incident?.severity ?? null),
      endpoint,
      told: context.told.get(incidentId ?? ''),
    });
    if (matching.length === 0) continue;
    const untold = context.holding.has(endpoint.id) ? await withdrawUntold(tx, subject) : new Set<string>();
    const event = eventOf(subject, incident && toEventIncident(incident, options.publicUrl), now);
    const { keys, open, holdMs } = grouping(subject, incident?.causeCode ?? null);
    const payload = JSON.parse(pgJson(event)) as Prisma.InputJsonValue;
    for (const channel of matching.filter(({ id }) => !untold.has(id))) {
      const hold = holdOf({ quietHours: channel.quietHours, silencedUntil: context.silenced.get(endpoint.id) ?? null }, planned.type, now);
      if (hold === null) through.push({ channelId: channel.id, endpointId: endpoint.id });
      rows.push({
        id: newId('msg', now.getTime()),
        organizationId: endpoint.organizationId,
        channelId: channel.id,
        endpointId: endpoint.id,
        incidentId,
        type: planned.type,
        dedupeKey: `${incidentId ?? endpoint.id}/${planned.type}${planned.flapping ? `/flapping-${planned.flapping.phase}` : ''}/${subject.key ?? planned.at}/${channel.id}`,
        payload,
        nextAttemptAt: hold?.until ?? new Date(now.getTime() + holdMs),
        heldUntil: hold?.until ?? null,
        heldBy: hold?.by ?? null,
        groupKeys: keys,
        groupOpen: open,
        createdAt: now,
      });
    }
  }
  if (rows.length === 0) return 0;
  await releaseHeld(tx, through, now);
  const { count } = await tx.notice.createMany({ data: rows, skipDuplicates: true });
  if (count > 0) await tx.$executeRaw`select pg_notify(${NOTICE_CHANNEL}, '')`;
  return count;
}

function eventOf(subject: NoticeSubject, incident: Event['data']['incident'], now: Date): Event {
  const { endpoint, planned } = subject;
  return {
    type: planned.type,
    timestamp: now.toISOString(),
    data: {
      endpoint: { id: endpoint.id, name: endpoint.name, url: publicUrlOf(endpoint.url), tags: [...endpoint.tags] },
      incident,
      from: planned.from,
      to: planned.to,
      ...detailsOf(subject),
    },
  };
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
