import type { Message } from '../../message.ts';
import { bound, escapeHtml } from '../../text.ts';
import type { TelegramConfig } from './config.ts';

const safe = (text: string, max: number) => escapeHtml(bound(text, max));

/**
 * HTML mode knows four entities, all of which escapeHtml's are or Telegram takes numerically. The parts add up to
 * less than the 4096 characters that a message may have after its markup is read.
 */
export function renderTelegram(message: Message, config: TelegramConfig) {
  const lines = [`<b>${safe(message.title, 250)}</b>`, safe(message.summary, 500), ''];
  for (const fact of message.facts.slice(0, 10)) lines.push(`<b>${safe(fact.label, 40)}:</b> ${safe(fact.text, 180)}`);
  if (message.fix !== null) {
    lines.push('', `<b>First fix (${safe(message.fix.for, 40)}):</b> ${safe(message.fix.text, 300)}`);
    if (message.fix.snippet !== null) lines.push(`<pre>${safe(message.fix.snippet, 500)}</pre>`);
  }
  // Links and not buttons: Telegram refuses the whole message when a button's URL has no public host name.
  if (message.links.length > 0)
    lines.push('', message.links.map((link) => `<a href="${escapeHtml(link.url)}">${safe(link.label, 60)}</a>`).join(' · '));
  return {
    chat_id: config.chatId,
    ...(config.threadId === undefined ? {} : { message_thread_id: config.threadId }),
    text: lines.join('\n'),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
  };
}
