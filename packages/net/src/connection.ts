import { Client } from 'undici';
import type { Dialled } from './dial.ts';
import type { DialFacts } from './dial-facts.ts';
import { codeOf, NetError } from './net-error.ts';
import { type Exchange, type RequestSpec, startExchange } from './start-exchange.ts';

const MAX_HEADER_BYTES = 32 * 1024;
/** Made once: undici would build an error for every connection that is closed, and Node reads the stack of each. */
const CLOSED_BY_US = Object.assign(new Error('The connection was closed by us'), { code: 'UND_ERR_DESTROYED' });

/** One dialled connection, HTTP/1.1, one exchange at a time. It is never redialled behind our back: when it closes, it is over. */
export class Connection {
  readonly facts: DialFacts;
  /** Exchanges begun on it. */
  uses = 0;
  #client: Client;
  #alive = true;
  #draining: Promise<void> | null = null;
  /** The TLS alert that ended it after the handshake: how a TLS 1.3 server asks for a client certificate. */
  #alert: string | null = null;

  constructor(url: URL, dialled: Dialled) {
    this.facts = dialled.facts;
    let handedOut = false;
    this.#client = new Client(url.origin, {
      connect: (_options, callback) => {
        const again = handedOut;
        handedOut = true;
        // undici does not notice an answer that comes before its own call has returned.
        queueMicrotask(() => (again ? callback(new NetError('http', 'reset'), null) : callback(null, dialled.socket as never)));
      },
      pipelining: 1,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    });
    dialled.socket.on('error', (error) => {
      const code = codeOf(error);
      if (code.startsWith('ERR_SSL_')) this.#alert ??= code;
    });
    dialled.socket.once('close', () => {
      this.#alive = false;
    });
  }

  /** Free for another exchange. */
  get idle(): boolean {
    return this.#alive && this.#draining === null;
  }
  /** Still open, and the tail of the last answer is being read: may soon be free. */
  get draining(): Promise<void> | null {
    return this.#alive ? this.#draining : null;
  }

  start(spec: RequestSpec): Exchange {
    this.uses += 1;
    const exchange = startExchange(this.#client, spec, () => this.#alert);
    const drained = exchange.drained.then((reusable) => {
      this.#draining = null;
      if (!reusable) this.destroy();
    });
    this.#draining = drained;
    return exchange;
  }

  destroy(): void {
    this.#alive = false;
    this.#client.destroy(CLOSED_BY_US, () => {});
  }
}
