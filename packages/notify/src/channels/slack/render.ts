import { hexColor } from '../../http/chat-parts.ts';
import type { Message } from '../../message.ts';
import { bound, escapeFence, escapeSlack } from '../../text.ts';

// Limits of Block Kit: header 150, section text 3000, field 2000, ten fields a section, button text 75, button URL 3000.
const plain = (text: string, max: number) => ({ type: 'plain_text', text: safeWithin(text, max), emoji: false });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });

/** Escaped last and cut before: an entity is never cut in half. */
const safe = (text: string, max: number) => escapeSlack(bound(text, max));

/** At most `max` characters after the escapes, which count. */
function safeWithin(text: string, max: number): string {
  let room = max;
  while (safe(text, room).length > max) room -= 1;
  return safe(text, room);
}

export function renderSlack(message: Message) {
  const blocks: unknown[] = [
    { type: 'header', text: plain(message.title, 150) },
    { type: 'section', text: mrkdwn(safe(message.summary, 600)) },
    { type: 'section', fields: message.facts.slice(0, 10).map((fact) => mrkdwn(`*${safe(fact.label, 60)}*\n${safe(fact.text, 400)}`)) },
  ];
  if (message.fix !== null) {
    const snippet = message.fix.snippet === null ? '' : `\n\`\`\`\n${escapeFence(safe(message.fix.snippet, 450))}\n\`\`\``;
    const text = `*First fix (${safe(message.fix.for, 40)}):* ${safe(message.fix.text, 400)}${snippet}`;
    blocks.push({ type: 'section', text: mrkdwn(text) });
  }
  if (message.links.length > 0) {
    const elements = message.links.map((link, index) => ({
      type: 'button',
      text: plain(link.label, 75),
      url: link.url,
      action_id: `rollcall_link_${index}`,
    }));
    blocks.push({ type: 'actions', elements });
  }
  return {
    // Shown in notifications and by screen readers in place of the blocks.
    text: safe(message.title, 300),
    attachments: [{ color: hexColor(message.tone), fallback: safe(message.title, 300), blocks }],
    unfurl_links: false,
    unfurl_media: false,
  };
}
