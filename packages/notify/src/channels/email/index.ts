import type { ChannelKind, SendOutcome } from '../../types.ts';
import { type EmailConfig, emailConfigSchema, recipients } from './config.ts';
import { MailError, type MailResult } from './mailer.ts';
import { renderMail } from './render.tsx';

export const email: ChannelKind<EmailConfig> = {
  type: 'email',
  configSchema: emailConfigSchema,
  complete: (config) => config,
  redact: (config) => ({ ...config }),
  // The mail server is the installation's own, not the channel owner's choice.
  targets: () => [],
  send: async ({ noticeId, event, config, now }, deps) => {
    const startedAt = performance.now();
    const mail = await renderMail({
      noticeId,
      event,
      to: recipients(config),
      from: deps.mailer.from,
      publicUrl: deps.publicUrl,
      now,
    });
    const request = { to: mail.to, from: mail.from, subject: mail.subject, messageId: mail.messageId, via: deps.mailer.kind };
    const result = await deps.mailer.send(mail).catch((error: unknown) => {
      if (error instanceof MailError || isFileError(error)) return error;
      throw error;
    });
    return { ...outcomeOf(result), request, durationMs: Math.round(performance.now() - startedAt) };
  },
};

function outcomeOf(result: MailResult | Error): Omit<SendOutcome, 'request' | 'durationMs'> {
  if (result instanceof MailError) return { ok: false, retry: true, response: { ...result.response }, error: result.message };
  if (result instanceof Error)
    return { ok: false, retry: true, response: {}, error: `the mail file could not be written (${codeOf(result)})` };
  const response = {
    ...result.response,
    accepted: result.accepted,
    ...(result.rejected.length === 0 ? {} : { rejected: result.rejected }),
  };
  const refused = result.rejected.map((item) => item.address).join(', ');
  // Somebody can still be reached: try again. Who already has it gets the same Message-ID, which mailboxes fold together.
  if (result.rejected.some((item) => item.temporary)) return { ok: false, retry: true, response, error: `refused for now: ${refused}` };
  return { ok: true, retry: false, response, error: refused === '' ? null : `refused for good: ${refused}` };
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
