export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface PeerCertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly san: readonly string[];
}

export interface PeerTlsFacts {
  readonly servername: string | null;
  readonly protocol: string | null;
  readonly alpn: string | null;
  /** Why the certificate is not trusted for this name; null when it is. */
  readonly authorizationError: string | null;
  readonly leaf: PeerCertificateFacts | null;
  readonly chain: readonly PeerCertificateFacts[];
  /** `http` addresses of the issuer's certificate (RFC 5280 §4.2.2.1), only read when verification failed. */
  readonly issuerUrls: readonly string[];
  /** DER of the leaf, only kept when verification failed. */
  readonly leafDer: Buffer | null;
}

/** What dialing learnt. Spans in ms; 0 where a phase did not happen. */
export interface DialFacts {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly ResolvedAddress[];
  readonly dnsError: string | null;
  readonly address: string | null;
  readonly family: 4 | 6 | null;
  readonly dnsMs: number;
  readonly tcpMs: number;
  readonly tlsMs: number;
  readonly tls: PeerTlsFacts | null;
}
