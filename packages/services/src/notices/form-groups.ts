import { type Event, eventSchema } from '@rollcall/contracts';
import { type EventType, GROUP_WINDOW_MS, type Groupable, planGroups, sharedKeyOf, type ToldGroup } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Tx } from '@rollcall/db';
import { pgJson } from '../probes/pg-json.ts';
import { withdrawOutdated } from './held-notices.ts';

const CHANNELS_A_ROUND = 50;
const NOTICES_A_ROUND = 5000;

interface OpenRow {
  id: string;
  type: EventType;
  endpoint_id: string | null;
  incident_id: string | null;
  group_keys: string[] | null;
  created_at: Date;
  endpoint: Event['data']['endpoint'];
  incident: { id: string; openedAt: string; resolvedAt: string | null; url: string } | null;
}

/** What was told together and is now back: the notice that told it, the matter's id, how many it named, how many are still out. */
interface Origin {
  readonly leaderId: string;
  readonly matter: string | null;
  readonly size: number;
  readonly missing: number;
}

/**
 * Decides which of the waiting notices go out now and which of them as one: the first takes the others' endpoints into its
 * payload, the others are done (`grouped`) and name it as their leader. One transaction a channel, so a crash leaves them either
 * waiting or grouped; from then on the leader's body is the same on every attempt. Safe for any number of alerters. Answers
 * with how many notices became ready. A fault with one channel is told to `onFault` and delays no other.
 */
export async function formGroups(
  db: Db,
  now: Date,
  onFault: (error: unknown) => void = (error) => {
    throw error;
  },
): Promise<number> {
  await withdrawOutdated(db, now);
  const channels = await db.$queryRaw<{ channel_id: string; organization_id: string }[]>`
    select distinct n.channel_id, n.organization_id from notice n
    join channel c on c.id = n.channel_id and c.enabled and (c.limited_until is null or c.limited_until <= ${now})
    where n.status = 'pending' and n.group_open and n.next_attempt_at <= ${now}
    limit ${CHANNELS_A_ROUND}`;
  let ready = 0;
  for (const { channel_id, organization_id } of channels)
    ready += await db
      .$transaction((tx) => formGroupsOf(tx, { id: channel_id, organizationId: organization_id }, now))
      .catch((error: unknown) => {
        onFault(error);
        return 0;
      });
  return ready;
}

async function formGroupsOf(tx: Tx, channel: { id: string; organizationId: string }, now: Date): Promise<number> {
  const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtext('rollcall.notice_group'), hashtext(${channel.id})) as mine`;
  if (lock?.mine !== true) return 0;
  const rows = await loadOpen(tx, channel.id, now);
  const origins = await originsOf(
    tx,
    rows.filter(({ type }) => type === 'endpoint.recovered'),
  );
  const waiting = rows.map((row) => toGroupable(row, origins.get(row.id)));
  const groups = planGroups(waiting, await loadTold(tx, channel, now), now.getTime());
  const byId = new Map(rows.map((row) => [row.id, row]));
  let ready = 0;
  for (const ids of groups) {
    const members = ids.flatMap((id) => byId.get(id) ?? []);
    await seal(tx, members, origins.get(ids[0] ?? ''), now);
    ready += 1;
  }
  return ready;
}

/** Those behind an unsent notice of the same endpoint stay out: "recovered" never overtakes "down". */
function loadOpen(tx: Tx, channelId: string, now: Date): Promise<OpenRow[]> {
  return tx.$queryRaw<OpenRow[]>`
    select n.id, n.type, n.endpoint_id, n.incident_id, n.group_keys, n.created_at,
      n.payload #> '{data,endpoint}' as endpoint,
      case when n.payload #>> '{data,incident,id}' is null then null else jsonb_build_object(
        'id', n.payload #> '{data,incident,id}', 'openedAt', n.payload #> '{data,incident,openedAt}',
        'resolvedAt', n.payload #> '{data,incident,resolvedAt}', 'url', n.payload #> '{data,incident,url}') end as incident
    from notice n
    where n.channel_id = ${channelId} and n.status = 'pending' and n.group_open and (n.held_until is null or n.held_until <= ${now})
      and not exists (
        select 1 from notice earlier
        where earlier.channel_id = n.channel_id and earlier.endpoint_id = n.endpoint_id and earlier.status = 'pending' and earlier.id < n.id)
      and not exists (
        select 1 from notice leader join notice member on member.leader_id = leader.id
        where leader.channel_id = n.channel_id and leader.status = 'pending' and leader.group_size > 1
          and member.endpoint_id = n.endpoint_id and member.id < n.id)
    order by n.created_at, n.id limit ${NOTICES_A_ROUND}
    for update of n`;
}

/** What the channel was told within the window that groups stay open. */
async function loadTold(tx: Tx, channel: { id: string; organizationId: string }, now: Date): Promise<ToldGroup[]> {
  const since = now.getTime() - 2 * GROUP_WINDOW_MS;
  const rows = await tx.$queryRaw<{ type: EventType; group_keys: string[]; group_size: number; created_at: Date }[]>`
    select type, group_keys, group_size, created_at from notice
    where organization_id = ${channel.organizationId} and id > ${newId('msg', since).slice(0, 14)} and channel_id = ${channel.id}
      and not group_open and status in ('pending', 'delivered', 'dead') and follow_up is null and cardinality(group_keys) > 0`;
  return rows.map((row) => ({ type: row.type, keys: row.group_keys, size: row.group_size, createdAt: row.created_at.getTime() }));
}

/** For recoveries: with whom their outage was told on this channel, and how many of those are still out. */
async function originsOf(tx: Tx, rows: readonly OpenRow[]): Promise<Map<string, Origin>> {
  const found = await tx.$queryRaw<{ id: string; leader_id: string }[]>`
    select r.id, f.leader_id from notice r
    join lateral (
      select coalesce(d.leader_id, d.id) as leader_id from notice d
      where d.incident_id = r.incident_id and d.channel_id = r.channel_id and d.type in ('endpoint.down', 'endpoint.degraded')
        and d.follow_up is distinct from 'reminder' and d.status <> 'withdrawn' and d.id < r.id
      order by d.id desc limit 1) f on true
    where r.id = any(${rows.filter((row) => row.incident_id !== null).map(({ id }) => id)}::text[])
    union all
    select r.id, f.leader_id from notice r
    join lateral (
      select coalesce(d.leader_id, d.id) as leader_id from notice d
      where d.endpoint_id = r.endpoint_id and d.channel_id = r.channel_id and d.type = 'endpoint.no_data' and d.status <> 'withdrawn' and d.id < r.id
      order by d.id desc limit 1) f on true
    where r.id = any(${rows.filter((row) => row.incident_id === null).map(({ id }) => id)}::text[])`;
  const leaderIds = [...new Set(found.map(({ leader_id }) => leader_id))];
  const groups = await tx.$queryRaw<{ id: string; matter: string | null; size: number; missing: number }[]>`
    select l.id, coalesce(l.payload #>> '{data,details,group,matter}', l.incident_id) as matter, l.group_size as size, (
      select count(*)::int from (select m.incident_id, m.endpoint_id from notice m where m.id = l.id or m.leader_id = l.id) m
      left join incident i on i.id = m.incident_id
      left join endpoint_state st on st.endpoint_id = m.endpoint_id
      where (m.incident_id is null and st.status = 'no_data')
        or (i.id is not null and (i.resolved_at is null or exists (
          -- Committed since the waiting ones were read: the next round has it.
          select 1 from notice r where r.incident_id = i.id and r.channel_id = l.channel_id and r.type = 'endpoint.recovered'
            and r.status = 'pending' and r.group_open and r.id <> all(${rows.map(({ id }) => id)}::text[]))))
    ) as missing
    from notice l where l.id = any(${leaderIds}::text[]) and (l.group_size > 1 or l.payload #> '{data,details,group}' is not null)`;
  const byLeader = new Map(groups.map(({ id, ...group }) => [id, { leaderId: id, ...group }]));
  return new Map(
    found.flatMap(({ id, leader_id }) => {
      const origin = byLeader.get(leader_id);
      return origin === undefined ? [] : [[id, origin] as const];
    }),
  );
}

function toGroupable(row: OpenRow, origin: Origin | undefined): Groupable {
  const base = { id: row.id, type: row.type, createdAt: row.created_at.getTime() };
  if (origin !== undefined) return { ...base, keys: [`back:${origin.leaderId}`], missing: origin.missing };
  // An acknowledgement of several was made at once: there is nobody to wait for.
  if (row.type === 'incident.acknowledged') return { ...base, keys: row.group_keys ?? [], missing: 0 };
  return { ...base, keys: row.group_keys ?? [] };
}

/** From now on the notices are one, and its body is settled. */
async function seal(tx: Tx, members: readonly OpenRow[], origin: Origin | undefined, now: Date): Promise<void> {
  // The one whose incident stands for the matter goes on standing for it. Otherwise the oldest, the same on every channel.
  const byAge = [...members].sort(
    (a, b) => a.created_at.getTime() - b.created_at.getTime() || ((a.incident_id ?? a.id) < (b.incident_id ?? b.id) ? -1 : 1),
  );
  const leader = byAge.find(({ incident_id }) => incident_id !== null && incident_id === origin?.matter) ?? byAge[0];
  if (leader === undefined) return;
  if (members.length === 1 && origin === undefined) {
    await tx.$executeRaw`update notice set group_open = false, next_attempt_at = least(next_attempt_at, ${now}) where id = ${leader.id}`;
    return;
  }
  const ordered = [leader, ...byAge.filter((member) => member !== leader)];
  const keys = [...new Set(members.flatMap(({ group_keys }) => group_keys ?? []))];
  const { payload } = await tx.notice.findUniqueOrThrow({ where: { id: leader.id }, select: { payload: true } });
  const grouped = groupedPayload(payload, ordered, origin);
  await tx.$executeRaw`
    update notice set group_open = false, next_attempt_at = least(next_attempt_at, ${now}), group_size = ${ordered.length}, group_keys = ${keys},
      payload = ${pgJson(grouped)}::jsonb where id = ${leader.id}`;
  await tx.$executeRaw`
    update notice set status = 'grouped', group_open = false, leader_id = ${leader.id}, next_attempt_at = null
    where id = any(${ordered.slice(1).map(({ id }) => id)}::text[])`;
}

/** The first one's event, with all of them in `details`. A payload that is no event is left to the attempt, which refuses it. */
function groupedPayload(payload: unknown, members: readonly OpenRow[], origin: Origin | undefined): unknown {
  const parsed = eventSchema.safeParse(payload);
  if (!parsed.success) return payload;
  const event = parsed.data;
  const endpoints = members.flatMap(({ endpoint, incident }) =>
    endpoint === null
      ? []
      : [
          {
            id: endpoint.id,
            name: endpoint.name,
            url: endpoint.url,
            incident:
              incident === null
                ? null
                : { id: incident.id, openedAt: incident.openedAt, resolvedAt: incident.resolvedAt, url: incident.url },
          },
        ],
  );
  const by = sharedKeyOf(members.map(({ group_keys }) => ({ keys: group_keys ?? [] })));
  const group = {
    /** Of the incident that stands for all of them, the same in what follows. */
    matter: origin?.matter ?? members[0]?.incident_id ?? members[0]?.id ?? null,
    size: origin?.size ?? members.length,
    ...(origin === undefined ? {} : { missing: origin.missing }),
    ...(by === null ? {} : { by }),
  };
  const details = { ...event.data.details, group, endpoints };
  return { ...event, data: { ...event.data, details } } satisfies Event;
}
