import type { Event } from '@rollcall/contracts';
import { fill, formatsOf, languageOf, localeFor, type StatusWords, wordsOf } from '@rollcall/core';
import type { Message, Tone } from '../message.ts';
import { clean, cleanBlock } from '../text.ts';

const TONES: Readonly<Record<keyof StatusWords['report'], Tone>> = {
  investigating: 'degraded',
  identified: 'degraded',
  monitoring: 'info',
  resolved: 'recovered',
};

/** What a subscriber of a status page reads, in his language: words of the page's owner, no facts of the inside. Pure. */
export function describeStatus(event: Event): Message {
  const { page, entry, subscription } = event.data;
  const words = wordsOf(page?.language ?? 'en');
  const formats = formatsOf(localeFor(languageOf(page?.language) ?? 'en', 'en'));
  const title = clean(page?.title ?? '', 120) || words.mail.aPage;
  if (entry === undefined) {
    const link = subscription?.confirmUrl ?? null;
    return {
      tone: 'info',
      title: fill(words.mail.confirmTitle, { page: title }),
      summary: fill(words.mail.confirmText, { page: title }),
      facts: [],
      fix: null,
      links: link === null ? [] : [{ label: words.mail.confirmLink, url: link }],
    };
  }
  const components = clean(entry.components.slice(0, 20).join(', '), 400);
  return {
    tone: TONES[entry.status],
    title: `${words.report[entry.status]}: ${clean(entry.title, 160)}`,
    summary: cleanBlock(entry.text, 3000),
    facts: [
      { label: words.mail.page, text: title },
      ...(components === '' ? [] : [{ label: words.page.affected, text: components }]),
      { label: words.mail.since, text: formats.instant(entry.startedAt) },
      ...(entry.resolvedAt === null ? [] : [{ label: words.mail.until, text: formats.instant(entry.resolvedAt) }]),
    ],
    fix: null,
    links: [
      { label: words.mail.read, url: entry.url },
      ...(subscription === undefined ? [] : [{ label: words.mail.unsubscribe, url: subscription.unsubscribeUrl }]),
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
