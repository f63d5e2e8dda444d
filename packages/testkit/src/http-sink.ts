import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SunkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** When it had come, epoch ms. */
  readonly at: number;
  /** The status it was answered with; null: it was not. */
  readonly answered: number | null;
}

export type SinkAnswer =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** The connection is cut, or kept without a word. */
  | 'hang-up'
  | 'hang';

export interface HttpSinkOptions {
  /** How many of the first requests are taken and never answered. */
  readonly hangFirst?: number;
  /** The answer to the n-th request, counted from 1; default 204. */
  readonly respond?: (n: number, request: SunkRequest) => SinkAnswer;
}

export interface HttpSink {
  readonly url: string;
  readonly requests: readonly SunkRequest[];
  close(): Promise<void>;
}

/** A real HTTP server on the loopback address that keeps every request and answers as told. */
export async function startHttpSink(options: HttpSinkOptions = {}): Promise<HttpSink> {
  const requests: SunkRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request: SunkRequest & { answered: number | null } = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks),
        at: Date.now(),
        answered: null,
      };
      requests.push(request);
      if (requests.length <= (options.hangFirst ?? 0)) return;
      const answer = options.respond?.(requests.length, request) ?? { status: 204 };
      if (answer === 'hang') return;
      if (answer === 'hang-up') {
        incoming.socket.destroy();
        return;
      }
      request.answered = answer.status;
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
