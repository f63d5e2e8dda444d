import type { Bench } from '../kit/bench.ts';
import { type Json, TOOLS } from '../kit/mcp-server.ts';
import { CLIENT, SERVER_METADATA, type Sign, signIn } from '../kit/oauth.ts';
import type { Scenario, Setting } from '../kit/types.ts';
import { BOT_CHECK, JUST_A_MOMENT, noParity, stranger, withClient, withToken } from './auth.ts';

const gated = { twin: stranger(), twinVerdict: 'gated' } as const;

/** What the authorization server says of itself. */
const descriptions: readonly Scenario[] = [
  {
    code: 'auth.as_metadata_missing',
    fault: stranger({ metadataAt: [] }),
    ...gated,
  },
  {
    code: 'auth.as_metadata_missing',
    variant: 'path',
    // After the issuer instead of between host and path (RFC 8414 section 3.1).
    fault: stranger({ issuerPath: '/tenant', metadataAt: [`/tenant${SERVER_METADATA}`] }),
    twin: stranger({ issuerPath: '/tenant', metadataAt: [`${SERVER_METADATA}/tenant`] }),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.issuer_mismatch',
    // Auth0's issuers end in a slash, and people leave it out of the other document.
    fault: stranger({ metadata: (issuer) => ({ issuer: `${issuer}/` }) }),
    ...gated,
  },
  {
    code: 'auth.registration_unavailable',
    fault: stranger({ metadata: () => ({ registration_endpoint: undefined, client_id_metadata_document_supported: undefined }) }),
    ...gated,
  },
  {
    code: 'auth.cimd_unsupported',
    verdict: 'gated',
    fault: stranger({ metadata: () => ({ client_id_metadata_document_supported: undefined }) }),
    ...gated,
  },
  {
    code: 'auth.pkce_not_advertised',
    fault: stranger({ metadata: () => ({ code_challenge_methods_supported: undefined }) }),
    ...gated,
  },
  {
    code: 'auth.pkce_not_advertised',
    variant: 'plain only',
    fault: stranger({ metadata: () => ({ code_challenge_methods_supported: ['plain'] }) }),
    ...gated,
  },
];

const SCOPED: Sign = {
  accept: ({ scope }) => scope.split(' ').includes('tools:read'),
  refuse: (call, { challenge, error }) =>
    error === null
      ? call.text(401, '', { 'www-authenticate': challenge })
      : call.text(403, '', {
          'www-authenticate': `${challenge.replace(/, error=.*/, '')}, error="insufficient_scope", scope="tools:read"`,
        }),
};

/** Tokens: how they are issued, and what the endpoint makes of them. */
const tokens: readonly Scenario[] = [
  {
    code: 'auth.token_endpoint_failing',
    variant: '500',
    noParity,
    fault: withClient({ as: { '/token': (call) => call.text(500, 'Internal Server Error') } }),
    twin: withClient(),
  },
  {
    code: 'auth.token_endpoint_failing',
    variant: 'page',
    noParity,
    fault: withClient({
      as: { '/token': (call) => call.text(200, '<html><title>Sign in</title></html>', { 'content-type': 'text/html' }) },
    }),
    twin: withClient(),
  },
  {
    code: 'auth.metadata_behind_waf',
    variant: 'token endpoint',
    noParity,
    fault: withClient({ as: { '/token': (call) => call.text(403, JUST_A_MOMENT, BOT_CHECK) } }),
    twin: withClient(),
  },
  {
    code: 'auth.audience_mismatch',
    variant: 'origin',
    noParity,
    // workers-oauth-provider#108: the token is for the origin, the endpoint wants its whole address.
    fault: withClient({ audience: (resource) => new URL(resource).origin }),
    twin: withClient(),
  },
  {
    code: 'auth.audience_mismatch',
    variant: 'slash',
    noParity,
    // workers-oauth-provider#133.
    fault: withClient({ accept: ({ audience }, url) => audience === `${url}/` }),
    twin: withClient({ accept: ({ audience }, url) => audience === url }),
  },
  {
    code: 'auth.issuer_changed',
    noParity,
    // The secret was made for the authorization server of before.
    fault: withClient({}, CLIENT.clientSecret, () => ({ issuer: 'https://auth.before.example', tokenOrigin: null })),
    twin: withClient({}, CLIENT.clientSecret, (issuer) => ({ issuer, tokenOrigin: new URL(issuer).origin })),
  },
  {
    code: 'auth.issuer_changed',
    variant: 'token endpoint',
    noParity,
    fault: withClient({}, CLIENT.clientSecret, (issuer) => ({ issuer, tokenOrigin: 'https://tokens.before.example' })),
    twin: withClient({}, CLIENT.clientSecret, (issuer) => ({ issuer, tokenOrigin: null })),
  },
  {
    code: 'auth.token_expired',
    noParity,
    fault: withToken({}, { expired: true }),
    twin: withToken(),
  },
  {
    code: 'auth.token_expired',
    variant: 'client secret',
    noParity,
    // The secret was rotated.
    fault: withClient({}, 'the-one-before'),
    twin: withClient(),
  },
  {
    code: 'auth.insufficient_scope',
    noParity,
    fault: withToken(SCOPED, { scope: 'profile' }),
    twin: withToken(SCOPED, { scope: 'profile tools:read' }),
  },
];

const DELETE_ALL: Json = {
  name: 'delete_records',
  description: 'Deletes records for good.',
  inputSchema: { type: 'object', properties: { table: { type: 'string' } } },
  annotations: { destructiveHint: true },
};

/** A server on a public address that can destroy something; behind sign-in or not. */
async function destructive(bench: Bench, guarded: boolean): Promise<Setting> {
  const certificate = await bench.certificate({ names: ['mcp.example.com'] });
  const port = bench.port(443);
  const url = `https://mcp.example.com${port === 443 ? '' : `:${port}`}/mcp`;
  const behaviour = { tools: [...TOOLS, DELETE_ALL], tls: { key: certificate.key, cert: certificate.fullchain } };
  const at = { host: bench.public, port };
  if (guarded) await signIn(bench, { url, at, behaviour });
  else await bench.mcp(behaviour, at);
  return { url, names: { 'mcp.example.com': [bench.public] }, deps: { extraCa: [await bench.authority.root()] } };
}

const open: Scenario = {
  code: 'auth.open',
  publicAddress: true,
  fault: (bench) => destructive(bench, false),
  twin: (bench) => destructive(bench, true),
  twinVerdict: 'gated',
};

/** What the authorization server says and does. */
export const authServer: readonly Scenario[] = [...descriptions, ...tokens, open];
