import { randomUUID } from 'node:crypto';
import type { Mail } from './channels/email/render.tsx';
import { clean } from './text.ts';

export interface AccountMailInput {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** Paragraphs before the link. */
  readonly text: readonly string[];
  readonly link: { readonly label: string; readonly url: string };
  /** After the link: what to do when one did not ask for this. */
  readonly note: string;
  readonly now: Date;
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? '');

/** A mail about an account: some sentences and one link. Names in it were written by people and are cleaned like anything foreign. */
export function accountMail(input: AccountMailInput): Mail {
  const paragraphs = input.text.map((text) => clean(text, 500));
  const note = clean(input.note, 500);
  const { label, url } = input.link;
  const domain = /@([\w.-]+)/.exec(input.from)?.[1] ?? 'rollcall.localhost';
  return {
    from: input.from,
    to: [input.to],
    subject: clean(input.subject, 200),
    text: `${[...paragraphs, `${label}:\n${url}`, note].join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="font-family:system-ui,sans-serif;line-height:1.5;color:#1a1a1a">${paragraphs
      .map((text) => `<p>${escapeHtml(text)}</p>`)
      .join('')}<p><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p><p style="color:#666">${escapeHtml(note)}</p></body></html>`,
    messageId: `<account.${randomUUID()}@${domain}>`,
    date: input.now,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}
