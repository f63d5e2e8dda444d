import type { Event } from '@rollcall/contracts';
import { clean } from '../text.ts';

/** What a notice of several endpoints says about them (services/notices/form-groups.ts). */
export interface Group {
  /** Endpoints named in this message. */
  readonly named: number;
  /** Endpoints of the matter: those of the message that told the outage. */
  readonly size: number;
  /** On recovery: how many of them are still out. */
  readonly missing: number;
  /** What they share, e.g. `host example.com`; null: nothing that all of them do. */
  readonly by: string | null;
}

/** The member is open by contract, so it is checked before it is believed. Null: the event is about one endpoint that was told alone. */
export function groupOf(event: Event): Group | null {
  const group = event.data.details?.['group'];
  const endpoints = event.data.details?.['endpoints'];
  if (typeof group !== 'object' || group === null || !Array.isArray(endpoints)) return null;
  const { size, missing, by } = group as Record<string, unknown>;
  return {
    named: endpoints.length,
    size: typeof size === 'number' ? size : endpoints.length,
    missing: typeof missing === 'number' ? missing : 0,
    by: typeof by === 'string' && by !== '' ? clean(by, 120) : null,
  };
}

/** The id under which everything about one matter belongs together: of its incident, or of the one that stands for a group. */
export function matterOf(event: Event): string | null {
  const group = event.data.details?.['group'];
  if (typeof group === 'object' && group !== null && 'matter' in group && typeof group.matter === 'string') return group.matter;
  return event.data.incident?.id ?? null;
}

/** How a title names what the message is about. */
export function subjectOf(event: Event): string {
  const group = groupOf(event);
  if (group === null || group.named < 2) return clean(event.data.endpoint?.name ?? '', 120) || 'endpoint';
  const count = group.named < group.size ? `${group.named} of ${group.size}` : String(group.named);
  return `${count} endpoints${group.by === null ? '' : ` (${group.by})`}`;
}
