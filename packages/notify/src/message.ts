import type { Cause, Event } from '@rollcall/contracts';
import { assertNever, type EventType } from '@rollcall/core';
import { channelName } from './message/channel.ts';
import { describeDetails } from './message/details.ts';
import { followUpOf } from './message/follow-up.ts';
import { formatInstant, formatSpan, plainUrl } from './message/format.ts';
import { groupOf, subjectOf } from './message/group.ts';
import { describeStatus } from './message/status.ts';
import { bound, clean, cleanBlock } from './text.ts';

/** How urgent a message is; each medium maps it to a colour, a priority or a tag, always beside words. */
export type Tone = 'down' | 'degraded' | 'recovered' | 'info';

export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** What every channel says, in plain text: cleaned and bounded, not yet escaped for a medium. */
export interface Message {
  readonly tone: Tone;
  /** One line: which endpoint, what. */
  readonly title: string;
  /** A sentence or two: why. */
  readonly summary: string;
  readonly facts: readonly Fact[];
  readonly fix: { readonly for: string; readonly text: string; readonly snippet: string | null } | null;
  /** Absolute http(s) URLs, in order of use. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

const MAX_CLIENTS = 8;

/** What an organization tells itself; the rest is for the subscribers of its status pages. */
type Alert = Event & { readonly type: EventType };

function isAlert(event: Event): event is Alert {
  return event.type !== 'status.confirm' && event.type !== 'status.updated';
}

/** Pure: the same event gives the same words in every medium and on every retry. */
export function describe(event: Event, publicUrl: string): Message {
  if (!isAlert(event)) return describeStatus(event);
  const { incident } = event.data;
  const cause = incident?.cause ?? null;
  return {
    tone: toneOf(event),
    title: titleOf(event, subjectOf(event), cause),
    summary: summaryOf(event, cause),
    facts: factsOf(event, cause),
    fix: showsFault(event) ? fixOf(cause) : null,
    links: linksOf(event, cause, publicUrl),
  };
}

function toneOf(event: Alert): Tone {
  switch (event.type) {
    case 'endpoint.down':
      return 'down';
    case 'endpoint.degraded':
    case 'endpoint.no_data':
    case 'certificate.expiring':
    case 'channel.failing':
      return 'degraded';
    case 'channel.recovered':
    case 'endpoint.recovered':
      return 'recovered';
    case 'endpoint.gated':
    case 'incident.acknowledged':
    case 'tools.changed':
    case 'test':
      return 'info';
    default:
      return assertNever(event.type);
  }
}

/** Whether the endpoint is broken while this message is read; only then does a fix belong in it. */
function showsFault(event: Event): boolean {
  return event.type === 'endpoint.down' || event.type === 'endpoint.degraded' || event.type === 'incident.acknowledged';
}

function titleOf(event: Alert, name: string, cause: Cause | null): string {
  const causeTitle = cause === null ? '' : `: ${clean(cause.title, 120)}`;
  const flapping = flappingOf(event);
  if (flapping?.phase === 'started') return `Flapping: ${name} changed ${flapping.changes} times within ten minutes`;
  if (flapping?.phase === 'ended') return `Calm again: ${name} is ${event.data.to ?? 'up'} after ${flapping.changes} changes`;
  const again = followUpOf(event);
  if (again?.kind === 'reminder')
    return `Still ${event.type === 'endpoint.degraded' ? 'degraded' : 'down'}: ${name}, nobody has it for ${formatSpan(again.minutes * 60_000)}${causeTitle}`;
  if (again?.kind === 'escalation')
    return `Not acknowledged: ${name} is ${event.type === 'endpoint.degraded' ? 'degraded' : 'down'}${causeTitle}`;
  switch (event.type) {
    case 'endpoint.down':
      return `Down: ${name}${causeTitle}`;
    case 'endpoint.degraded':
      return `Degraded: ${name}${causeTitle}`;
    case 'endpoint.recovered': {
      const span = downSpan(event);
      return span === null ? `Recovered: ${name}` : `Recovered: ${name}, after ${span}`;
    }
    case 'endpoint.gated':
      return `Requires sign-in: ${name}`;
    case 'endpoint.no_data':
      return `No data: ${name} could not be measured`;
    case 'incident.acknowledged':
      return `Acknowledged: ${name}${causeTitle}`;
    case 'tools.changed':
      return `Tools changed: ${name}`;
    case 'certificate.expiring':
      return `Certificate expires soon: ${name}`;
    case 'channel.failing':
      return `Channel out of order: ${channelName(event)}`;
    case 'channel.recovered':
      return `Channel works again: ${channelName(event)}`;
    case 'test':
      return 'Test message from Rollcall';
    default:
      return assertNever(event.type);
  }
}

/** The note of a flapping endpoint; the member is open by contract, so it is checked before it is believed. */
function flappingOf(event: Event): { phase: string; changes: number } | null {
  const value = event.data.details?.['flapping'];
  if (typeof value !== 'object' || value === null || !('phase' in value) || !('changes' in value)) return null;
  return { phase: String(value.phase), changes: Number(value.changes) };
}

function summaryOf(event: Alert, cause: Cause | null): string {
  const flapping = flappingOf(event);
  if (flapping?.phase === 'started')
    return 'The endpoint goes down and comes back again and again. Further changes are kept on its timeline and told together once it is calm.';
  if (flapping?.phase === 'ended')
    return 'Nothing has changed for ten minutes. This is how it stands; the changes before are on its timeline.';
  const group = groupOf(event);
  if (event.type === 'endpoint.recovered' && group !== null && group.missing > 0)
    return `${group.named === 1 ? 'One endpoint answers' : `${group.named} endpoints answer`} again, confirmed by repeated probes. ${group.missing} of the ${group.size} that failed together ${group.missing === 1 ? 'is' : 'are'} still out.`;
  switch (event.type) {
    case 'endpoint.down':
    case 'endpoint.degraded':
    case 'incident.acknowledged':
      return cause === null ? 'The endpoint does not answer as it should.' : firstSentence(cause.explanation);
    case 'endpoint.recovered':
      return cause === null
        ? 'The endpoint answers again, confirmed by repeated probes.'
        : `The endpoint answers again, confirmed by repeated probes. The cause was: ${clean(cause.title, 160)}.`;
    case 'endpoint.gated':
      return 'The endpoint answers but asks for sign-in. This is not counted as a failure; add credentials to probe beyond it.';
    case 'endpoint.no_data':
      return 'No probe of this endpoint could be completed for two intervals. Nothing is known about its health since then.';
    case 'tools.changed':
      return 'The tool list this server offers is not the one seen before. Clients may hold on to the old one.';
    case 'certificate.expiring':
      return 'The TLS certificate of this endpoint is about to expire. When it does, every client refuses the connection.';
    case 'channel.failing':
      return 'Alerts to this channel could not be delivered and are tried again for a day. Its delivery log shows the answers; until it works you are told here.';
    case 'channel.recovered':
      return 'Alerts to this channel are delivered again, with those that were waiting.';
    case 'test':
      return 'This channel works. Alerts for its routes will arrive here.';
    default:
      return assertNever(event.type);
  }
}

/** Up to the first full stop that ends a sentence, so that an alert stays readable on a phone. */
function firstSentence(text: string): string {
  const line = clean(text, 2000);
  const end = line.search(/[.!?](\s|$)/);
  return bound(end === -1 ? line : line.slice(0, end + 1), 400);
}

function downSpan(event: Event): string | null {
  const incident = event.data.incident;
  if (incident === null) return null;
  const end = Date.parse(incident.resolvedAt ?? event.timestamp);
  const span = end - Date.parse(incident.openedAt);
  return Number.isFinite(span) && span >= 0 ? formatSpan(span) : null;
}

function factsOf(event: Event, cause: Cause | null): Fact[] {
  const { endpoint, incident, from, to } = event.data;
  const facts: Fact[] = [];
  const add = (label: string, text: string | null) => {
    if (text !== null && text !== '') facts.push({ label, text });
  };
  // Of several, the list of them tells more than the first one's address.
  const several = (groupOf(event)?.named ?? 1) > 1;
  if (endpoint !== null && !several) add('Endpoint', plainUrl(endpoint.url));
  if (from !== null && to !== null) add('Status', `${clean(from, 40)} → ${clean(to, 40)}`);
  if (incident !== null) {
    add('Since', formatInstant(incident.openedAt));
    if (incident.resolvedAt !== null) add('Until', formatInstant(incident.resolvedAt));
  } else {
    add('At', formatInstant(event.timestamp));
  }
  if (cause !== null) add('Cause', `${clean(cause.code, 80)}${cause.confidence === 'suspected' ? ' (suspected)' : ''}`);
  if (incident !== null && showsFault(event)) add('Affected clients', clientsOf(incident.affectedClients));
  const again = followUpOf(event);
  if (again?.kind === 'escalation') add('Escalated', `${formatSpan(again.minutes * 60_000)} after ${again.from} was told`);
  if (again?.kind === 'reminder') add('Reminder', String(again.count));
  for (const fact of describeDetails(event)) add(fact.label, fact.text);
  if (endpoint !== null && !several && endpoint.tags.length > 0) add('Tags', clean(endpoint.tags.slice(0, 10).join(', '), 200));
  return facts;
}

function clientsOf(clients: readonly { name: string }[]): string {
  if (clients.length === 0) return 'none known';
  const names = clients.slice(0, MAX_CLIENTS).map((client) => clean(client.name, 60));
  const rest = clients.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

function fixOf(cause: Cause | null): Message['fix'] {
  const fix = cause?.fixes[0];
  if (fix === undefined) return null;
  return {
    for: clean(fix.for, 40),
    text: clean(fix.text, 400),
    snippet: fix.snippet === undefined ? null : cleanBlock(fix.snippet, 800),
  };
}

function linksOf(event: Event, cause: Cause | null, publicUrl: string): Message['links'] {
  const links: { label: string; url: string }[] = [];
  const add = (label: string, url: string | null) => {
    if (url !== null) links.push({ label, url });
  };
  const { endpoint, incident } = event.data;
  if (incident !== null) {
    const url = absolute(incident.url, publicUrl);
    add('Open incident', url);
    // A page with a button: mail scanners follow links, so the link itself must change nothing.
    if (url !== null && incident.resolvedAt === null && event.type !== 'incident.acknowledged') add('Acknowledge', withQuery(url));
  } else if (endpoint !== null) {
    add('Open endpoint', absolute(`/endpoints/${encodeURIComponent(endpoint.id)}`, publicUrl));
  } else {
    const ofChannel = event.type === 'channel.failing' || event.type === 'channel.recovered';
    add(ofChannel ? 'Open channels' : 'Open Rollcall', absolute(ofChannel ? '/channels' : '/', publicUrl));
  }
  if (cause !== null) add('About this cause', absolute(cause.docs, publicUrl));
  return links;
}

function absolute(target: string, publicUrl: string): string | null {
  try {
    const url = new URL(target, `${publicUrl}/`);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

function withQuery(target: string): string {
  const url = new URL(target);
  url.searchParams.set('acknowledge', '1');
  return url.href;
}
