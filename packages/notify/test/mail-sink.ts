import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SunkMail {
  readonly to: readonly string[];
  readonly raw: string;
}

export interface MailSinkOptions {
  /** The SMTP status for an address; undefined accepts it. */
  readonly refuse?: (address: string) => number | undefined;
  /** Asked for each message when its data has arrived; undefined accepts it. */
  readonly refuseData?: (n: number) => number | undefined;
  readonly login?: { readonly user: string; readonly pass: string };
}

function smtpError(status: number): Error {
  return Object.assign(new Error('not today'), { responseCode: status });
}

/** A real SMTP server on the loopback address that keeps what it takes. */
export async function startMailSink(options: MailSinkOptions = {}) {
  const mails: SunkMail[] = [];
  let n = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: options.login === undefined,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => {
      const ok = auth.username === options.login?.user && auth.password === options.login?.pass;
      if (ok) done(null, { user: auth.username ?? '' });
      else done(smtpError(535));
    },
    onRcptTo: ({ address }, _session, done) => {
      const status = options.refuse?.(address);
      done(status === undefined ? null : smtpError(status));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        n += 1;
        const status = options.refuseData?.(n);
        if (status !== undefined) return done(smtpError(status));
        mails.push({ to: session.envelope.rcptTo.map((r) => r.address), raw: Buffer.concat(chunks).toString('utf8') });
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const login = options.login === undefined ? '' : `${options.login.user}:${options.login.pass}@`;
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
export type MailSink = Awaited<ReturnType<typeof startMailSink>>;

/** The unfolded header fields of a raw mail, by lower-case name. */
export function headersOf(raw: string): Record<string, string> {
  const head = raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return Object.fromEntries(
    fields.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
