import { type Event, eventSchema } from '@rollcall/contracts';
import { type EscalationStep, planFollowUps, quietUntil } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { quietHoursOf, toEscalation } from '../channels/channel-settings.ts';
import { pgJson } from '../probes/pg-json.ts';

/** What a channel was told and may have to be told again, one row for each incident in it. */
interface Row {
  id: string;
  organization_id: string;
  channel_id: string;
  channel_name: string;
  type: 'endpoint.down' | 'endpoint.degraded';
  told_at: Date;
  group_size: number;
  remind_minutes: number | null;
  escalation: unknown;
  quiet_hours: unknown;
  incident_id: string;
  snoozed_until: Date | null;
  silenced_until: Date | null;
}

interface Told extends Omit<Row, 'incident_id' | 'snoozed_until' | 'silenced_until'> {
  readonly incidents: { id: string; snoozedUntil: number | null; silencedUntil: number | null }[];
}

const ROWS_A_ROUND = 5000;

/**
 * Reminds and escalates: what is open and taken by nobody is told again to the channel that told it, and to the next in its
 * chain. Through the outbox, each under a key of its own, so that any number of alerters sends each once. Answers how many.
 */
export async function writeFollowUps(db: Db, options: { readonly now: Date; readonly publicUrl: string }): Promise<number> {
  const { now } = options;
  let written = 0;
  for (const told of await loadTold(db, now)) {
    const incidents = told.incidents.map((incident) => ({ ...incident, open: true, acknowledged: false }));
    const policy = { remindMinutes: told.remind_minutes, escalation: toEscalation(told.escalation) };
    const due = planFollowUps(incidents, told.told_at.getTime(), policy, now.getTime());
    const quiet = quietUntil(quietHoursOf(told.quiet_hours), told.type, now.getTime()) !== null;
    // A reminder is not worth waiting for the morning: the next one comes.
    if (due.reminder !== null && !quiet) written += await remind(db, told, due.incidents, due.reminder, options);
    for (const { index, step } of due.steps) written += await escalate(db, told, due.incidents, { index, step }, options);
  }
  return written;
}

/** The newest notice of each open, unacknowledged incident on each channel that reminds or escalates, by message. */
async function loadTold(db: Db, now: Date): Promise<Told[]> {
  const rows = await db.$queryRaw<Row[]>`
    select distinct on (l.channel_id, i.id) l.id, l.organization_id, l.channel_id, c.name as channel_name, l.type,
      greatest(l.created_at, l.held_until) as told_at, l.group_size, c.remind_minutes, c.escalation, c.quiet_hours,
      i.id as incident_id, i.snoozed_until, e.silenced_until
    from incident i
    join endpoint e on e.id = i.endpoint_id
    join endpoint_state st on st.endpoint_id = e.id and st.status <> 'maintenance'
    join notice m on m.incident_id = i.id and m.type in ('endpoint.down', 'endpoint.degraded')
      and m.follow_up is distinct from 'reminder' and m.status in ('pending', 'delivered', 'dead', 'grouped')
    join notice l on l.id = coalesce(m.leader_id, m.id) and not l.group_open and (l.held_until is null or l.held_until <= ${now})
    join channel c on c.id = l.channel_id and c.enabled and (c.remind_minutes is not null or c.escalation <> '[]'::jsonb)
    where i.resolved_at is null and i.acknowledged_at is null
    order by l.channel_id, i.id, m.id desc
    limit ${ROWS_A_ROUND}`;
  const byNotice = new Map<string, Told>();
  for (const { incident_id, snoozed_until, silenced_until, ...row } of rows) {
    const told = byNotice.get(row.id) ?? { ...row, incidents: [] };
    told.incidents.push({
      id: incident_id,
      snoozedUntil: snoozed_until?.getTime() ?? null,
      silencedUntil: silenced_until?.getTime() ?? null,
    });
    byNotice.set(row.id, told);
  }
  return [...byNotice.values()];
}

async function remind(
  db: Db,
  told: Told,
  incidentIds: readonly string[],
  count: number,
  { now, publicUrl }: { now: Date; publicUrl: string },
) {
  const dedupeKey = `${told.id}/reminder/${count}`;
  if (await isWritten(db, told.organization_id, dedupeKey)) return 0;
  return db.$transaction(async (tx) => {
    const details = { reminder: { count, sinceMinutes: Math.floor((now.getTime() - told.told_at.getTime()) / 60_000) } };
    const event = await eventOf(tx, told, incidentIds, details, { now, publicUrl });
    if (event === null) return 0;
    const row = rowOf(told, event, { channelId: told.channel_id, dedupeKey, followUp: 'reminder', groupSize: incidentIds.length, now });
    const { count: written } = await tx.notice.createMany({ data: [row], skipDuplicates: true });
    return written;
  });
}

async function escalate(
  db: Db,
  told: Told,
  incidentIds: readonly string[],
  { index, step }: { index: number; step: EscalationStep },
  { now, publicUrl }: { now: Date; publicUrl: string },
): Promise<number> {
  // Whom a chain has brought in already is not brought in again, by whatever way round.
  const known = await db.notice.findMany({
    where: { channelId: step.channel, followUp: 'escalation', incidentId: { in: [...incidentIds] } },
    select: { incidentId: true },
  });
  const fresh = incidentIds.filter((id) => !known.some(({ incidentId }) => incidentId === id));
  if (fresh.length === 0) return 0;
  return db.$transaction(async (tx) => {
    const target = await tx.channel.findFirst({
      where: { id: step.channel, organizationId: told.organization_id, enabled: true, statusPageId: null },
    });
    if (!target) return 0;
    const details = { escalation: { step: index + 1, afterMinutes: step.afterMinutes, from: told.channel_name } };
    const event = await eventOf(tx, told, fresh, details, { now, publicUrl });
    if (event === null) return 0;
    const quiet = quietUntil(quietHoursOf(target.quietHours), told.type, now.getTime());
    const dedupeKey = `${told.id}/escalation/${index}/${step.channel}/${fresh[0]}`;
    const leader = rowOf(told, event, { channelId: step.channel, dedupeKey, followUp: 'escalation', groupSize: fresh.length, now, quiet });
    const { count } = await tx.notice.createMany({ data: [leader], skipDuplicates: true });
    if (count === 0) return 0;
    // Each incident is known to have been told there, so that its end is told there, too.
    const first = leader.incidentId;
    const endpoints = await tx.incident.findMany({ where: { id: { in: fresh } }, select: { id: true, endpointId: true } });
    await tx.notice.createMany({
      data: endpoints
        .filter(({ id }) => id !== first)
        .map(({ id, endpointId }) => ({
          ...leader,
          id: newId('msg', now.getTime()),
          endpointId,
          incidentId: id,
          dedupeKey: `${dedupeKey}/${id}`,
          status: 'grouped',
          leaderId: leader.id,
          nextAttemptAt: null,
          groupSize: 1,
        })),
    });
    await tx.incidentEvent.createMany({
      data: fresh.map((id) => ({
        id: newId('ie', now.getTime()),
        incidentId: id,
        at: now,
        type: 'escalated',
        data: { channel: target.name, afterMinutes: step.afterMinutes },
      })),
    });
    return 1;
  });
}

async function isWritten(db: Db, organizationId: string, dedupeKey: string): Promise<boolean> {
  return (
    (await db.notice.findUnique({ where: { organizationId_dedupeKey: { organizationId, dedupeKey } }, select: { id: true } })) !== null
  );
}

interface RowOptions {
  readonly channelId: string;
  readonly dedupeKey: string;
  readonly followUp: 'reminder' | 'escalation';
  readonly groupSize: number;
  readonly now: Date;
  /** Epoch ms until which the channel is left in peace. */
  readonly quiet?: number | null;
}

function rowOf(told: Told, event: Event, { channelId, dedupeKey, followUp, groupSize, now, quiet = null }: RowOptions) {
  const heldUntil = quiet === null ? null : new Date(quiet);
  return {
    id: newId('msg', now.getTime()),
    organizationId: told.organization_id,
    channelId,
    endpointId: event.data.endpoint?.id ?? null,
    incidentId: event.data.incident?.id ?? null,
    type: told.type,
    dedupeKey,
    payload: JSON.parse(pgJson(event)) as Prisma.InputJsonValue,
    nextAttemptAt: heldUntil ?? now,
    heldUntil,
    heldBy: heldUntil === null ? null : 'quiet',
    followUp,
    groupSize,
    createdAt: now,
  } satisfies Prisma.NoticeCreateManyInput;
}

/** What was told, as it stands now: the first incident that is still open, the others in `details`. Null when all are over. */
async function eventOf(
  tx: Tx,
  told: Told,
  incidentIds: readonly string[],
  details: Record<string, unknown>,
  { now, publicUrl }: { now: Date; publicUrl: string },
): Promise<Event | null> {
  const { payload, incidentId } = await tx.notice.findUniqueOrThrow({
    where: { id: told.id },
    select: { payload: true, incidentId: true },
  });
  const before = eventSchema.safeParse(payload);
  if (!before.success) return null;
  const rows = await tx.incident.findMany({
    where: { id: { in: [...incidentIds] }, resolvedAt: null, acknowledgedAt: null },
    include: { endpoint: { select: { id: true, name: true, url: true, tags: true } } },
    orderBy: { id: 'asc' },
  });
  const first = rows.find(({ id }) => id === incidentId) ?? rows[0];
  if (first === undefined) return null;
  const urlOf = (id: string) => `${publicUrl}/incidents/${id}`;
  const group = before.data.data.details?.['group'];
  const several = told.group_size > 1 && typeof group === 'object' && group !== null;
  const endpoints = [first, ...rows.filter((row) => row !== first)].map((row) => ({
    id: row.endpoint.id,
    name: row.endpoint.name,
    url: withoutQuery(row.endpoint.url),
    incident: { id: row.id, openedAt: row.openedAt.toISOString(), resolvedAt: null, url: urlOf(row.id) },
  }));
  return {
    type: told.type,
    timestamp: now.toISOString(),
    data: {
      endpoint: { ...first.endpoint, url: withoutQuery(first.endpoint.url) },
      incident: {
        id: first.id,
        openedAt: first.openedAt.toISOString(),
        resolvedAt: null,
        cause: first.cause as unknown as NonNullable<Event['data']['incident']>['cause'],
        affectedClients: first.affectedClients as { id: string; name: string }[],
        url: urlOf(first.id),
      },
      from: before.data.data.from,
      to: before.data.data.to,
      details: { ...details, ...(several ? { group, endpoints } : {}) },
    },
  };
}

/** That is where people put keys. */
function withoutQuery(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.origin}${parsed.pathname}`;
  } catch {
    return url;
  }
}
