import { plainLines } from '../../http/chat-parts.ts';
import type { Message, Tone } from '../../message.ts';
import { bound, boundBytes } from '../../text.ts';
import type { NtfyConfig } from './config.ts';

const PRIORITIES: Record<Tone, number> = { down: 5, degraded: 4, recovered: 3, info: 3 };
/** Names that ntfy shows as emoji. */
const TAGS: Record<Tone, string> = {
  down: 'rotating_light',
  degraded: 'warning',
  recovered: 'white_check_mark',
  info: 'information_source',
};

/** "Publish as JSON": plain text (no Markdown), 4096 bytes at most before it becomes an attachment; three actions. */
export function renderNtfy(message: Message, config: NtfyConfig) {
  return {
    topic: config.topic,
    title: bound(message.title, 250),
    message: boundBytes(plainLines(message).join('\n'), 3500),
    priority: PRIORITIES[message.tone],
    tags: [TAGS[message.tone]],
    ...(message.links[0] === undefined ? {} : { click: message.links[0].url }),
    actions: message.links.slice(0, 3).map((link) => ({ action: 'view', label: link.label, url: link.url })),
  };
}
