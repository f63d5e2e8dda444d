import type { Db } from '@rollcall/db';
import { decodeDetail } from '@rollcall/services';
import type { Registered } from '../bench/register.ts';
import { overlapMs, type Presence, type Span } from './absence.ts';
import type { DeliverySeen, Gap, IncidentSeen, NoticeSeen, SlotsSeen } from './judge.ts';

/** What the installation itself has on record. */
export async function lookAtRecords(
  db: Db,
  organizationId: string,
): Promise<{
  incidents: IncidentSeen[];
  notices: (Omit<NoticeSeen, 'silentForMs'> & { createdAt: number })[];
  deliveries: DeliverySeen[];
  channels: { id: string; name: string; type: string }[];
}> {
  const [incidents, channels, notices, deliveries] = await Promise.all([
    db.incident.findMany({ where: { organizationId } }),
    db.channel.findMany({ where: { organizationId }, select: { id: true, name: true, type: true } }),
    db.notice.findMany({ where: { organizationId }, omit: { payload: true } }),
    db.delivery.findMany({ where: { organizationId }, select: { noticeId: true, attempt: true, status: true, startedAt: true } }),
  ]);
  const nameOf = new Map(channels.map(({ id, name }) => [id, name]));
  return {
    channels,
    incidents: incidents.map(({ id, endpointId, openedAt, confirmedAt, resolvedAt }) => ({
      id,
      endpoint: endpointId,
      openedAt: openedAt.getTime(),
      confirmedAt: confirmedAt.getTime(),
      resolvedAt: resolvedAt?.getTime() ?? null,
    })),
    notices: notices.map(({ id, channelId, endpointId, incidentId, type, status, leaderId, createdAt }) => ({
      id,
      channel: nameOf.get(channelId) ?? channelId,
      endpoint: endpointId,
      incident: incidentId,
      type,
      status,
      leader: leaderId,
      createdAt: createdAt.getTime(),
    })),
    deliveries: deliveries.map(({ noticeId, attempt, status, startedAt }) => ({
      notice: noticeId,
      attempt,
      ok: status === 'delivered',
      startedAt: startedAt.getTime(),
    })),
  };
}

interface ProbeSeen {
  endpoint_seq: number;
  region: string;
  slot: Date;
  detail: Uint8Array;
}

/** When probes of an endpoint in a region began, in order. */
export interface Starts {
  of(seq: number, region: string): readonly number[];
  /** Of any region: the last one before `at`; null: none. */
  lastBefore(seq: number, regions: Iterable<string>, at: number): number | null;
  readonly duplicated: number;
}

export async function lookAtStarts(db: Db, span: Span): Promise<Starts> {
  const rows = await db.$queryRaw<ProbeSeen[]>`
    select p.endpoint_seq, r.name as region, p.slot, p.detail from probe p join region r on r.id = p.region_id
    where p.slot >= ${new Date(span.from)} and p.slot < ${new Date(span.to)}`;
  const starts = new Map<string, number[]>();
  const slots = new Set<string>();
  for (const row of rows) {
    const key = `${row.endpoint_seq} ${row.region}`;
    slots.add(`${key} ${row.slot.getTime()}`);
    const at = row.slot.getTime() + (decodeDetail(row.detail)?.startOffsetMs ?? 0);
    const list = starts.get(key);
    if (list) list.push(at);
    else starts.set(key, [at]);
  }
  for (const list of starts.values()) list.sort((a, b) => a - b);
  const of = (seq: number, region: string) => starts.get(`${seq} ${region}`) ?? [];
  return {
    of,
    duplicated: rows.length - slots.size,
    lastBefore: (seq, regions, at) =>
      [...regions].flatMap((region) => of(seq, region).findLast((start) => start <= at) ?? []).sort((a, b) => b - a)[0] ?? null,
  };
}

export interface GridSpan extends Span {
  readonly intervalMs: number;
  readonly allowedGapMs: number;
  /** By region: when nobody was there to probe. */
  readonly absences: ReadonlyMap<string, readonly Span[]>;
  /** Who was there when, to say of a gap what happened in it. */
  readonly presences: readonly Presence[];
}

/** How the grids of all endpoints and regions were kept between two instants. Pure. */
export function gridsKept(starts: Starts, fleet: readonly Registered[], span: GridSpan): SlotsSeen {
  const seen: Count = { expected: 0, missed: 0, longestGapMs: 0, longestOwnGapMs: 0, tooLong: 0, worst: null };
  for (const { id, seq, phases } of fleet) {
    for (const [region, phase] of phases)
      countGrid(seen, starts.of(seq, region), { ...span, endpoint: id, region, phase, away: span.absences.get(region) ?? [] });
  }
  const worst = seen.worst === null ? null : { ...seen.worst, away: whoWasAway(span.presences, seen.worst) };
  return { ...seen, worst, duplicated: starts.duplicated, allowedGapMs: span.allowedGapMs };
}

type Count = {
  expected: number;
  missed: number;
  longestGapMs: number;
  longestOwnGapMs: number;
  tooLong: number;
  worst: Omit<Gap, 'away'> | null;
};

const clock = (at: number) => new Date(at).toISOString().slice(11, 19);

/** Of the roles that a probe needs: which process was gone, from when on. */
function whoWasAway(presences: readonly Presence[], { region, from, to }: Omit<Gap, 'away'>): string[] {
  const needed = (one: Presence) => one.role === 'scheduler' || one.role === 'postgres' || (one.role === 'prober' && one.region === region);
  return presences.flatMap((one) =>
    needed(one) && one.to !== null && one.to >= from && one.to <= to ? [`a ${one.role} from ${clock(one.to)}`] : [],
  );
}

function countGrid(
  seen: Count,
  starts: readonly number[],
  span: GridSpan & { readonly endpoint: string; readonly region: string; readonly phase: number; readonly away: readonly Span[] },
): void {
  const { from, to, intervalMs, phase, away } = span;
  const first = phase + Math.ceil((from - phase) / intervalMs) * intervalMs;
  let k = 0;
  for (let slot = first; slot + intervalMs <= to; slot += intervalMs) {
    seen.expected += 1;
    while (k < starts.length && (starts[k] as number) < slot) k += 1;
    if (k >= starts.length || (starts[k] as number) >= slot + intervalMs) seen.missed += 1;
  }
  let last = from;
  for (const mark of [...starts.filter((at) => at > from && at < to), to]) {
    const gap = mark - last;
    seen.longestGapMs = Math.max(seen.longestGapMs, gap);
    // What is not above either cannot change anything: the overlap is reckoned for few.
    if (gap > Math.min(seen.longestOwnGapMs, span.allowedGapMs)) {
      const ownMs = gap - overlapMs(away, { from: last, to: mark });
      if (ownMs > span.allowedGapMs) seen.tooLong += 1;
      if (ownMs > seen.longestOwnGapMs) {
        seen.longestOwnGapMs = ownMs;
        seen.worst = { endpoint: span.endpoint, region: span.region, from: last, to: mark };
      }
    }
    last = mark;
  }
}
