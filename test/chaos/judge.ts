export interface FaultDone {
  readonly endpoint: string;
  readonly from: number;
  readonly to: number;
  /** Of that time nobody was there who could have noticed: no scheduler, no prober or no database. */
  readonly absentMs: number;
}

/** What was done to the endpoints, in epoch ms. */
export interface Truth {
  readonly faults: readonly FaultDone[];
  /** A fault of this length must have its incident; one shorter than `neverMs` must have none. */
  readonly mustMs: number;
  readonly neverMs: number;
  /** How much earlier than it met the fault a probe may have begun. */
  readonly slackMs: number;
  /** Endpoints whose outage nobody shares: what is told of them waits for nobody. */
  readonly alone: ReadonlySet<string>;
  /** So long an endpoint must have gone without a probe before anybody hears of it. */
  readonly silenceMs: number;
  /** Nothing was killed: then the promise of the first attempt holds. */
  readonly calm: boolean;
}

export interface IncidentSeen {
  readonly id: string;
  readonly endpoint: string;
  readonly openedAt: number;
  readonly confirmedAt: number;
  readonly resolvedAt: number | null;
}

export interface NoticeSeen {
  readonly id: string;
  readonly channel: string;
  readonly endpoint: string | null;
  readonly incident: string | null;
  readonly type: string;
  readonly status: string;
  /** The notice that names its endpoint as well, when it was told with others. */
  readonly leader: string | null;
  /** How long before it was written the endpoint's last probe had begun. */
  readonly silentForMs: number;
}

export interface DeliverySeen {
  readonly notice: string;
  readonly attempt: number;
  readonly ok: boolean;
  readonly startedAt: number;
}

/** One request at a webhook. */
export interface Received {
  readonly channel: string;
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly endpoints: readonly string[];
  /** Digest of the body. */
  readonly body: string;
  readonly signed: boolean;
  /** Null: the connection was cut or kept silent. */
  readonly answered: number | null;
}

/** A time in which an endpoint was not probed from a region, in epoch ms. */
export interface Gap {
  readonly endpoint: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
  /** Who was not there meanwhile, in words. */
  readonly away: readonly string[];
}

/** Of all grids of all endpoints and regions. */
export interface SlotsSeen {
  readonly expected: number;
  /** No probe began between the slot and the next. */
  readonly missed: number;
  readonly duplicated: number;
  readonly longestGapMs: number;
  /** Without the time in which nobody was there to probe. */
  readonly longestOwnGapMs: number;
  readonly allowedGapMs: number;
  /** How many gaps were longer than is allowed, and the longest of them. */
  readonly tooLong: number;
  readonly worst: Gap | null;
}

export interface Seen {
  readonly incidents: readonly IncidentSeen[];
  readonly notices: readonly NoticeSeen[];
  readonly deliveries: readonly DeliverySeen[];
  readonly received: readonly Received[];
  /** The channels whose receiver we are. */
  readonly webhooks: ReadonlySet<string>;
  /** Every channel that is to be told. */
  readonly channels: readonly string[];
  readonly slots: SlotsSeen;
}

export interface Figures {
  faults: number;
  faultsThatMust: number;
  /** Changes that were confirmed: incidents opened and resolved. */
  confirmed: number;
  incidents: number;
  missed: number;
  falseIncidents: number;
  notices: number;
  messages: number;
  deliveries: number;
  /** Messages that needed more than one attempt. */
  retried: number;
  lost: number;
  duplicates: number;
  /** Messages that came again, under their id, although they had been taken: the sender was killed before it could note that. */
  repeated: number;
  silences: number;
  falseSilences: number;
  firstAttemptMsP50: number | null;
  firstAttemptMsP95: number | null;
  slots: number;
  slotsLost: number;
  slotsDuplicated: number;
  longestGapSeconds: number;
  longestOwnGapSeconds: number;
}

export interface Verdict {
  readonly figures: Figures;
  /** A line for each promise that broke; empty: all held. */
  readonly broken: readonly string[];
}

const FIRST_ATTEMPT_MS = 5000;
const OPENING = new Set(['endpoint.down', 'endpoint.degraded']);

/** Compares what was done with what is recorded and what arrived. Pure. */
export function judge(truth: Truth, seen: Seen): Verdict {
  const broken: string[] = [];
  const incidents = judgeIncidents(truth, seen, broken);
  const told = judgeNotices(seen, broken);
  const arrived = judgeArrivals(seen, broken);
  const silences = seen.notices.filter(({ type }) => type === 'endpoint.no_data');
  const falseSilences = silences.filter(({ silentForMs }) => silentForMs < truth.silenceMs).length;
  if (falseSilences > 0) broken.push(`${falseSilences} notices say that nothing was measured, too soon`);
  const { slots } = seen;
  if (slots.duplicated > 0) broken.push(`${slots.duplicated} slots were recorded twice`);
  if (slots.longestOwnGapMs > slots.allowedGapMs) broken.push(gapLine(slots));
  const waits = firstAttempts(truth, seen);
  const p95 = percentile(waits, 0.95);
  if (truth.calm && p95 !== null && p95 > FIRST_ATTEMPT_MS)
    broken.push(`the first attempt began ${seconds(p95)} after the confirmation (p95); promised are ${seconds(FIRST_ATTEMPT_MS)}`);
  if (truth.calm && arrived.repeated > 0) broken.push(`${arrived.repeated} messages came again although nothing was killed`);
  return {
    figures: {
      faults: truth.faults.length,
      faultsThatMust: truth.faults.filter((fault) => mustBeTold(truth, fault)).length,
      confirmed: seen.incidents.length + seen.incidents.filter(({ resolvedAt }) => resolvedAt !== null).length,
      incidents: seen.incidents.length,
      missed: incidents.missed,
      falseIncidents: incidents.wrong,
      notices: seen.notices.length,
      messages: seen.notices.filter(({ leader }) => leader === null).length,
      deliveries: seen.deliveries.length,
      retried: seen.deliveries.filter(({ attempt }) => attempt === 2).length,
      lost: told.lost + arrived.lost,
      duplicates: incidents.twice + told.twice + arrived.twice,
      repeated: arrived.repeated,
      silences: silences.length,
      falseSilences,
      firstAttemptMsP50: percentile(waits, 0.5),
      firstAttemptMsP95: p95,
      slots: slots.expected,
      slotsLost: slots.missed,
      slotsDuplicated: slots.duplicated,
      longestGapSeconds: Math.round(slots.longestGapMs / 100) / 10,
      longestOwnGapSeconds: Math.round(slots.longestOwnGapMs / 100) / 10,
    },
    broken,
  };
}

function gapLine({ tooLong, worst, longestOwnGapMs, allowedGapMs }: SlotsSeen): string {
  const whose = worst === null ? 'an endpoint' : `${worst.endpoint} in ${worst.region}`;
  const when = worst === null ? '' : ` from ${time(worst.from)} to ${time(worst.to)}`;
  const away = worst === null || worst.away.length === 0 ? 'nobody was away' : `away meanwhile: ${worst.away.join(', ')}`;
  return (
    `${whose} was not probed${when}, ${seconds(longestOwnGapMs)} of it although somebody was there; allowed are ${seconds(allowedGapMs)}; ` +
    `${away}; ${tooLong} gaps are too long`
  );
}

/** Every fault long enough has one incident, and every incident is one fault's that was not too short. */
function judgeIncidents(truth: Truth, seen: Seen, broken: string[]): { missed: number; wrong: number; twice: number } {
  const count = { missed: 0, wrong: 0, twice: 0 };
  const left = new Set(seen.incidents);
  const byEndpoint = groupBy(seen.incidents, ({ endpoint }) => endpoint);
  for (const fault of truth.faults) {
    const { endpoint, from, to } = fault;
    const own = (byEndpoint.get(endpoint) ?? []).filter(
      ({ openedAt }) => openedAt >= from - truth.slackMs && openedAt <= to + truth.slackMs,
    );
    for (const incident of own) left.delete(incident);
    const what = `the fault of ${endpoint} from ${time(from)} for ${seconds(to - from)}`;
    if (own.length === 0 && mustBeTold(truth, fault)) {
      count.missed += 1;
      broken.push(`missed: ${what} has no incident`);
    }
    if (own.length > 0 && to - from < truth.neverMs) {
      count.wrong += 1;
      broken.push(`false: ${what} is too short for an incident`);
    }
    if (own.length > 1) {
      count.twice += own.length - 1;
      broken.push(`duplicate: ${what} has ${own.length} incidents`);
    }
    for (const { id, resolvedAt } of own) {
      if (resolvedAt === null) broken.push(`${id} is still open after ${what}`);
      else if (resolvedAt < to - truth.slackMs) broken.push(`${id} was resolved at ${time(resolvedAt)}, before the end of ${what}`);
    }
  }
  for (const { id, endpoint, openedAt } of left) {
    count.wrong += 1;
    broken.push(`false: ${id} of ${endpoint} at ${time(openedAt)} has no fault`);
  }
  return count;
}

/** Each channel has exactly one notice of each beginning and of each end, and it is done. */
function judgeNotices(seen: Seen, broken: string[]): { lost: number; twice: number } {
  const count = { lost: 0, twice: 0 };
  const byId = new Map(seen.notices.map((notice) => [notice.id, notice]));
  const byIncident = groupBy(seen.notices, ({ incident }) => incident ?? '');
  for (const { id, resolvedAt } of seen.incidents) {
    const own = byIncident.get(id) ?? [];
    const begins = own.filter(({ type }) => OPENING.has(type));
    const ends = own.filter(({ type }) => type === 'endpoint.recovered');
    for (const channel of seen.channels) {
      for (const [what, list, wanted] of [
        ['beginning', begins, 1],
        ['end', ends, resolvedAt === null ? 0 : 1],
      ] as const) {
        const found = list.filter((notice) => notice.channel === channel).length;
        if (found < wanted) {
          count.lost += 1;
          broken.push(`lost: nobody wrote a notice of the ${what} of ${id} for ${channel}`);
        } else if (found > wanted) {
          count.twice += found - wanted;
          broken.push(`duplicate: ${found} notices of the ${what} of ${id} for ${channel}`);
        }
      }
    }
  }
  for (const notice of seen.notices) {
    const { status } = byId.get(notice.leader ?? notice.id) ?? { status: 'gone' };
    if (status === 'delivered') continue;
    count.lost += 1;
    broken.push(`lost: ${notice.type} ${notice.id} for ${notice.channel} is ${status}`);
  }
  return count;
}

/** What is noted as delivered did arrive, signed, under an id and with a body of its own. */
function judgeArrivals(seen: Seen, broken: string[]): { lost: number; twice: number; repeated: number } {
  const count = { lost: 0, twice: 0, repeated: 0 };
  const byKey = groupBy(seen.received, ({ channel, id }) => `${channel} ${id}`);
  const known = new Set(seen.notices.map(({ channel, id }) => `${channel} ${id}`));
  for (const [key, requests] of byKey) {
    if (!known.has(key)) {
      count.twice += 1;
      broken.push(`unknown: ${key} arrived and is no notice`);
    }
    if (new Set(requests.map(({ body }) => body)).size > 1) {
      count.twice += 1;
      broken.push(`duplicate: ${key} has several bodies`);
    }
    if (requests.some(({ signed }) => !signed)) broken.push(`${key} came without a valid signature`);
    count.repeated += Math.max(0, requests.filter(({ answered }) => isTaken(answered)).length - 1);
  }
  for (const notice of seen.notices) {
    if (!seen.webhooks.has(notice.channel)) continue;
    const taken = byKey.get(`${notice.channel} ${notice.leader ?? notice.id}`)?.find(({ answered }) => isTaken(answered));
    if (taken && (notice.endpoint === null || taken.endpoints.includes(notice.endpoint))) continue;
    count.lost += 1;
    broken.push(
      taken
        ? `lost: ${taken.id} at ${notice.channel} does not name ${notice.endpoint}`
        : `lost: ${notice.type} ${notice.id} never arrived at ${notice.channel}`,
    );
  }
  return count;
}

/** From the confirmation of an outage to the first attempt to tell it, over the webhooks and the endpoints that fail alone. */
function firstAttempts(truth: Truth, seen: Seen): number[] {
  const confirmed = new Map(seen.incidents.map(({ id, confirmedAt }) => [id, confirmedAt]));
  const first = new Map(seen.deliveries.filter(({ attempt }) => attempt === 1).map(({ notice, startedAt }) => [notice, startedAt]));
  return seen.notices
    .flatMap(({ id, leader, channel, endpoint, incident, type }) => {
      const from = confirmed.get(incident ?? '');
      const at = first.get(leader ?? id);
      const counts = OPENING.has(type) && seen.webhooks.has(channel) && truth.alone.has(endpoint ?? '');
      return counts && from !== undefined && at !== undefined ? [at - from] : [];
    })
    .sort((a, b) => a - b);
}

const mustBeTold = ({ mustMs }: Truth, { from, to, absentMs }: FaultDone) => to - from - absentMs >= mustMs;
const isTaken = (answered: number | null) => answered !== null && answered >= 200 && answered < 300;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const time = (at: number) => new Date(at).toISOString().slice(11, 23);

export function percentile(sorted: readonly number[], p: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? null;
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
