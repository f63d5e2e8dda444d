export { type AccountMailInput, accountMail } from './account-mail.ts';
export { createMailer, type Mailer, type MailerOptions } from './channels/email/mailer.ts';
export { REDACTED } from './http/redact.ts';
export { describe, type Message } from './message.ts';
export { channelKind } from './registry.ts';
export { nextAttemptAt, RETRY_WINDOW_MS } from './retry.ts';
export type { ChannelKind, SendDeps, SendInput, SendOutcome } from './types.ts';
