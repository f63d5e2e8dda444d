import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { clean } from '../../text.ts';
import type { Mail } from './render.tsx';

export interface MailerOptions {
  /** `smtp://…` or `smtps://…`; absent: mails become files in `mailDir`. */
  readonly smtpUrl: string | null;
  readonly from: string;
  readonly mailDir: string;
}

export interface MailResult {
  /** Addresses the server took, and those it refused with its words. */
  readonly accepted: readonly string[];
  readonly rejected: readonly { readonly address: string; readonly reason: string; readonly temporary: boolean }[];
  readonly response: Readonly<Record<string, unknown>>;
}

/** Sends mails for the whole process; `close` ends pooled connections. `send` throws MailError when nobody got the mail. */
export interface Mailer {
  readonly from: string;
  readonly kind: 'smtp' | 'files';
  send(mail: Mail): Promise<MailResult>;
  close(): void;
}

/** Why no server took the mail. The text holds no password: nodemailer's errors name codes and the server's words. */
export class MailError extends Error {
  readonly response: Readonly<Record<string, unknown>>;
  constructor(message: string, response: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = 'MailError';
    this.response = response;
  }
}

export function createMailer(options: MailerOptions): Mailer {
  return options.smtpUrl === null || options.smtpUrl === '' ? fileMailer(options) : smtpMailer(options.smtpUrl, options.from);
}

function smtpMailer(smtpUrl: string, from: string): Mailer {
  // Pooled: an alert storm must not open a connection a mail. The limits keep one attempt well within a notice's lease.
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    dnsTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    from,
    kind: 'smtp',
    send: async (mail) => {
      try {
        const info = await transport.sendMail(messageOf(mail));
        return {
          accepted: (info.accepted ?? []).map(String),
          rejected: (info.rejectedErrors ?? []).map((error: SmtpError) => ({
            address: error.recipient ?? '',
            reason: reasonOf(error),
            temporary: isTemporary(error),
          })),
          response: { smtp: clean(String(info.response ?? ''), 500), messageId: mail.messageId },
        };
      } catch (error) {
        throw new MailError(reasonOf(error as SmtpError), smtpRecord(error as SmtpError));
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError extends Error {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly recipient?: string | undefined;
}

function isTemporary(error: SmtpError): boolean {
  return error.responseCode === undefined || error.responseCode < 500;
}

function reasonOf(error: SmtpError): string {
  const words = error.response === undefined ? '' : `: ${clean(error.response, 300)}`;
  return `the mail server could not take the mail (${error.code ?? 'unknown'})${words}`;
}

function smtpRecord(error: SmtpError): Record<string, unknown> {
  return {
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.responseCode === undefined ? {} : { status: error.responseCode }),
    ...(error.response === undefined ? {} : { smtp: clean(error.response, 500) }),
  };
}

/** Without a server every mail is a file `<message id>.eml`: complete or absent, readable by the owner only. */
function fileMailer(options: MailerOptions): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    from: options.from,
    kind: 'files',
    send: async (mail) => {
      const info = await transport.sendMail(messageOf(mail));
      const name = `${mail.messageId.replace(/[^\w.-]/g, '_').replace(/^_+|_+$/g, '')}.eml`;
      await writeWhole(options.mailDir, name, info.message as Buffer);
      return { accepted: mail.to, rejected: [], response: { file: join(options.mailDir, name), messageId: mail.messageId } };
    },
    close: () => transport.close(),
  };
}

async function writeWhole(dir: string, name: string, content: Buffer): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const temporary = join(dir, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(dir, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function messageOf(mail: Mail) {
  return {
    from: mail.from,
    to: [...mail.to],
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: mail.date,
    headers: mail.headers,
    ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo }),
    ...(mail.references === undefined ? {} : { references: mail.references }),
  };
}
