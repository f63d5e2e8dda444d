import type { Event } from '@rollcall/contracts';
import { clean } from '../text.ts';

/** That a message tells again what was told before, and why (services/notices/follow-ups.ts). */
export type FollowUp =
  | { readonly kind: 'reminder'; readonly count: number; readonly minutes: number }
  | { readonly kind: 'escalation'; readonly minutes: number; readonly from: string };

/** The member is open by contract, so it is checked before it is believed. */
export function followUpOf(event: Event): FollowUp | null {
  const { reminder, escalation } = event.data.details ?? {};
  if (typeof reminder === 'object' && reminder !== null) {
    const { count, sinceMinutes } = reminder as Record<string, unknown>;
    if (typeof count === 'number' && typeof sinceMinutes === 'number') return { kind: 'reminder', count, minutes: sinceMinutes };
  }
  if (typeof escalation === 'object' && escalation !== null) {
    const { afterMinutes, from } = escalation as Record<string, unknown>;
    if (typeof afterMinutes === 'number' && typeof from === 'string')
      return { kind: 'escalation', minutes: afterMinutes, from: clean(from, 80) };
  }
  return null;
}
