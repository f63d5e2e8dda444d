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

/** So much of a list survives the tightest medium with its "and N more". */
const MAX_LIST = 170;

/** The members of a grouped notice: as many as fit, and how many more there are. Few of them are named with their address. */
function endpointsOf(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const named = value.slice(0, MAX_ITEMS).map((item: unknown) => (value.length > 3 ? clean(nameOf(item), 60) : withUrl(item)));
  let count = 1;
  while (count < named.length && named.slice(0, count + 1).join(', ').length <= MAX_LIST) count += 1;
  const rest = value.length - count;
  return rest > 0 ? `${named.slice(0, count).join(', ')} and ${rest} more` : named.join(', ');
}

function withUrl(item: unknown): string {
  const url = typeof item === 'object' && item !== null && 'url' in item && typeof item.url === 'string' ? item.url : null;
  return url === null ? nameOf(item) : `${nameOf(item)} (${plainUrl(url, 60)})`;
}
