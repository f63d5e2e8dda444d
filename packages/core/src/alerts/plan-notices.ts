import type { StateEvent } from '../state/step.ts';
import type { EndpointStatus, EventType, Severity } from '../terms.ts';

/** Which notices a channel takes: members of a route are ANDed, routes are ORed, no route at all means everything. */
export interface NoticeRoute {
  readonly tags?: readonly string[] | undefined;
  readonly endpoints?: readonly string[] | undefined;
  readonly events?: readonly EventType[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
}

export interface ChannelRoutes {
  readonly id: string;
  readonly enabled: boolean;
  readonly routes: readonly NoticeRoute[];
  /** Takes nothing by its routes, only what is escalated to it. */
  readonly standby?: boolean | undefined;
}

/** What is to be told, as routes see it. */
export interface Routed {
  readonly type: EventType;
  readonly severity: Severity;
  readonly endpoint: { readonly id: string; readonly tags: readonly string[] };
  /** Channels that were told of the outage which this goes on with: by their routes, or by escalation. */
  readonly told?: ReadonlyMap<string, 'route' | 'escalation'> | undefined;
}

/** How bad what an event tells is; what goes on with an incident is as bad as the incident. */
export function severityOf(type: EventType, incident: Severity | null): Severity {
  switch (type) {
    case 'endpoint.down':
      return 'down';
    case 'endpoint.degraded':
      return 'degraded';
    case 'endpoint.recovered':
    case 'incident.acknowledged':
      return incident ?? 'degraded';
    case 'endpoint.no_data':
    case 'certificate.expiring':
      return 'degraded';
    default:
      return 'notice';
  }
}

export function routeMatches(route: NoticeRoute, { type, severity, endpoint, told }: Routed, channelId: string): boolean {
  if (route.events?.length && !route.events.includes(type)) return false;
  if (route.endpoints?.length && !route.endpoints.includes(endpoint.id)) return false;
  // Who was told that it is down is told that it is up, although it has become "degraded" in between.
  if (route.severities?.length && !route.severities.includes(severity) && !told?.has(channelId)) return false;
  return !route.tags?.length || route.tags.some((tag) => endpoint.tags.includes(tag));
}

/** The channels that want this event of this endpoint. Pure. */
export function matchChannels<C extends ChannelRoutes>(channels: readonly C[], routed: Routed): C[] {
  return channels.filter(({ id, enabled, routes, standby }) => {
    if (!enabled) return false;
    if (routed.told?.get(id) === 'escalation') return true;
    return standby !== true && (routes.length === 0 || routes.some((route) => routeMatches(route, routed, id)));
  });
}

export interface PlannedEvent {
  readonly type: EventType;
  readonly from: EndpointStatus;
  readonly to: EndpointStatus;
  readonly at: number;
  /** It changes too often. `started`: further changes are held. `ended`: what there was meanwhile. */
  readonly flapping?: { readonly phase: 'started' | 'ended'; readonly changes: number; readonly since: number } | undefined;
}

/** Whom a change of status is worth a message, and which: at most one for each step of the state machine. */
export function plannedEvent(events: readonly StateEvent[]): PlannedEvent | null {
  if (events.some((event) => event.type === 'flapping.held')) return null;
  const ended = events.find((event) => event.type === 'flapping.ended');
  if (ended) {
    const { at, changes, since, status } = ended;
    const type = status === 'down' ? 'endpoint.down' : status === 'degraded' ? 'endpoint.degraded' : 'endpoint.recovered';
    return { type, from: status, to: status, at, flapping: { phase: 'ended', changes, since } };
  }
  const change = events.find((event) => event.type === 'status.changed');
  if (!change) return null;
  const { from, to, at } = change;
  if (change.untold === true && to === 'up') return null;
  const resolved = events.find((event) => event.type === 'incident.resolved');
  const type = eventTypeOf(
    from,
    to,
    events.some((event) => event.type === 'incident.opened'),
    resolved?.reason ?? null,
  );
  if (type === null) return null;
  const started = events.find((event) => event.type === 'flapping.started');
  return { type, from, to, at, ...(started ? { flapping: { phase: 'started', changes: started.changes, since: started.at } } : {}) };
}

function eventTypeOf(
  from: EndpointStatus,
  to: EndpointStatus,
  opened: boolean,
  resolved: 'recovered' | 'gated' | 'paused' | null,
): EventType | null {
  if (resolved === 'recovered' || resolved === 'gated') return 'endpoint.recovered';
  switch (to) {
    case 'down':
      // Back from silence into an incident that everybody knows of is no second page.
      return opened || from === 'degraded' ? 'endpoint.down' : null;
    case 'degraded':
      // From down to degraded the incident goes on; its timeline tells.
      return opened ? 'endpoint.degraded' : null;
    case 'no_data':
      return 'endpoint.no_data';
    case 'gated':
      return from === 'pending' || from === 'maintenance' ? null : 'endpoint.gated';
    case 'up':
      return from === 'no_data' ? 'endpoint.recovered' : null;
    default:
      return null;
  }
}
