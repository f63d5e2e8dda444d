import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SunkMessage {
  readonly to: readonly string[];
  /** The whole message as it came, headers and body. */
  readonly raw: string;
}

export interface SmtpSink {
  readonly url: string;
  readonly messages: readonly SunkMessage[];
  /** The first message of that kind that this has not given yet, when it has arrived. */
  next(matches: (message: SunkMessage) => boolean): Promise<SunkMessage>;
  close(): Promise<void>;
}

/** A real SMTP server on the loopback address that keeps what it takes. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const messages: SunkMessage[] = [];
  const given = new Set<SunkMessage>();
  const arrivals = new EventEmitter().setMaxListeners(0);
  const next: SmtpSink['next'] = async (matches) => {
    for (;;) {
      const found = messages.find((message) => !given.has(message) && matches(message));
      if (found) {
        given.add(found);
        return found;
      }
      await once(arrivals, 'message');
    }
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString('utf8') });
        arrivals.emit('message');
        done();
      });
    },
  });
  // A client that is killed in mid-conversation must not take the sink with it.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, messages, next, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
