import type { Event } from '@rollcall/contracts';
import { factsRecord, plainLines } from '../../http/chat-parts.ts';
import { onCallOf } from '../../http/on-call.ts';
import { plainUrl } from '../../message/format.ts';
import { describe } from '../../message.ts';
import { bound, clean } from '../../text.ts';
import type { PagerdutyConfig } from './config.ts';

/** Events API v2: summary at most 1024 characters, dedup_key 255; acknowledge and resolve need no payload. */
export function renderPagerduty(event: Event, noticeId: string, config: PagerdutyConfig, publicUrl: string) {
  const message = describe(event, publicUrl);
  const { action, key, severity } = onCallOf(event, noticeId);
  const head = { routing_key: config.routingKey, event_action: action, dedup_key: bound(key, 255) };
  if (action !== 'trigger') return head;
  const { endpoint, incident } = event.data;
  return {
    ...head,
    payload: {
      summary: bound(message.title, 1024),
      source: endpoint === null ? 'rollcall' : plainUrl(endpoint.url),
      severity,
      timestamp: incident?.openedAt ?? event.timestamp,
      component: clean(endpoint?.name ?? 'rollcall', 255),
      class: clean(incident?.cause?.code ?? event.type, 100),
      custom_details: { ...factsRecord(message), Description: bound(plainLines(message).join('\n'), 4000) },
    },
    links: message.links.map((link) => ({ href: link.url, text: link.label })),
    client: 'Rollcall',
    ...(message.links[0] === undefined ? {} : { client_url: message.links[0].url }),
  };
}
