import type { Event } from '@rollcall/contracts';
import { plainLines } from '../../http/chat-parts.ts';
import { describe, type Tone } from '../../message.ts';
import { bound, boundBytes } from '../../text.ts';
import type { PushoverConfig } from './config.ts';

/** 1 passes quiet hours. 2 would repeat until acknowledged at Pushover, which Rollcall would not hear of. */
const PRIORITIES: Record<Tone, string> = { down: '1', degraded: '0', recovered: '0', info: '-1' };

const MAX_MESSAGE = 1024;
const MAX_URL = 512;

/** Message API: message 1024 characters of UTF-8, title 250, url 512, url_title 100; without `html` the text is plain. */
export function renderPushover(event: Event, config: PushoverConfig, publicUrl: string): URLSearchParams {
  const message = describe(event, publicUrl);
  const [link, second] = message.links;
  // One link has a place of its own; the next, to acknowledge, is made a link by the app where it stands in the text.
  const more = second === undefined || second.url.length > MAX_URL ? '' : `\n${second.label}: ${second.url}`;
  const form = new URLSearchParams({
    token: config.token,
    user: config.user,
    title: bound(message.title, 250),
    message: `${boundBytes(plainLines(message).join('\n'), MAX_MESSAGE - Buffer.byteLength(more))}${more}`,
    priority: PRIORITIES[message.tone],
    timestamp: String(Math.floor(Date.parse(event.timestamp) / 1000)),
  });
  if (config.device !== undefined) form.set('device', config.device);
  if (link !== undefined && link.url.length <= MAX_URL) {
    form.set('url', link.url);
    form.set('url_title', bound(link.label, 100));
  }
  return form;
}
