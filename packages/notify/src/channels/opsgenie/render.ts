import type { Event } from '@rollcall/contracts';
import { factsRecord, plainLines } from '../../http/chat-parts.ts';
import { onCallOf } from '../../http/on-call.ts';
import { describe } from '../../message.ts';
import { bound, clean } from '../../text.ts';

const PRIORITIES = { critical: 'P1', warning: 'P3', info: 'P5' } as const;

export interface OpsgenieRequest {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** Alert API: message 130 characters, alias 512, description 15000, entity 512, source 100, 20 tags of 50. */
export function renderOpsgenie(event: Event, noticeId: string, publicUrl: string): OpsgenieRequest {
  const message = describe(event, publicUrl);
  const { action, key, severity } = onCallOf(event, noticeId);
  const alias = bound(key, 512);
  if (action !== 'trigger') {
    const verb = action === 'resolve' ? 'close' : 'acknowledge';
    return {
      path: `/v2/alerts/${encodeURIComponent(alias)}/${verb}?identifierType=alias`,
      body: { source: 'Rollcall', note: bound(message.title, 500) },
    };
  }
  const { endpoint, incident } = event.data;
  const links = message.links.map((link) => `${link.label}: ${link.url}`);
  return {
    path: '/v2/alerts',
    body: {
      message: bound(message.title, 130),
      alias,
      description: bound([...plainLines(message), '', ...links].join('\n'), 15_000),
      source: 'Rollcall',
      priority: PRIORITIES[severity],
      entity: clean(endpoint?.name ?? 'rollcall', 512),
      tags: (endpoint?.tags ?? []).slice(0, 20).map((tag) => clean(tag, 50)),
      details: { ...factsRecord(message), type: event.type, cause: clean(incident?.cause?.code ?? 'none', 100) },
    },
  };
}
