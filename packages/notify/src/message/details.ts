import type { Event } from '@rollcall/contracts';
import { clean } from '../text.ts';
import { formatInstant, plainUrl } from './format.ts';

const MAX_ITEMS = 10;

/**
 * The facts in `data.details` that people should read. The member is open by contract, so every value is checked
 * before it is shown and an unknown one is left to the webhook's reader.
 */
export function describeDetails(event: Event): { label: string; text: string }[] {
  const details = event.data.details ?? {};
  const facts: { label: string; text: string | null }[] = [
    { label: 'Summary', text: textOf(details['summary'] ?? details['message']) },
    { label: 'By', text: textOf(details['by'] ?? details['actor']) },
    { label: 'Added', text: listOf(details['added']) },
    { label: 'Removed', text: listOf(details['removed']) },
    { label: 'Changed', text: listOf(details['changed']) },
    { label: 'Days left', text: numberOf(details['daysLeft']) },
    { label: 'Expires', text: instantOf(details['notAfter'] ?? details['expiresAt']) },
    { label: 'Failing since', text: instantOf(details['channel'] === undefined ? null : details['since']) },
    { label: 'Last error', text: textOf(details['error']) },
    { label: 'Endpoints', text: endpointsOf(details['endpoints']) },
  ];
  return facts.flatMap(({ label, text }) => (text === null ? [] : [{ label, text }]));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? clean(value, 300) : null;
}

function numberOf(value: unknown): string | null {
  return typeof value === 'number' && Number.isFinite(value) ? String(Math.floor(value)) : null;
}

function instantOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? formatInstant(value) : null;
}

function nameOf(value: unknown): string {
  if (typeof value === 'string') return clean(value, 80);
  if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string') return clean(value.name, 80);
  return '';
}

function listOf(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const names = value.slice(0, MAX_ITEMS).map(nameOf).filter(Boolean);
  const rest = value.length - MAX_ITEMS;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

/** The members of a grouped notice. */
function endpointsOf(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const lines = value.slice(0, MAX_ITEMS).map((item: unknown) => {
    const url =
      typeof item === 'object' && item !== null && 'url' in item && typeof item.url === 'string' ? ` (${plainUrl(item.url, 120)})` : '';
    return `${nameOf(item)}${url}`;
  });
  const rest = value.length - MAX_ITEMS;
  return rest > 0 ? `${lines.join(', ')} and ${rest} more` : lines.join(', ');
}
