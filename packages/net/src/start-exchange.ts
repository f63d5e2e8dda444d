import type { IncomingHttpHeaders } from 'node:http';
import { type Client, type Dispatcher, errors } from 'undici';
import { type Ending, offEnd, onEnd } from './cutoff.ts';
import { createDecoder, type Decoder } from './decode.ts';
import { codeOf, NetError } from './net-error.ts';

export interface ResponseHead {
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RequestSpec {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
  /** From the request to the status line; 0 = only the caller's signal ends it. */
  readonly firstByteMs: number;
  /** From the status line to the end of what is wanted; 0 = only the caller's signal ends it. */
  readonly bodyMs: number;
  readonly maxRawBytes: number;
  readonly maxDecodedBytes: number;
  readonly signal?: Ending | undefined;
  readonly onHead?: ((head: ResponseHead) => void) | undefined;
  /** Decoded bytes as they come; `ms` since the request. Answer `enough` when nothing more is wanted. */
  readonly onData?: ((chunk: Buffer, ms: number) => 'enough' | undefined) | undefined;
}

export interface Outcome {
  readonly head: ResponseHead | null;
  readonly ttfbMs: number;
  readonly totalMs: number;
  readonly rawBytes: number;
  readonly decodedBytes: number;
  /** `complete`: the server ended it in order. `enough`: we stopped reading. `failed`: see `failure`. */
  readonly ended: 'complete' | 'enough' | 'failed';
  readonly failure: NetError | null;
}

export interface Exchange {
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  /** When the connection is free again: true if it can carry another exchange. */
  readonly drained: Promise<boolean>;
  /** We have what we want: ends it as `enough`. */
  stop(): void;
  /** Gives up: ends it as failed. */
  fail(error: NetError): void;
}

/** After `enough` the tail of an answer is read this long, so that the connection can be used again. */
const DRAIN_MS = 250;
const DRAIN_BYTES = 64 * 1024;

/**
 * Sends one request over one connection and hands its answer on as it streams, within the bounds of `spec`. `alert`: the TLS alert by which
 * the peer ended the connection, which undici forgets over the end of the stream that follows it.
 */
export function startExchange(client: Client, spec: RequestSpec, alert: () => string | null): Exchange {
  return new RunningExchange(client, spec, alert);
}

class RunningExchange implements Exchange, Dispatcher.DispatchHandler {
  readonly outcome: Promise<Outcome>;
  readonly drained: Promise<boolean>;
  #spec: RequestSpec;
  #alert: () => string | null;
  #from = performance.now();
  #resolveOutcome: (outcome: Outcome) => void = () => {};
  #resolveDrained: (reusable: boolean) => void = () => {};
  #controller: Dispatcher.DispatchController | null = null;
  #decoder: Decoder | null = null;
  #head: ResponseHead | null = null;
  #ttfbMs = 0;
  #rawBytes = 0;
  #decodedBytes = 0;
  #settled = false;
  #timer: NodeJS.Timeout | undefined;
  #drainTimer: NodeJS.Timeout | undefined;
  #drainBytes = 0;
  #onAbort = (): void => this.fail(abortError(this.#spec.signal));

  #limitBody = (): void => {
    if (!this.#settled) this.#timer = setTimeout(() => this.fail(new NetError('timeout', 'body_timeout')), this.#spec.bodyMs);
  };

  constructor(client: Client, spec: RequestSpec, alert: () => string | null) {
    this.#spec = spec;
    this.#alert = alert;
    this.outcome = new Promise((resolve) => {
      this.#resolveOutcome = resolve;
    });
    this.drained = new Promise((resolve) => {
      this.#resolveDrained = resolve;
    });
    if (spec.firstByteMs > 0) {
      this.#timer = setTimeout(() => this.fail(new NetError('timeout', 'first_byte_timeout')), spec.firstByteMs);
    }
    if (spec.signal?.aborted === true) {
      this.fail(abortError(spec.signal));
      return;
    }
    onEnd(spec.signal, this.#onAbort);
    try {
      client.dispatch(
        {
          path: spec.url.pathname + spec.url.search,
          method: spec.method as Dispatcher.HttpMethod,
          headers: spec.headers,
          body: spec.body,
          // Every exchange may be the one that a server answers and then hangs up on: undici must not queue behind it.
          blocking: false,
        },
        this,
      );
    } catch (error) {
      this.fail(new NetError('http', codeOf(error), { cause: error }));
    }
  }

  stop(): void {
    if (this.#settled) return;
    this.#settle('enough', null);
    this.#drainTimer = setTimeout(() => this.#controller?.abort(new NetError('http', 'stopped')), DRAIN_MS);
    this.#drainTimer.unref();
  }

  fail(error: NetError): void {
    if (this.#settled) return;
    this.#settle('failed', error);
    this.#release(false);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new NetError('http', 'stopped'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#ttfbMs = performance.now() - this.#from;
    this.#head = { status, headers: joined(headers) };
    if (this.#settled) return;
    clearTimeout(this.#timer);
    // Most bodies come with their head, in the same turn: those need no timer.
    if (this.#spec.bodyMs > 0) queueMicrotask(this.#limitBody);
    this.#decoder = createDecoder(this.#head.headers['content-encoding'], this.#spec.maxDecodedBytes, {
      onData: (chunk) => this.#deliver(chunk),
      onEnd: () => this.#finish(),
      onError: (error) => this.fail(error),
    });
    this.#spec.onHead?.(this.#head);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) {
      this.#drainBytes += chunk.length;
      if (this.#drainBytes > DRAIN_BYTES) this.#controller?.abort(new NetError('http', 'stopped'));
      return;
    }
    this.#rawBytes += chunk.length;
    if (this.#rawBytes > this.#spec.maxRawBytes) {
      this.fail(new NetError('http', 'body_too_large'));
      return;
    }
    if (this.#decoder !== null) this.#decoder.write(Buffer.from(chunk));
    else this.#deliver(chunk);
  }

  onResponseEnd(): void {
    if (this.#decoder !== null && !this.#settled) this.#decoder.end();
    else this.#finish();
    this.#release(true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.#settled) this.fail(exchangeError(error, this.#head !== null, this.#alert()));
    this.#release(false);
  }

  #deliver(chunk: Buffer): void {
    if (this.#settled) return;
    this.#decodedBytes += chunk.length;
    if (this.#spec.onData?.(chunk, performance.now() - this.#from) === 'enough') this.stop();
  }

  #finish(): void {
    if (!this.#settled) this.#settle('complete', null);
  }

  #settle(ended: Outcome['ended'], failure: NetError | null): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    offEnd(this.#spec.signal, this.#onAbort);
    if (ended !== 'complete') this.#decoder?.destroy();
    this.#resolveOutcome({
      head: this.#head,
      ttfbMs: this.#ttfbMs,
      totalMs: performance.now() - this.#from,
      rawBytes: this.#rawBytes,
      decodedBytes: this.#decodedBytes,
      ended,
      failure,
    });
  }

  #release(reusable: boolean): void {
    clearTimeout(this.#drainTimer);
    this.#resolveDrained(reusable);
  }
}

/** undici reads the names in lower case, and a repeated header as a list. */
function joined(headers: IncomingHttpHeaders): Record<string, string> {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(', ');
  }
  return headers as Record<string, string>;
}

function abortError(signal: Ending | undefined): NetError {
  return signal?.reason instanceof NetError ? signal.reason : new NetError('timeout', 'aborted');
}

const RESETS = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'ECONNABORTED']);
const TRUNCATIONS = new Set([
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
  'ECONNRESET',
  'UND_ERR_CLOSED',
  'HPE_INVALID_EOF_STATE',
]);

/** What undici says, as one of our codes. `afterHead`: the answer had begun. */
function exchangeError(error: Error, afterHead: boolean, alert: string | null): NetError {
  if (error instanceof NetError) return error;
  const code = codeOf(error);
  if (!afterHead && alert !== null) return new NetError('tls', alert, { cause: error });
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return new NetError('http', 'headers_too_large', { cause: error });
  if (afterHead && TRUNCATIONS.has(code)) return new NetError('http', 'truncated', { cause: error });
  if (RESETS.has(code)) return new NetError('http', 'reset', { cause: error });
  // undici's parser names some of its refusals by a code, some not at all, and takes a status below 100 for a fault of its own.
  // Before the head is complete, a length that does not match is two of them that contradict each other.
  const noHead = code === 'ERR_ASSERTION' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  if (error instanceof errors.HTTPParserError || code.startsWith('HPE_') || (!afterHead && noHead))
    return new NetError('http', afterHead ? 'framing' : 'not_http', { cause: error, unparsed: afterHead ? undefined : unparsed(error) });
  return new NetError('http', code, { cause: error });
}

const UNPARSED_CHARS = 200;
function unparsed(error: Error): string | undefined {
  return 'data' in error && typeof error.data === 'string' && error.data !== '' ? error.data.slice(0, UNPARSED_CHARS) : undefined;
}
