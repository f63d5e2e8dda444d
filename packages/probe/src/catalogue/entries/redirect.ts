import type { CatalogueEntry } from '../types.ts';

export const redirect = {
  'redirect.method_lost': {
    code: 'redirect.method_lost',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The redirect turns the message into a page visit',
    explanation:
      'The server answers a POST with 301, 302 or 303. HTTP clients repeat such a request as a GET without its body, so the JSON-RPC message is lost and the next answer is 404 or 405. A 308 or 307 keeps method and body; publishing the final address is best.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops', 'sent', 'becomes', 'landed'],
    fixes: [
      {
        for: 'app',
        text: 'Publish the final address in the client configuration and in every listing; that helps every client at once.',
      },
      {
        for: 'nginx',
        text: 'Redirect with 308.',
        snippet: 'return 308 https://$host$request_uri;',
      },
      {
        for: 'nginx',
        text: 'Name the path without a slash at its end: where only `location /mcp/` exists, nginx answers /mcp with 301.',
        snippet: 'location = /mcp {\n  proxy_pass http://app;\n  proxy_buffering off;\n}',
      },
      {
        for: 'caddy',
        text: 'Name the status. `permanent` means 301, for POST as well.',
        snippet: 'redir https://{host}{uri} 308',
      },
      {
        for: 'apache',
        text: 'Redirect with 308.',
        snippet: 'Redirect 308 "/mcp" "https://mcp.example.com/mcp"',
      },
      {
        for: 'ingress-nginx',
        text: 'Set the redirect status of the controller in its ConfigMap.',
        snippet: 'data:\n  http-redirect-code: "308"',
      },
      {
        for: 'traefik',
        text: 'redirectScheme answers POST with 307 or 308 by itself: test with POST, since GET and HEAD show 301 or 302. Look for the 301 elsewhere.',
      },
    ],
    references: [
      'https://www.rfc-editor.org/rfc/rfc9110',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://github.com/caddyserver/caddy/issues/3722',
    ],
    affected: 'Nearly every client. Current SDKs stop with an error that names the redirect, older ones and VS Code send the GET.',
  },
  'redirect.cross_origin_refused': {
    code: 'redirect.cross_origin_refused',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The redirect leads to another origin',
    explanation:
      'The redirect leads to another scheme, host or port. TypeScript SDK 1.32.0 and later and client 2.3.0 and later refuse that, a 308 included; only http to https on the same host and default ports is let through. Publish the final address or proxy the request instead of redirecting it.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops', 'stopped'],
    fixes: [
      {
        for: 'app',
        text: 'Publish the final address in the client configuration and in every listing; that helps every client at once.',
      },
      {
        for: 'nginx',
        text: 'Proxy from the old name to the new one instead of redirecting.',
        snippet:
          'location /mcp {\n  proxy_pass https://mcp.example.com;\n  proxy_set_header Host mcp.example.com;\n  proxy_ssl_server_name on;\n  proxy_buffering off;\n}',
      },
      {
        for: 'caddy',
        text: 'Proxy from the old name to the new one instead of redirecting.',
        snippet: 'reverse_proxy /mcp* https://mcp.example.com {\n  header_up Host {upstream_hostport}\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110', 'https://github.com/modelcontextprotocol/python-sdk/pull/3397'],
    affected: 'Clients on TypeScript SDK 1.32.0, client 2.3.0 or later. Older ones follow, and lose the credential on the way.',
  },
  'redirect.auth_stripped': {
    code: 'redirect.auth_stripped',
    layer: 'auth',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The redirect loses the credential',
    explanation:
      'Most HTTP clients drop the Authorization header when they follow a redirect to another origin. The target gets the message without its credential and answers 401, which looks like a wrong token. VS Code keeps the header, which hands the credential to the other host.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops', 'answered'],
    fixes: [
      {
        for: 'app',
        text: 'Publish the final address in the client configuration and in every listing; that helps every client at once.',
      },
      {
        for: 'nginx',
        text: 'Proxy to the target instead of redirecting: the header is passed on.',
        snippet:
          'location /mcp {\n  proxy_pass https://mcp.example.com;\n  proxy_set_header Host mcp.example.com;\n  proxy_ssl_server_name on;\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'Clients with a credential that follow redirects across origins, older TypeScript SDKs among them.',
  },
  'redirect.downgrade_http': {
    code: 'redirect.downgrade_http',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The redirect leads from https to http',
    explanation:
      'The https endpoint redirects to an http address. The framework behind the proxy does not know that it is served over https and builds the address from what it sees. Tell it the original scheme.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops'],
    fixes: [
      {
        for: 'nginx',
        text: 'Pass the scheme on.',
        snippet: 'proxy_set_header X-Forwarded-Proto $scheme;\nproxy_set_header Host $host;',
      },
      {
        for: 'uvicorn',
        text: "Trust the proxy's headers.",
        snippet: "uvicorn app:app --proxy-headers --forwarded-allow-ips='*'",
      },
      {
        for: 'django',
        text: 'Trust the forwarded scheme.',
        snippet: "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')",
      },
      {
        for: 'express',
        text: 'Trust the proxy in front.',
        snippet: "app.set('trust proxy', 1);",
      },
    ],
    references: ['https://github.com/modelcontextprotocol/python-sdk/issues/732'],
    affected: 'All clients: they refuse the step down, or send the message unencrypted.',
  },
  'redirect.trailing_slash': {
    code: 'redirect.trailing_slash',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The path redirects to its twin with or without a slash',
    explanation:
      'The published path redirects to the same path with or without a slash at its end. Every request costs one more round trip, and the redirect becomes fatal as soon as it also changes the scheme. Publish the exact path.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops'],
    fixes: [
      {
        for: 'app',
        text: 'Publish the path exactly as the server serves it, with or without the slash.',
      },
      {
        for: 'python-sdk',
        text: 'Starlette mounts redirect /mcp to /mcp/. Let the MCP app serve /mcp and mount it at the root.',
        snippet: "Mount('/', app=mcp.streamable_http_app())",
      },
      {
        for: 'fastapi',
        text: 'Switch the slash redirect off.',
        snippet: 'app = FastAPI(redirect_slashes=False)',
      },
    ],
    references: [
      'https://github.com/modelcontextprotocol/python-sdk/issues/732',
      'https://github.com/modelcontextprotocol/python-sdk/issues/1168',
    ],
    affected: 'All clients wait longer; clients that do not follow redirects fail.',
  },
  'redirect.loop': {
    code: 'redirect.loop',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The server sends callers in a circle',
    explanation:
      'The redirects come back to an address already visited or exceed the number clients follow. Usually two places force https, and one of them never sees the other.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops', 'stopped'],
    fixes: [
      {
        for: 'cloudflare',
        text: 'Set SSL/TLS mode to Full (strict). With Flexible, Cloudflare asks the origin over http, and the origin redirects to https for ever.',
      },
      {
        for: 'nginx',
        text: 'Redirect to https only where TLS does not end in front of nginx.',
        snippet: 'if ($http_x_forwarded_proto = "http") {\n  return 308 https://$host$request_uri;\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients. SDKs give up after 5 hops.',
  },
  'redirect.login_page': {
    code: 'redirect.login_page',
    layer: 'auth',
    severity: 'down',
    confidence: 'certain',
    title: 'A browser sign-in stands in front of the endpoint',
    explanation:
      'Callers get a web page for signing in, or are sent to one. An MCP client has no browser window for that request and finds HTML where JSON-RPC should be. Exempt the MCP path and protect it by OAuth as MCP defines it: 401 with WWW-Authenticate.',
    evidence: ['exchange', 'request', 'status', 'from', 'location', 'hops', 'body'],
    fixes: [
      {
        for: 'cloudflare',
        text: 'Access: add an application for the MCP path with a Bypass or Service Auth policy.',
      },
      {
        for: 'oauth2-proxy',
        text: 'Let the MCP path through.',
        snippet: '--skip-auth-route=^/mcp',
      },
      {
        for: 'vercel',
        text: 'Switch Deployment Protection off for this deployment.',
      },
      {
        for: 'app',
        text: 'Answer a missing credential with 401 and say where to sign in.',
        snippet:
          'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization', 'https://www.rfc-editor.org/rfc/rfc9728'],
    affected: 'All clients.',
  },
} as const satisfies Record<string, CatalogueEntry>;
