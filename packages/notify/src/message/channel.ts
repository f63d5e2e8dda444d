import type { Event } from '@rollcall/contracts';
import { clean } from '../text.ts';

/** The channel that channel.failing and channel.recovered are about; empty texts where the member is of another shape. */
export function channelOf(event: Event): { readonly id: string; readonly name: string; readonly type: string } {
  const channel = event.data.details?.['channel'];
  const record = typeof channel === 'object' && channel !== null ? (channel as Record<string, unknown>) : {};
  const text = (name: string) => (typeof record[name] === 'string' ? clean(record[name], 80) : '');
  return { id: text('id'), name: text('name'), type: text('type') };
}

/** How a title names it. */
export function channelName(event: Event): string {
  const { name, type } = channelOf(event);
  if (name === '') return 'a channel';
  return type === '' ? name : `${name} (${type})`;
}
