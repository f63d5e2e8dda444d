import type { Rendered } from '../../http/chat-kind.ts';
import { hexColor } from '../../http/chat-parts.ts';
import { matterOf } from '../../message/group.ts';
import { bound, escapeHtml } from '../../text.ts';

const safe = (text: string, max: number) => escapeHtml(bound(text, max));

/** Message text knows no escapes and `<users/all>` pings everybody, so its angle brackets are replaced by look-alikes. */
const plain = (text: string, max: number) => bound(text, max).replaceAll('<', '‹').replaceAll('>', '›');

/** A cardsV2 message; texts inside a card read a few HTML tags. 32 KB at most. */
export function renderGoogleChat({ message, event, noticeId }: Rendered) {
  const widgets: unknown[] = [
    { textParagraph: { text: `<font color="${hexColor(message.tone)}"><b>${safe(message.title, 250)}</b></font>` } },
    { textParagraph: { text: safe(message.summary, 600) } },
    ...message.facts.map((fact) => ({ decoratedText: { topLabel: plain(fact.label, 60), text: safe(fact.text, 500), wrapText: true } })),
  ];
  if (message.fix !== null) {
    const snippet = message.fix.snippet === null ? '' : `<br>${safe(message.fix.snippet, 800).replaceAll('\n', '<br>')}`;
    const text = `<b>First fix (${safe(message.fix.for, 40)}):</b> ${safe(message.fix.text, 500)}${snippet}`;
    widgets.push({ textParagraph: { text } });
  }
  if (message.links.length > 0) {
    const buttons = message.links.map((link) => ({ text: link.label, onClick: { openLink: { url: link.url } } }));
    widgets.push({ buttonList: { buttons } });
  }
  return {
    text: plain(message.title, 300),
    cardsV2: [{ cardId: noticeId, card: { sections: [{ widgets }] } }],
    thread: { threadKey: matterOf(event) ?? noticeId },
  };
}
