import type { JsonObject } from './exchange-facts.ts';

/** Where a client secret may go: the authorization server that it was made for, and nowhere else. */
export interface BoundIssuer {
  /** Identifier of the authorization server (RFC 8414 §2). */
  readonly issuer: string;
  /** Origin of its token endpoint; null: whatever the issuer says. */
  readonly tokenOrigin: string | null;
}

export interface CredentialFacts {
  readonly type: 'bearer' | 'oauth';
  /** How the OAuth token was got. `rejected`: the endpoint answered 401 to it. `issuer_changed`: the secret was not sent. */
  readonly outcome: 'sent' | 'rejected' | 'refreshed' | 'no_metadata' | 'issuer_changed' | 'token_refused' | 'token_unreachable';
  /** Where the token was fetched, or to be fetched. */
  readonly tokenEndpoint: string | null;
  /** The authorization server that the endpoint leads to; absent: it was not asked for. */
  readonly issuer?: string | null;
  /** What the secret is bound to, where the endpoint leads elsewhere. */
  readonly bound?: BoundIssuer;
  readonly error: string | null;
  readonly exchange: number | null;
}

export interface MetadataDocument {
  readonly url: string;
  readonly exchange: number;
  readonly status: number | null;
  readonly json: boolean;
  readonly document: JsonObject | null;
}
export interface AuthChainFacts {
  readonly status: number | null;
  readonly wwwAuthenticate: string | null;
  readonly challenge: {
    readonly scheme: string;
    readonly resourceMetadata: string | null;
    readonly scope: string | null;
    readonly error: string | null;
  } | null;
  readonly resourceMetadata: readonly MetadataDocument[];
  /** The first usable protected-resource document. */
  readonly resource: {
    readonly url: string;
    readonly resource: string | null;
    readonly matches: boolean;
    readonly authorizationServers: readonly string[];
    readonly valid: boolean;
  } | null;
  readonly serverMetadata: readonly MetadataDocument[];
  readonly authorizationServer: {
    readonly identifier: string;
    readonly issuer: string | null;
    readonly tokenEndpoint: string | null;
    readonly registrationEndpoint: boolean;
    readonly clientIdMetadata: boolean;
    readonly pkceMethods: readonly string[] | null;
    readonly grantTypes: readonly string[] | null;
  } | null;
  /** The host answered the metadata address with a bot check. */
  readonly challenged: boolean;
}
