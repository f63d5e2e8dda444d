import type { Rendered } from '../../http/chat-kind.ts';
import { TONE_COLORS } from '../../http/chat-parts.ts';
import { bound, escapeFence, escapeMarkdown } from '../../text.ts';

/** Escaping may double a text; cutting first keeps it within the limit and no escape in half. */
const safe = (text: string, max: number) => escapeMarkdown(bound(text, Math.floor(max / 2)));

/** Limits of an embed: title 256, description 4096, 25 fields of 256 and 1024, 6000 in all. */
export function renderDiscord({ message, event }: Rendered) {
  const [first, ...others] = message.links;
  const lines = [safe(message.summary, 800)];
  if (message.fix !== null) {
    lines.push('', `**First fix (${safe(message.fix.for, 80)}):** ${safe(message.fix.text, 800)}`);
    if (message.fix.snippet !== null) lines.push(`\`\`\`\n${escapeFence(bound(message.fix.snippet, 600))}\n\`\`\``);
  }
  if (others.length > 0) lines.push('', others.map((link) => `[${safe(link.label, 80)}](<${link.url}>)`).join(' · '));
  return {
    embeds: [
      {
        title: safe(message.title, 256),
        ...(first === undefined ? {} : { url: first.url }),
        description: bound(lines.join('\n'), 4096),
        color: TONE_COLORS[message.tone],
        fields: message.facts.slice(0, 10).map((fact) => ({
          name: bound(fact.label, 100),
          value: safe(fact.text, 360),
          inline: fact.text.length <= 40,
        })),
        footer: { text: 'Rollcall' },
        timestamp: event.timestamp,
      },
    ],
    // Nothing in the text may ping anybody.
    allowed_mentions: { parse: [] },
  };
}
