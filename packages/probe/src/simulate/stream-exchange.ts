import { STATUS_CODES } from 'node:http';
import { type Connections, type Exchange, NetError, type ResponseHead, withSignal } from '@rollcall/net';

const MAX_RAW_BYTES = 4 * 1024 * 1024;
const MAX_DECODED_BYTES = 16 * 1024 * 1024;
const NULL_BODY = new Set([204, 205, 304]);

export interface HopRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly signal: AbortSignal;
  /** From the request to the status line, and each phase of the dial. */
  readonly firstByteMs: number;
}

/**
 * One hop as a WHATWG Response that resolves with the head and streams its body. Rejects with NetError before the head; after it the body
 * errors. A used connection that the server hangs up on is replaced once, as every HTTP client does.
 */
export async function streamExchange(connections: Connections, hop: HopRequest): Promise<Response> {
  try {
    return await attempt(connections, hop, false);
  } catch (error) {
    if (error instanceof ReusedConnectionLost) return attempt(connections, hop, true);
    throw error;
  }
}

class ReusedConnectionLost extends Error {}

async function attempt(connections: Connections, hop: HopRequest, fresh: boolean): Promise<Response> {
  const body = new StreamedBody();
  let onHead: (head: ResponseHead) => void = () => {};
  const headed = new Promise<ResponseHead>((resolve) => {
    onHead = resolve;
  });
  const started = await withSignal(
    connections.start(
      {
        method: hop.method,
        url: hop.url,
        headers: hop.headers,
        body: hop.body,
        firstByteMs: hop.firstByteMs,
        bodyMs: 0,
        maxRawBytes: MAX_RAW_BYTES,
        maxDecodedBytes: MAX_DECODED_BYTES,
        signal: hop.signal,
        onHead: (head) => onHead(head),
        onData: (chunk) => body.push(chunk),
      },
      { fresh },
    ),
    hop.signal,
  );
  body.follow(started.exchange);
  const first = await Promise.race([headed, started.exchange.outcome]);
  if ('status' in first) return toResponse(first, body, hop.url);
  if (first.head !== null) return toResponse(first.head, body, hop.url);
  if (started.reused && !fresh && first.failure?.code === 'reset') throw new ReusedConnectionLost();
  throw first.failure ?? new NetError('http', 'reset');
}

/** Bytes as they come; nothing is asked to wait, since a body is bounded anyway. */
class StreamedBody {
  readonly stream: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #exchange: Exchange | null = null;
  #open = true;

  constructor() {
    this.stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.drop(),
    });
  }

  push(chunk: Buffer): 'enough' | undefined {
    if (!this.#open) return 'enough';
    this.#controller?.enqueue(new Uint8Array(chunk));
    return undefined;
  }

  follow(exchange: Exchange): void {
    this.#exchange = exchange;
    void exchange.outcome.then(({ failure }) => {
      if (!this.#open) return;
      this.#open = false;
      if (failure === null) this.#controller?.close();
      else this.#controller?.error(new TypeError('terminated', { cause: failure }));
    });
  }

  drop(): void {
    this.#open = false;
    this.#exchange?.stop();
  }
}

function toResponse(head: ResponseHead, body: StreamedBody, url: URL): Response {
  const bodiless = NULL_BODY.has(head.status);
  if (bodiless) body.drop();
  const sayable = head.status <= 599;
  const response = new Response(bodiless ? null : body.stream, {
    status: sayable ? head.status : 599,
    statusText: STATUS_CODES[head.status] ?? '',
    headers: toHeaders(head.headers),
  });
  // A Response of our own making has no address, and no status that HTTP does not define; one that came over the wire has both.
  Object.defineProperty(response, 'url', { value: url.href });
  if (!sayable) Object.defineProperty(response, 'status', { value: head.status });
  return response;
}

function toHeaders(raw: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    try {
      headers.append(name, value);
    } catch {
      // Not sayable as a header: fetch would not show it either.
    }
  }
  return headers;
}
