import type { Event } from '@rollcall/contracts';
import { assertNever } from '@rollcall/core';
import { channelOf } from '../message/channel.ts';
import { groupOf, matterOf } from '../message/group.ts';

/** What an on-call service should do with its alert of this key. */
export type OnCallAction = 'trigger' | 'acknowledge' | 'resolve';

export interface OnCall {
  readonly action: OnCallAction;
  /** The same for every event of one matter, so that one alert opens, is acknowledged and closes. */
  readonly key: string;
  readonly severity: 'critical' | 'warning' | 'info';
}

/** Pure. Events of an incident share its id; a gap in the data and a certificate are matters of their own. */
export function onCallOf(event: Event, noticeId: string): OnCall {
  const { endpoint, incident, from } = event.data;
  const own = endpoint?.id ?? noticeId;
  const noData = `${own}:no_data`;
  const matter = matterOf(event) ?? (from === 'no_data' ? noData : own);
  switch (event.type) {
    case 'endpoint.down':
      return { action: 'trigger', key: matter, severity: 'critical' };
    case 'endpoint.degraded':
      return { action: 'trigger', key: matter, severity: 'warning' };
    case 'endpoint.recovered':
      // While others of the group are out the alert stays open.
      if ((groupOf(event)?.missing ?? 0) > 0) return { action: 'trigger', key: matter, severity: 'info' };
      return { action: 'resolve', key: matter, severity: 'info' };
    case 'endpoint.gated':
      // Not a failure: it closes the incident it ends, and alone it wakes nobody.
      return incident === null && from !== 'no_data'
        ? { action: 'trigger', key: noticeId, severity: 'info' }
        : { action: 'resolve', key: matter, severity: 'info' };
    case 'endpoint.no_data':
      return { action: 'trigger', key: groupOf(event) === null ? noData : matter, severity: 'warning' };
    case 'incident.acknowledged':
      return { action: 'acknowledge', key: matter, severity: 'info' };
    case 'certificate.expiring':
      return { action: 'trigger', key: `${own}:certificate`, severity: 'warning' };
    case 'channel.failing':
      return { action: 'trigger', key: `${channelOf(event).id || noticeId}:channel`, severity: 'warning' };
    case 'channel.recovered':
      return { action: 'resolve', key: `${channelOf(event).id || noticeId}:channel`, severity: 'info' };
    case 'tools.changed':
    case 'test':
    case 'status.confirm':
    case 'status.updated':
      return { action: 'trigger', key: noticeId, severity: 'info' };
    default:
      return assertNever(event.type);
  }
}
