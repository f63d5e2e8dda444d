/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { render } from '@react-email/render';
import type { Event } from '@rollcall/contracts';
import { fill, wordsOf } from '@rollcall/core';
import { matterOf } from '../../message/group.ts';
import { describe, type Message } from '../../message.ts';
import { bound, clean } from '../../text.ts';
import { AlertMail, type Footer } from './template.tsx';

/** A mail as the transport needs it. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly inReplyTo?: string;
  readonly references?: string;
}

export interface MailInput {
  readonly noticeId: string;
  readonly event: Event;
  readonly to: readonly string[];
  readonly from: string;
  readonly publicUrl: string;
  readonly now: Date;
}

/**
 * Pure but for React's promise. The Message-ID comes from the notice, so a retry after a crash is recognised as
 * the same mail; every mail of one incident names the same (never sent) root, so an incident is one thread
 * whichever of its mails arrives first (RFC 5322 §3.6.4).
 */
export async function renderMail(input: MailInput): Promise<Mail> {
  const message = describe(input.event, input.publicUrl);
  const settingsUrl = `${input.publicUrl}/channels`;
  const footer = footerOf(input.event, settingsUrl);
  const domain = mailDomain(input.from);
  const incidentId = matterOf(input.event) ?? undefined;
  const root = incidentId === undefined ? null : `<${idPart(incidentId)}@${domain}>`;
  return {
    from: input.from,
    to: input.to,
    subject: bound(`[${clean(input.event.data.page?.title ?? '', 60) || 'Rollcall'}] ${message.title}`, 200),
    text: renderText(message, footer),
    html: await render(<AlertMail message={message} footer={footer} language={input.event.data.page?.language ?? 'en'} />),
    messageId: `<${idPart(input.noticeId)}@${domain}>`,
    date: input.now,
    headers: {
      // RFC 3834 §5: no vacation reply may answer this. The Exchange header says the same to Outlook.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Unsubscribe': `<${footer.url}>`,
      // RFC 8058: a button of the mail program, which posts there and asks nothing.
      ...(footer.oneClick ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
      'List-Id': footer.oneClick ? `Status page <status.${domain}>` : `Rollcall alerts <alerts.${domain}>`,
      'X-Rollcall-Event': input.event.type,
    },
    ...(root === null ? {} : { inReplyTo: root, references: root }),
  };
}

function idPart(id: string): string {
  return id.replace(/[^\w.-]/g, '');
}

/** The domain of the sender, for Message-ID; it must be the same in every process. */
function mailDomain(from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1];
  return domain === undefined || domain === '' ? 'rollcall.invalid' : domain.toLowerCase();
}

/** Why somebody gets this mail, and how it ends. */
function footerOf(event: Event, settingsUrl: string): Footer {
  const { page, subscription } = event.data;
  if (subscription === undefined) {
    const text = 'Sent by Rollcall because this address is on an alert channel.';
    return { text, link: 'Change or remove the channel', url: settingsUrl, oneClick: false };
  }
  const words = wordsOf(page?.language ?? 'en').mail;
  const title = clean(page?.title ?? '', 120) || words.aPage;
  if (event.type === 'status.confirm')
    return {
      text: fill(words.whyConfirm, { page: title }),
      link: words.never,
      url: subscription.unsubscribeUrl,
      oneClick: true,
    };
  return {
    text: fill(words.why, { page: title }),
    link: words.unsubscribe,
    url: subscription.unsubscribeUrl,
    oneClick: true,
  };
}

export function renderText(message: Message, footer: Footer): string {
  const width = Math.max(0, ...message.facts.map((fact) => fact.label.length)) + 2;
  const lines = [message.title, '', message.summary, '', ...message.facts.map((fact) => `${`${fact.label}:`.padEnd(width)}${fact.text}`)];
  if (message.fix !== null) {
    lines.push('', `First fix (${message.fix.for}): ${message.fix.text}`);
    if (message.fix.snippet !== null) lines.push('', ...message.fix.snippet.split('\n').map((line) => `    ${line}`));
  }
  lines.push('', ...message.links.map((link) => `${link.label}: ${link.url}`));
  lines.push('', '-- ', footer.text, `${footer.link}: ${footer.url}`);
  return `${lines.join('\n')}\n`;
}
