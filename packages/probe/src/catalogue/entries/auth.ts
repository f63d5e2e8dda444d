import type { CatalogueEntry } from '../types.ts';

export const auth = {
  'auth.required': {
    code: 'auth.required',
    layer: 'auth',
    severity: 'notice',
    confidence: 'certain',
    title: 'Sign-in is required',
    explanation:
      'The server answers and asks for a credential. That is no failure: the endpoint counts as gated. Give Rollcall a token if the tools behind it are to be checked, too.',
    evidence: ['exchange', 'request', 'status', 'challenge', 'resource', 'authorizationServers'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Check with a token.',
        snippet: 'rollcall check https://mcp.example.com/mcp --bearer "$TOKEN"',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization', 'https://www.rfc-editor.org/rfc/rfc9728'],
    affected: 'Nobody who can sign in.',
    verdictOverride: 'gated',
  },
  'auth.www_authenticate_missing': {
    code: 'auth.www_authenticate_missing',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The 401 does not say how to sign in',
    explanation:
      'The 401 lacks WWW-Authenticate with the address of the sign-in metadata. Clients must guess the well-known address, and those written for 2025-06-18 and earlier do not.',
    evidence: ['exchange', 'request', 'status', 'challenge', 'missing', 'wellKnown'],
    fixes: [
      {
        for: 'app',
        text: 'Answer a missing or refused token like this.',
        snippet:
          'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      },
      {
        for: 'app',
        text: 'For browser clients, expose the header.',
        snippet: 'Access-Control-Expose-Headers: Mcp-Session-Id, WWW-Authenticate',
      },
      {
        for: 'cloudflare',
        text: 'Check that no transform rule removes the header.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization',
      'https://www.rfc-editor.org/rfc/rfc9728',
      'https://github.com/anthropics/claude-ai-mcp/issues/410',
    ],
    affected: 'Clients that do not try the well-known address.',
  },
  'auth.challenge_status_wrong': {
    code: 'auth.challenge_status_wrong',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'A missing sign-in is reported with the wrong status',
    explanation:
      'A request without a credential is refused with another status than 401. Most clients start signing in only on 401 (VS Code on 403 as well), so the user sees a plain error instead of a sign-in window.',
    evidence: ['exchange', 'request', 'status', 'challenge', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Answer a missing or refused token like this.',
        snippet:
          'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization', 'https://www.rfc-editor.org/rfc/rfc6750'],
    affected: 'Clients on the TypeScript SDK and others that wait for 401.',
  },
  'auth.resource_metadata_missing': {
    code: 'auth.resource_metadata_missing',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'Clients cannot find out where to sign in',
    explanation:
      'The server asks for sign-in, but the document that says where to sign in is not served, neither under the path of the endpoint nor at the root.',
    evidence: ['documents'],
    fixes: [
      {
        for: 'app',
        text: 'Serve this at /.well-known/oauth-protected-resource/mcp.',
        snippet: '{\n  "resource": "https://mcp.example.com/mcp",\n  "authorization_servers": ["https://auth.example.com"]\n}',
      },
      {
        for: 'nginx',
        text: 'Pass the well-known paths to the application, also where a rule hides files whose name begins with a dot.',
        snippet: 'location ^~ /.well-known/oauth- {\n  proxy_pass http://app;\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9728', 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization'],
    affected: 'All clients that sign in by OAuth.',
  },
  'auth.resource_metadata_invalid': {
    code: 'auth.resource_metadata_invalid',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'The sign-in metadata is not usable',
    explanation:
      'The sign-in document is not JSON, or it names no resource or no authorization server. Often the fallback page of a single-page app answers at the well-known address.',
    evidence: ['documents', 'json', 'resource', 'authorizationServers'],
    fixes: [
      {
        for: 'app',
        text: 'Serve this at /.well-known/oauth-protected-resource/mcp.',
        snippet: '{\n  "resource": "https://mcp.example.com/mcp",\n  "authorization_servers": ["https://auth.example.com"]\n}',
      },
      {
        for: 'nginx',
        text: 'Route the well-known paths before the fallback to index.html.',
        snippet: 'location ^~ /.well-known/oauth- {\n  proxy_pass http://app;\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9728', 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization'],
    affected: 'All clients that sign in by OAuth.',
  },
  'auth.resource_mismatch': {
    code: 'auth.resource_mismatch',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'The metadata names another address than the one used',
    explanation:
      'The sign-in document names another resource than the address in use: http instead of https, a slash too many, or the origin without the path. Strict clients stop here, because the token would be for something else; some accept an address above the one in use.',
    evidence: ['url', 'resource', 'used'],
    fixes: [
      {
        for: 'app',
        text: 'Name the address exactly as clients use it.',
        snippet: '"resource": "https://mcp.example.com/mcp"',
      },
      {
        for: 'nginx',
        text: 'Pass the public scheme and host on to an application that builds the address from the request.',
        snippet: 'proxy_set_header Host $host;\nproxy_set_header X-Forwarded-Proto $scheme;',
      },
    ],
    references: [
      'https://www.rfc-editor.org/rfc/rfc9728',
      'https://github.com/modelcontextprotocol/typescript-sdk/issues/1968',
      'https://github.com/anthropics/claude-code/issues/52871',
    ],
    affected: 'Clients that compare, Claude Code and those on current SDKs among them.',
  },
  'auth.as_metadata_missing': {
    code: 'auth.as_metadata_missing',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'The sign-in server publishes no description',
    explanation:
      'The authorization server publishes no description at any well-known address. Clients cannot learn where to send the user or where to fetch a token.',
    evidence: ['authorizationServers', 'documents', 'outcome', 'error', 'tokenEndpoint'],
    fixes: [
      {
        for: 'app',
        text: 'Serve the metadata of the authorization server. With a path in the issuer, the path comes after the well-known part.',
        snippet:
          'https://auth.example.com/.well-known/oauth-authorization-server\nhttps://auth.example.com/.well-known/oauth-authorization-server/tenant',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8414', 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization'],
    affected: 'All clients that sign in by OAuth.',
  },
  'auth.token_endpoint_failing': {
    code: 'auth.token_endpoint_failing',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'The sign-in server issues no token',
    explanation:
      'The token endpoint of the authorization server did not answer, failed, or answered with something that is no token. Whoever has to sign in or to renew a token cannot reach the tools.',
    evidence: ['exchange', 'request', 'status', 'outcome', 'error', 'tokenEndpoint'],
    fixes: [
      {
        for: 'app',
        text: 'Answer the request of a known client like this.',
        snippet:
          'HTTP/1.1 200 OK\nContent-Type: application/json\nCache-Control: no-store\n\n{ "access_token": "…", "token_type": "Bearer", "expires_in": 3600 }',
      },
      {
        for: 'app',
        text: 'Name a token endpoint in the metadata that clients can reach from where they are.',
        snippet: '"token_endpoint": "https://auth.example.com/token"',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6749', 'https://www.rfc-editor.org/rfc/rfc8414'],
    affected: 'All clients that sign in by OAuth, once their token has expired.',
  },
  'auth.issuer_mismatch': {
    code: 'auth.issuer_mismatch',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'The sign-in server calls itself by another name',
    explanation:
      'The authorization server calls itself by another name than the one that led to it. Clients must refuse that, since another server could be posing as it.',
    evidence: ['issuer', 'used'],
    fixes: [
      {
        for: 'app',
        text: 'Use the same text in both documents, to the last slash.',
        snippet: '"authorization_servers": ["https://auth.example.com"]\n"issuer": "https://auth.example.com"',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8414', 'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization'],
    affected: 'Clients that compare, as the 2026-07-28 revision demands.',
  },
  'auth.issuer_changed': {
    code: 'auth.issuer_changed',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server names another sign-in server than before',
    explanation:
      'The endpoint leads to another authorization server, or that server to another host for its tokens, than the one for which the client secret was given. The secret was not sent there. Clients that were registered with the former one cannot sign in until they are registered anew; if nobody moved it, somebody is collecting secrets.',
    evidence: ['issuer', 'tokenEndpoint', 'boundIssuer', 'boundTokenOrigin'],
    fixes: [
      {
        for: 'app',
        text: 'Name the former authorization server again, if the change was not intended, and look how it came there.',
        snippet: '"authorization_servers": ["https://auth.example.com"]',
      },
      {
        for: 'rollcall',
        text: 'If it did move: register the client with the new authorization server and save its credentials here again. They are bound to the new one from then on.',
        snippet: '{ "auth": { "type": "oauth", "clientId": "…", "clientSecret": "…", "issuer": "https://new-auth.example.com" } }',
      },
    ],
    references: [
      'https://www.rfc-editor.org/rfc/rfc8414',
      'https://www.rfc-editor.org/rfc/rfc9728',
      'https://www.rfc-editor.org/rfc/rfc9207',
    ],
    affected: 'Clients whose registration is with the former authorization server.',
  },
  'auth.audience_mismatch': {
    code: 'auth.audience_mismatch',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'Sign-in works, but the server refuses the token',
    explanation:
      'A token was issued, and the server refuses it. Usually it names another audience: the origin without the path, or with another slash at the end.',
    evidence: ['exchange', 'request', 'status', 'challenge', 'resource'],
    fixes: [
      {
        for: 'app',
        text: 'Accept the canonical address of the endpoint as audience, without a slash at its end.',
        snippet: 'https://mcp.example.com/mcp',
      },
      {
        for: 'cloudflare',
        text: 'Upgrade workers-oauth-provider: endpoints with a path are fixed there.',
      },
    ],
    references: [
      'https://www.rfc-editor.org/rfc/rfc8707',
      'https://github.com/cloudflare/workers-oauth-provider/issues/108',
      'https://github.com/cloudflare/workers-oauth-provider/issues/133',
    ],
    affected: 'All clients that sign in by OAuth.',
  },
  'auth.token_expired': {
    code: 'auth.token_expired',
    layer: 'auth',
    severity: 'notice',
    confidence: 'certain',
    title: 'Our credential is refused',
    explanation:
      'The credential stored for the check got 401, so nothing can be said about the server. Clients with credentials of their own may work.',
    evidence: ['exchange', 'request', 'status', 'challenge', 'outcome', 'error'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Store a new token for the endpoint, or use client credentials, which renew themselves.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6750'],
    affected: 'The monitor only.',
    verdictOverride: 'unknown',
  },
  'auth.insufficient_scope': {
    code: 'auth.insufficient_scope',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The credential may not do this',
    explanation: 'The credential is valid but may not do this: the server answered 403. The challenge names the scope that is missing.',
    evidence: ['exchange', 'request', 'status', 'challenge', 'body'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Use a credential with the scope the challenge names.',
      },
      {
        for: 'app',
        text: 'Name the scope in the challenge.',
        snippet: 'WWW-Authenticate: Bearer error="insufficient_scope", scope="tools:read"',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6750', 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization'],
    affected: 'Clients with a credential of the same kind.',
  },
  'auth.registration_unavailable': {
    code: 'auth.registration_unavailable',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'New clients cannot register',
    explanation:
      'The authorization server offers neither dynamic registration nor client id metadata documents. A client it does not know yet cannot sign in.',
    evidence: ['issuer'],
    fixes: [
      {
        for: 'app',
        text: 'Accept client id metadata documents, and say so in the metadata.',
        snippet: '"client_id_metadata_document_supported": true',
      },
      {
        for: 'app',
        text: 'For older clients offer dynamic registration.',
        snippet: '"registration_endpoint": "https://auth.example.com/register"',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration',
      'https://www.rfc-editor.org/rfc/rfc7591',
    ],
    affected: 'Clients that were not registered by hand.',
  },
  'auth.cimd_unsupported': {
    code: 'auth.cimd_unsupported',
    layer: 'auth',
    severity: 'notice',
    confidence: 'certain',
    title: 'Client id metadata documents are not supported',
    explanation:
      'Clients can register, but not by a client id metadata document. Dynamic registration is deprecated in the 2026-07-28 revision, and newer clients prefer the document.',
    evidence: ['issuer'],
    fixes: [
      {
        for: 'app',
        text: 'Accept client id metadata documents, and say so in the metadata.',
        snippet: '"client_id_metadata_document_supported": true',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration'],
    affected: 'Nobody yet; ChatGPT and Claude prefer the document.',
  },
  'auth.pkce_not_advertised': {
    code: 'auth.pkce_not_advertised',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'Sign-in lacks a required safety feature',
    explanation:
      'The authorization server does not say that it supports PKCE with S256. Clients must refuse to sign in then, because an intercepted code could be used by others.',
    evidence: ['issuer', 'methods'],
    fixes: [
      {
        for: 'app',
        text: 'Support S256 and say so in the metadata.',
        snippet: '"code_challenge_methods_supported": ["S256"]',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/security-considerations',
      'https://www.rfc-editor.org/rfc/rfc7636',
    ],
    affected: 'Clients that check, as the specification demands.',
  },
  'auth.open': {
    code: 'auth.open',
    layer: 'auth',
    severity: 'notice',
    confidence: 'certain',
    title: 'Destructive tools are open to anyone',
    explanation:
      'Tools that are marked as destructive can be listed, and so probably called, by anyone who knows the address. Ask for a credential, or restrict who reaches the server.',
    evidence: ['tools', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Answer a missing or refused token like this.',
        snippet:
          'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices',
    ],
    affected: 'The owner of the data behind the tools.',
  },
  'auth.metadata_behind_waf': {
    code: 'auth.metadata_behind_waf',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The sign-in metadata is behind bot protection',
    explanation:
      'The sign-in documents or the token endpoint are answered with a bot-protection page. Clients fetch them without a browser and cannot solve the challenge.',
    evidence: ['documents', 'tokenEndpoint', 'error'],
    fixes: [
      {
        for: 'cloudflare',
        text: 'Add a WAF custom rule with the action Skip.',
        snippet: '(starts_with(http.request.uri.path, "/.well-known/oauth-"))',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9728', 'https://developers.cloudflare.com/waf/custom-rules/skip/'],
    affected: 'All clients that sign in by OAuth, hosted ones first.',
  },
} as const satisfies Record<string, CatalogueEntry>;
