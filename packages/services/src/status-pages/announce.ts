import type { Event, PublicIncident } from '@rollcall/contracts';
import { incidentWords } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { pgJson } from '../probes/pg-json.ts';
import { type PageRow, withComponents } from './page-row.ts';
import { modeOf, publicIncident } from './public-incident.ts';
import { publishedAt } from './public-status.ts';

/** What appeared longer ago than this is no news: a page that gets its first subscriber tells no old stories. */
const NEWS_MS = 24 * 3_600_000;
/** The longest delay of publication. */
const MAX_DELAY_MS = 24 * 3_600_000;
const CHUNK = 1000;

/** Who is told: all who had confirmed by then. */
interface Telling {
  readonly page: Pick<PageRow, 'id' | 'organizationId' | 'title' | 'components'>;
  readonly pageUrl: string;
  readonly incident: PublicIncident;
  /** Makes each message one: the id of the update. */
  readonly updateId: string;
  readonly confirmedBy: Date;
  readonly now: Date;
}

/** What is ours of it in the subscriber's language; what people wrote as they wrote it. */
function wordsIn(language: string, incident: PublicIncident, update: PublicIncident['updates'][number], components: readonly string[]) {
  if (incident.kind === 'report') return { title: incident.title, text: update.text };
  const words = incidentWords(language, incident.impact === 'outage', components);
  return { title: words.title, text: update.status === 'resolved' ? words.resolved : words.opened };
}

/** Puts one message a subscriber into the outbox, in the transaction of what it tells. Answers with how many. */
export async function tellSubscribers(tx: Tx, telling: Telling): Promise<number> {
  const { page, incident, updateId, now } = telling;
  const update = incident.updates.find(({ id }) => id === updateId) ?? incident.updates[0];
  const subscribers = await tx.statusSubscriber.findMany({
    where: { pageId: page.id, confirmedAt: { lte: telling.confirmedBy } },
    select: { channelId: true, language: true },
  });
  if (subscribers.length === 0 || update === undefined) return 0;
  const names = new Map(page.components.map(({ slug, name }) => [slug, name]));
  const components = incident.components.map((slug) => names.get(slug) ?? slug);
  const eventIn = (language: string): Event => ({
    type: 'status.updated',
    timestamp: now.toISOString(),
    data: {
      endpoint: null,
      incident: null,
      from: null,
      to: null,
      page: { title: page.title, url: telling.pageUrl, language },
      entry: {
        id: incident.id,
        kind: incident.kind,
        ...wordsIn(language, incident, update, components),
        status: update.status,
        components,
        startedAt: incident.startedAt,
        resolvedAt: incident.resolvedAt,
        url: incident.url,
      },
    },
  });
  const payloads = new Map<string, Prisma.InputJsonValue>();
  for (const { language } of subscribers)
    if (!payloads.has(language)) payloads.set(language, JSON.parse(pgJson(eventIn(language))) as Prisma.InputJsonValue);
  const rows = subscribers.map(({ channelId, language }) => ({
    id: newId('msg', now.getTime()),
    organizationId: page.organizationId,
    channelId,
    type: 'status.updated',
    dedupeKey: `status/${updateId}/${channelId}`,
    payload: payloads.get(language) ?? {},
    nextAttemptAt: now,
    createdAt: now,
  }));
  let count = 0;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const made = await tx.notice.createMany({ data: rows.slice(from, from + CHUNK), skipDuplicates: true });
    count += made.count;
  }
  return count;
}

/**
 * Tells the subscribers of every page what has been measured and is due to appear there. Each appearance and each end
 * is told once, whoever finds it, however many look. Answers with the number of messages.
 */
export async function announceIncidents(db: Db, options: { readonly publicUrl: string; readonly now: Date }): Promise<number> {
  const pages = await db.statusPage.findMany({
    where: { published: true, subscribers: { some: { confirmedAt: { not: null } } } },
    include: withComponents,
  });
  let told = 0;
  for (const page of pages) told += await announceOn(db, page, options);
  return told;
}

async function announceOn(db: Db, page: PageRow, { publicUrl, now }: { publicUrl: string; now: Date }): Promise<number> {
  const since = new Date(now.getTime() - NEWS_MS - MAX_DELAY_MS);
  const incidents = await db.incident.findMany({
    where: {
      organizationId: page.organizationId,
      endpointId: { in: page.components.map(({ endpointId }) => endpointId) },
      OR: [{ confirmedAt: { gt: since } }, { resolvedAt: { gt: since } }],
    },
    select: { id: true, endpointId: true, severity: true, openedAt: true, confirmedAt: true, resolvedAt: true },
    orderBy: { id: 'asc' },
  });
  if (incidents.length === 0) return 0;
  const known = await db.statusAnnouncement.findMany({ where: { pageId: page.id, incidentId: { in: incidents.map(({ id }) => id) } } });
  const announced = new Map(known.map((row) => [`${row.incidentId}/${row.phase}`, row.at]));
  let told = 0;
  for (const incident of incidents) {
    const appeared = page.components
      .filter(({ endpointId }) => endpointId === incident.endpointId)
      .flatMap((component) => publishedAt(incident, modeOf(component, page), now) ?? [])
      .sort((a, b) => a.getTime() - b.getTime())[0];
    const opened = announced.get(`${incident.id}/opened`);
    if (appeared === undefined || (opened === undefined && appeared.getTime() < now.getTime() - NEWS_MS)) continue;
    const phase = opened === undefined ? 'opened' : 'resolved';
    if (phase === 'resolved' && (incident.resolvedAt === null || announced.has(`${incident.id}/resolved`))) continue;
    // The end of an incident that nobody heard of is told next time: first things first.
    const shown = publicIncident(phase === 'opened' ? { ...incident, resolvedAt: null } : incident, page, publicUrl, now);
    if (shown === null) continue;
    told += await announceOnce(db, page, { shown, phase, confirmedBy: opened ?? appeared, now });
  }
  return told;
}

async function announceOnce(
  db: Db,
  page: PageRow,
  { shown, phase, confirmedBy, now }: { shown: PublicIncident; phase: 'opened' | 'resolved'; confirmedBy: Date; now: Date },
): Promise<number> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.statusAnnouncement.createMany({
      data: [{ pageId: page.id, incidentId: shown.id, phase, at: now }],
      skipDuplicates: true,
    });
    if (count === 0) return 0;
    const pageUrl = shown.url.slice(0, shown.url.lastIndexOf('/incidents/'));
    return tellSubscribers(tx, { page, pageUrl, incident: shown, updateId: `${shown.id}-${phase}`, confirmedBy, now });
  });
}
