import { EVENT_TYPES, type EventType, type Severity } from '@rollcall/core';

/** The word for what a channel is told. */
export const EVENT_LABEL: Record<EventType, string> = {
  'endpoint.down': 'Down',
  'endpoint.degraded': 'Degraded',
  'endpoint.recovered': 'Recovered',
  'endpoint.gated': 'Sign-in required',
  'endpoint.no_data': 'No data',
  'incident.acknowledged': 'Acknowledged',
  'tools.changed': 'Tools changed',
  'certificate.expiring': 'Certificate expiring',
  'channel.failing': 'A channel fails',
  'channel.recovered': 'A channel works again',
  test: 'Test',
};
export const SEVERITY_LABEL: Record<Severity, string> = { down: 'Down', degraded: 'Degraded', notice: 'Notice' };

/** A test is sent by hand and takes no route. */
export const CHOOSABLE_EVENTS = EVENT_TYPES.filter((type) => type !== 'test');
