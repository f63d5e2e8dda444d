import type { AddressPolicy } from './address.ts';
import { Connection } from './connection.ts';
import type { Ending } from './cutoff.ts';
import { type DialOptions, dial } from './dial.ts';
import type { ResolvedAddress } from './dial-facts.ts';
import { NetError } from './net-error.ts';
import { type Resolve, systemResolve } from './resolve.ts';
import type { Exchange, RequestSpec } from './start-exchange.ts';
import { assertTarget } from './target-url.ts';

export interface ConnectionsOptions {
  readonly policy: AddressPolicy;
  readonly dnsMs?: number | undefined;
  readonly tcpMs?: number | undefined;
  readonly tlsMs?: number | undefined;
  readonly resolve?: Resolve | undefined;
  readonly extraCa?: readonly string[] | undefined;
  readonly family?: 4 | 6 | undefined;
  readonly wholeChain?: boolean | undefined;
  readonly signal?: Ending | undefined;
}

export interface Started {
  readonly connection: Connection;
  /** The connection had carried an exchange before. */
  readonly reused: boolean;
  readonly exchange: Exchange;
}

const DRAIN_WAIT_MS = 20;

/**
 * The connections of one probe: dialled under the address policy, used again while they are free, all closed by `close()`.
 * A host is resolved once per probe, so that every connection goes to the addresses that were checked.
 */
export class Connections {
  #options: ConnectionsOptions;
  #open: { key: string; connection: Connection }[] = [];
  #resolved = new Map<string, Promise<readonly ResolvedAddress[]>>();
  /** Host → the address that answered last: dialled first, so that a dead one beside it costs its wait once and not at every dial. */
  #answered = new Map<string, string>();
  #closed = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Begins an exchange. Rejects with NetError when no connection could be made. `fresh`: never on a used connection. */
  async start(spec: RequestSpec, options: { fresh?: boolean; family?: 4 | 6 } = {}): Promise<Started> {
    const connection = options.fresh === true ? null : await this.#free(spec.url.origin);
    if (connection !== null) return { connection, reused: true, exchange: connection.start(spec) };
    const dialled = await this.dial(spec.url, options.family, spec.signal);
    return { connection: dialled, reused: false, exchange: dialled.start(spec) };
  }

  /** Begins an exchange on a connection that is free at this moment; null when there is none. */
  startOnIdle(spec: RequestSpec): Started | null {
    const { origin } = spec.url;
    const idle = this.#open.find(({ key, connection }) => key === origin && connection.idle);
    return idle === undefined ? null : { connection: idle.connection, reused: true, exchange: idle.connection.start(spec) };
  }

  /** A new connection to the URL's origin. Throws NetError. */
  async dial(url: URL, family?: 4 | 6, signal?: Ending): Promise<Connection> {
    assertTarget(url);
    if (this.#closed) throw new NetError('timeout', 'aborted');
    const connection = new Connection(url, await dial(url, this.#dialOptions(family, signal)));
    const { host, address, addresses } = connection.facts;
    // Who asks for one family says nothing of which to take otherwise.
    if (family === undefined && address !== null && addresses.length > 1) this.#answered.set(host, address);
    if (this.#closed) {
      connection.destroy();
      throw new NetError('timeout', 'aborted');
    }
    this.#open.push({ key: url.origin, connection });
    return connection;
  }

  /** Later exchanges begin on new connections. */
  forget(): void {
    for (const { connection } of this.#open) connection.destroy();
    this.#open = [];
  }

  close(): void {
    this.#closed = true;
    for (const { connection } of this.#open) connection.destroy();
    this.#open = [];
  }

  async #free(origin: string): Promise<Connection | null> {
    const mine = this.#open.filter(({ key }) => key === origin);
    const idle = mine.find(({ connection }) => connection.idle);
    if (idle !== undefined) return idle.connection;
    const draining = mine.find(({ connection }) => connection.draining !== null);
    if (draining === undefined) return null;
    await Promise.race([draining.connection.draining, new Promise((resolve) => setTimeout(resolve, DRAIN_WAIT_MS))]);
    return draining.connection.idle ? draining.connection : null;
  }

  #dialOptions(family: 4 | 6 | undefined, signal: Ending | undefined): DialOptions {
    const o = this.#options;
    return {
      policy: o.policy,
      resolve: (host) => this.#resolveKnown(host),
      dnsMs: o.dnsMs ?? 5000,
      tcpMs: o.tcpMs ?? 10_000,
      tlsMs: o.tlsMs ?? 10_000,
      extraCa: o.extraCa,
      family: family ?? o.family,
      wholeChain: o.wholeChain,
      signal: signal ?? o.signal,
    };
  }

  /** The addresses of a host, the one known to answer first. */
  #resolveKnown(host: string): Promise<readonly ResolvedAddress[]> {
    const known = this.#answered.get(host);
    if (known === undefined) return this.#resolve(host);
    return this.#resolve(host).then((all) => [
      ...all.filter(({ address }) => address === known),
      ...all.filter(({ address }) => address !== known),
    ]);
  }

  #resolve(host: string): Promise<readonly ResolvedAddress[]> {
    let answer = this.#resolved.get(host);
    if (answer === undefined) {
      answer = Promise.resolve((this.#options.resolve ?? systemResolve)(host));
      this.#resolved.set(host, answer);
    }
    return answer;
  }
}
