import type { Event } from '@rollcall/contracts';
import type { Message, Tone } from '../message.ts';
import { clean, cleanBlock } from '../text.ts';
import { formatInstant } from './format.ts';

const STATUS_WORD = { investigating: 'Investigating', identified: 'Identified', monitoring: 'Monitoring', resolved: 'Resolved' } as const;
const TONES: Readonly<Record<keyof typeof STATUS_WORD, Tone>> = {
  investigating: 'degraded',
  identified: 'degraded',
  monitoring: 'info',
  resolved: 'recovered',
};

/** What a subscriber of a status page reads: words of the page's owner, no facts of the inside. Pure. */
export function describeStatus(event: Event): Message {
  const { page, entry, subscription } = event.data;
  const title = clean(page?.title ?? '', 120) || 'a status page';
  if (entry === undefined) {
    const link = subscription?.confirmUrl ?? null;
    return {
      tone: 'info',
      title: `Confirm that you want to hear from ${title}`,
      summary: `Somebody, presumably you, asked to be told here what happens on ${title}. Nothing more is sent before you confirm; if it was not you, do nothing.`,
      facts: [],
      fix: null,
      links: link === null ? [] : [{ label: 'Confirm the subscription', url: link }],
    };
  }
  const components = clean(entry.components.slice(0, 20).join(', '), 400);
  return {
    tone: TONES[entry.status],
    title: `${STATUS_WORD[entry.status]}: ${clean(entry.title, 160)}`,
    summary: cleanBlock(entry.text, 3000),
    facts: [
      { label: 'Page', text: title },
      ...(components === '' ? [] : [{ label: 'Affected', text: components }]),
      { label: 'Since', text: formatInstant(entry.startedAt) },
      ...(entry.resolvedAt === null ? [] : [{ label: 'Until', text: formatInstant(entry.resolvedAt) }]),
    ],
    fix: null,
    links: [
      { label: 'Read it on the status page', url: entry.url },
      ...(subscription === undefined ? [] : [{ label: 'Unsubscribe', url: subscription.unsubscribeUrl }]),
    ],
  };
}

/** The tokens in the links of a message: whoever reads the delivery log must not be able to use them. */
export function subscriptionSecrets(event: Event): string[] {
  const { subscription } = event.data;
  return [subscription?.confirmUrl, subscription?.unsubscribeUrl].flatMap((url) => {
    const token = url == null ? null : new URL(url).searchParams.get('token');
    return token === null ? [] : [token];
  });
}
