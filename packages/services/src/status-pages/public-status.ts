import type { Impact, OverallStatus, PublicStatus, Publishing } from '@rollcall/contracts';
import { assertNever, type EndpointStatus } from '@rollcall/core';

/** The eight statuses of an endpoint in the five of the public. A server that asks for sign-in works. Pure. */
export function publicStatusOf(status: EndpointStatus): PublicStatus {
  switch (status) {
    case 'up':
    case 'gated':
      return 'operational';
    case 'degraded':
      return 'degraded';
    case 'down':
      return 'outage';
    case 'maintenance':
      return 'maintenance';
    case 'pending':
    case 'no_data':
    case 'paused':
      return 'unknown';
    default:
      return assertNever(status);
  }
}

/** Worst last: error over degraded over maintenance over unknown over operational. */
const RANK: readonly PublicStatus[] = ['operational', 'unknown', 'maintenance', 'degraded', 'outage'];

export function worseOf(a: PublicStatus, b: PublicStatus): PublicStatus {
  return RANK.indexOf(a) >= RANK.indexOf(b) ? a : b;
}

export interface Confirmed {
  readonly confirmedAt: Date;
  readonly resolvedAt: Date | null;
}

/** When an incident appears on a page that publishes like this; null: not, or not yet. One that ended before its time never does. Pure. */
export function publishedAt(incident: Confirmed, publishing: Publishing, now: Date): Date | null {
  if (publishing.mode === 'manual') return null;
  const delayMs = publishing.mode === 'delayed' ? publishing.minutes * 60_000 : 0;
  const due = incident.confirmedAt.getTime() + delayMs;
  if (due > now.getTime() || (delayMs > 0 && incident.resolvedAt !== null && incident.resolvedAt.getTime() < due)) return null;
  return new Date(due);
}

/** What a component shows: what is measured, as far as it is published, and what open reports say; the worse of both. Pure. */
export function componentStatus(
  component: { readonly status: EndpointStatus; readonly publishing: Publishing; readonly open: Confirmed | null },
  impacts: readonly Impact[],
  now: Date,
): PublicStatus {
  const raw = publicStatusOf(component.status);
  const fails = raw === 'degraded' || raw === 'outage';
  const told =
    !fails ||
    component.publishing.mode === 'auto' ||
    (component.open !== null && publishedAt(component.open, component.publishing, now) !== null);
  return impacts.reduce<PublicStatus>(worseOf, told ? raw : 'operational');
}

/** Of all components together. Pure. */
export function overallStatus(statuses: readonly PublicStatus[]): OverallStatus {
  const measured = statuses.filter((status) => status !== 'unknown');
  if (measured.length === 0) return 'unknown';
  const out = measured.filter((status) => status === 'outage').length;
  if (out > 0) return out === measured.length ? 'outage' : 'partial_outage';
  if (measured.includes('degraded')) return 'degraded';
  return measured.includes('maintenance') ? 'maintenance' : 'operational';
}
