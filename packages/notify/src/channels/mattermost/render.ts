import type { Rendered } from '../../http/chat-kind.ts';
import { hexColor } from '../../http/chat-parts.ts';
import { bound, escapeFence, escapeMarkdown } from '../../text.ts';

/** No escape stops a mention; a zero-width space after the sign does. */
const safe = (text: string, max: number) => escapeMarkdown(bound(text, max)).replaceAll('\\@', '@\u200b').replaceAll('\\:', ':');

/** A Slack-shaped attachment, with Markdown (docs "Message attachments"); a post has at most 16383 characters. */
export function renderMattermost({ message }: Rendered) {
  const [first, ...others] = message.links;
  const lines = [safe(message.summary, 600)];
  if (message.fix !== null) {
    lines.push('', `**First fix (${safe(message.fix.for, 40)}):** ${safe(message.fix.text, 500)}`);
    if (message.fix.snippet !== null) lines.push('', `\`\`\`\n${escapeFence(bound(message.fix.snippet, 800))}\n\`\`\``);
  }
  if (others.length > 0) lines.push('', others.map((link) => `[${safe(link.label, 60)}](${link.url})`).join(' · '));
  return {
    username: 'Rollcall',
    attachments: [
      {
        fallback: safe(message.title, 300),
        color: hexColor(message.tone),
        title: safe(message.title, 300),
        ...(first === undefined ? {} : { title_link: first.url }),
        text: lines.join('\n'),
        fields: message.facts.map((fact) => ({ title: fact.label, value: safe(fact.text, 500), short: fact.text.length <= 40 })),
      },
    ],
  };
}
