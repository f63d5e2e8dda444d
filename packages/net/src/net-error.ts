import type { DialFacts } from './dial-facts.ts';

export type NetPhase = 'policy' | 'dns' | 'tcp' | 'tls' | 'http' | 'timeout';

/**
 * Why an exchange with an outside address failed: the phase it failed in and a stable code (a Node or OpenSSL code, or one of ours:
 * `address_blocked`, `url_malformed`, `url_scheme`, `url_credentials`, `dns_timeout`, `no_route`, `tcp_timeout`, `tls_timeout`, `first_byte_timeout`,
 * `body_timeout`, `aborted`, `truncated`, `headers_too_large`, `body_too_large`, `bomb`, `inflate_failed`, `not_http`, `reset`).
 */
export class NetError extends Error {
  readonly phase: NetPhase;
  readonly code: string;
  readonly address: string | undefined;
  /** What the dialer had learnt before it failed: the answers of DNS, the certificate that was refused. */
  readonly facts: DialFacts | undefined;
  /** Of an answer that is not HTTP: what came where HTTP was expected, its first characters. */
  readonly unparsed: string | undefined;

  constructor(
    phase: NetPhase,
    code: string,
    options: { address?: string | undefined; facts?: DialFacts | undefined; unparsed?: string | undefined; cause?: unknown } = {},
  ) {
    super(`${phase}: ${code}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'NetError';
    this.phase = phase;
    this.code = code;
    this.address = options.address;
    this.facts = options.facts;
    this.unparsed = options.unparsed;
  }
}

/** The `code` of a Node error, whatever was thrown. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
  return 'unknown';
}
