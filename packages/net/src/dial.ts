import { connect, isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { type AddressPolicy, bareHost, isLoopbackName, isPublicAddress, portOf } from './address.ts';
import { type Ending, offEnd, onEnd } from './cutoff.ts';
import type { DialFacts, PeerTlsFacts, ResolvedAddress } from './dial-facts.ts';
import { hasRoute } from './ipv6-route.ts';
import { codeOf, NetError } from './net-error.ts';
import { readPeerTls } from './peer-tls.ts';
import { type Resolve, resolveWithin, systemResolve } from './resolve.ts';
import { secureContext } from './trust.ts';

export interface DialOptions {
  readonly policy: AddressPolicy;
  readonly resolve?: Resolve | undefined;
  readonly dnsMs: number;
  readonly tcpMs: number;
  readonly tlsMs: number;
  readonly extraCa?: readonly string[] | undefined;
  /** Only this address family (deep check of both legs). */
  readonly family?: 4 | 6 | undefined;
  /** Read the whole certificate chain, not only the leaf. */
  readonly wholeChain?: boolean | undefined;
  readonly signal?: Ending | undefined;
}

export interface Dialled {
  readonly socket: Socket;
  readonly facts: DialFacts;
}

const MAX_ADDRESSES = 6;
/** Happy Eyeballs (RFC 8305 §5): the next address is tried beside the last one after this long. */
const NEXT_ADDRESS_MS = 300;

type Draft = { -readonly [K in keyof DialFacts]: DialFacts[K] };

/**
 * Opens a connection to a URL's host: resolve, refuse when ANY answer is forbidden, dial the checked address itself, verify the peer address,
 * handshake. Nothing is ever sent over a TLS connection whose certificate does not verify. Throws NetError with the facts learnt so far.
 */
export async function dial(url: URL, options: DialOptions): Promise<Dialled> {
  const draft: Draft = {
    host: bareHost(url),
    port: portOf(url),
    addresses: [],
    dnsError: null,
    address: null,
    family: null,
    dnsMs: 0,
    tcpMs: 0,
    tlsMs: 0,
    tls: null,
  };
  try {
    await resolveAndCheck(draft, options);
    const socket = await dialTcp(draft, options);
    if (url.protocol !== 'https:') return { socket, facts: draft };
    return { socket: await handshake(socket, draft, options), facts: draft };
  } catch (error) {
    const known = error instanceof NetError ? error : new NetError('tcp', codeOf(error), { cause: error });
    throw new NetError(known.phase, known.code, { address: known.address, facts: { ...draft }, cause: known.cause });
  }
}

async function resolveAndCheck(draft: Draft, options: DialOptions): Promise<void> {
  const literal = isIP(draft.host);
  if (!options.policy.allowPrivate && isLoopbackName(draft.host)) throw new NetError('policy', 'address_blocked', { address: draft.host });
  if (literal !== 0) {
    draft.addresses = [{ address: draft.host, family: literal === 6 ? 6 : 4 }];
  } else {
    const from = performance.now();
    try {
      draft.addresses = await resolveWithin(options.resolve ?? systemResolve, draft.host, options.dnsMs);
    } catch (error) {
      draft.dnsError = codeOf(error);
      throw error;
    } finally {
      draft.dnsMs = performance.now() - from;
    }
  }
  if (options.policy.allowPrivate) return;
  const blocked = draft.addresses.find(({ address }) => !isPublicAddress(address));
  if (blocked !== undefined) throw new NetError('policy', 'address_blocked', { address: blocked.address });
}

async function dialTcp(draft: Draft, options: DialOptions): Promise<Socket> {
  const { family } = options;
  const candidates = draft.addresses.filter((a) => family === undefined || a.family === family).slice(0, MAX_ADDRESSES);
  if (candidates.length === 0) throw new NetError('tcp', 'no_address_of_family');
  const from = performance.now();
  try {
    const { socket, used } = await race(candidates, draft.port, options);
    draft.address = used.address;
    draft.family = used.family;
    if (options.policy.allowPrivate) return socket;
    const peer = socket.remoteAddress;
    if (peer === undefined || !isPublicAddress(peer)) {
      socket.destroy();
      throw new NetError('policy', 'address_blocked', { address: peer ?? used.address });
    }
    return socket;
  } catch (error) {
    throw error instanceof NetError ? await withoutRoute(error) : error;
  } finally {
    draft.tcpMs = performance.now() - from;
  }
}

/** What the kernel says when it knows no way to an address, and what a router on the way may say, too. */
const UNROUTED = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** `no_route` when this machine has no way to the address itself, so that nothing is said about the server. */
async function withoutRoute(error: NetError): Promise<NetError> {
  if (error.address === undefined || !UNROUTED.has(error.code) || (await hasRoute(error.address))) return error;
  return new NetError('tcp', 'no_route', { address: error.address, cause: error });
}

function race(
  candidates: readonly ResolvedAddress[],
  port: number,
  options: DialOptions,
): Promise<{ socket: Socket; used: ResolvedAddress }> {
  return new Promise((resolve, reject) => {
    const open = new Set<Socket>();
    let next = 0;
    let firstError: NetError | undefined;
    let stagger: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(stagger);
      clearTimeout(deadline);
      offEnd(options.signal, aborted);
    };
    const fail = (error: NetError): void => {
      settle();
      for (const socket of open) socket.destroy();
      reject(error);
    };
    const aborted = (): void => fail(new NetError('timeout', 'aborted'));
    const attempt = (): void => {
      const used = candidates[next];
      if (used === undefined) return;
      next += 1;
      clearTimeout(stagger);
      if (next < candidates.length) stagger = setTimeout(attempt, NEXT_ADDRESS_MS);
      const socket = connect({ host: used.address, port, noDelay: true, keepAlive: false });
      open.add(socket);
      socket.once('connect', () => {
        settle();
        open.delete(socket);
        for (const other of open) other.destroy();
        socket.removeAllListeners('error');
        socket.on('error', ignore);
        resolve({ socket, used });
      });
      socket.on('error', (error) => {
        open.delete(socket);
        // An address that this machine has no way to says less than one that was tried.
        if (firstError === undefined || UNROUTED.has(firstError.code))
          firstError = new NetError('tcp', codeOf(error), { address: used.address, cause: error });
        if (next < candidates.length) attempt();
        else if (open.size === 0) fail(firstError);
      });
    };
    const deadline = setTimeout(
      () => fail(new NetError('tcp', 'tcp_timeout', { address: candidates[Math.max(0, next - 1)]?.address })),
      options.tcpMs,
    );
    if (options.signal?.aborted === true) return aborted();
    onEnd(options.signal, aborted);
    attempt();
  });
}

function handshake(raw: Socket, draft: Draft, options: DialOptions): Promise<Socket> {
  const servername = isIP(draft.host) === 0 ? draft.host.replace(/\.$/, '') : null;
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const socket = tlsConnect({
      socket: raw,
      // Host names are verified against `host` when there is no SNI.
      host: draft.host.replace(/\.$/, ''),
      ...(servername === null ? {} : { servername }),
      ALPNProtocols: ['http/1.1'],
      secureContext: secureContext(options.extraCa),
      // Verified below, before a byte of ours is sent: so that the refused certificate can be shown as evidence.
      rejectUnauthorized: false,
    });
    let settled = false;
    const settle = (): void => {
      settled = true;
      clearTimeout(timer);
      offEnd(options.signal, aborted);
      draft.tlsMs = performance.now() - from;
    };
    const fail = (error: NetError): void => {
      if (settled) return;
      settle();
      socket.destroy();
      raw.destroy();
      reject(error);
    };
    const aborted = (): void => fail(new NetError('timeout', 'aborted', { address: draft.address ?? undefined }));
    const timer = setTimeout(() => fail(new NetError('tls', 'tls_timeout', { address: draft.address ?? undefined })), options.tlsMs);
    onEnd(options.signal, aborted);
    socket.once('secureConnect', () => {
      draft.tls = readSafely(() => readPeerTls(socket, servername, options.wholeChain === true));
      if (!socket.authorized) {
        fail(new NetError('tls', draft.tls?.authorizationError ?? 'unknown', { address: draft.address ?? undefined }));
        return;
      }
      settle();
      socket.removeAllListeners('error');
      socket.on('error', ignore);
      resolve(socket);
    });
    socket.once('error', (error) => fail(new NetError('tls', codeOf(error), { address: draft.address ?? undefined, cause: error })));
    socket.once('close', () => fail(new NetError('tls', 'ECONNRESET', { address: draft.address ?? undefined })));
  });
}

// Outside the functions that use it: the socket would keep all that they know.
function ignore(): void {}

// A certificate is hostile input: one that cannot be read must not fail the probe.
function readSafely(read: () => PeerTlsFacts): PeerTlsFacts | null {
  try {
    return read();
  } catch {
    return null;
  }
}
