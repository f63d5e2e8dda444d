import type { Bench } from '../kit/bench.ts';
import { nginxBefore, tlsNginxBefore } from '../kit/fronts.ts';
import type { Answer, McpServer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

/** nginx that answers http with `plain` and serves the application over https. */
async function forcedHttps(bench: Bench, plain: (secure: number) => string, every?: Answer): Promise<Setting> {
  const app = await bench.mcp(every === undefined ? {} : { answers: { every } });
  const secure = bench.port(443);
  const port = bench.port(80);
  const { deps = {} } = await tlsNginxBefore(bench, app, {
    http: `server { listen ${bench.address}:${port}; location / { ${plain(secure)} } }`,
    server: 'location / { proxy_pass http://app; }',
  });
  return { url: `http://mcp.example.com:${port}/mcp`, deps };
}

/** Caddy with `plain` on http and the application over https. */
async function caddyForcedHttps(bench: Bench, plain: (secure: number) => string): Promise<Setting> {
  const app = await bench.mcp();
  const [port, secure] = [bench.port(80), bench.port(443)];
  const certificate = await bench.certificate({ names: ['mcp.example.com'] });
  await bench.caddy(
    `http://mcp.example.com {
  ${plain(secure)}
}
https://mcp.example.com {
  tls ${certificate.fullchainFile} ${certificate.keyFile}
  reverse_proxy ${app.host}:${app.port}
}`,
    { ports: [port, secure] },
  );
  return { url: `http://mcp.example.com:${port}/mcp`, deps: { extraCa: [await bench.authority.root()] } };
}

/** `https://mcp.example.com` on the bench, and nginx as `https://tools.example.org` with `old` before it. */
async function movedHouse(bench: Bench, app: McpServer, old: (address: string) => string): Promise<Setting> {
  const port = bench.port(443);
  const [now, before] = [
    await bench.certificate({ names: ['mcp.example.com'] }),
    await bench.certificate({ names: ['tools.example.org'] }),
  ];
  const site = (name: string, files: typeof now, inside: string) =>
    `server { listen ${bench.address}:${port} ssl; server_name ${name};
ssl_certificate ${files.fullchainFile}; ssl_certificate_key ${files.keyFile};\n${inside}\n}`;
  await bench.nginx(
    `upstream mcp.example.com { server ${bench.address}:${port}; }
${site('mcp.example.com', now, 'location / { proxy_pass http://app; proxy_buffering off; }')}
${site('tools.example.org', before, old(port === 443 ? 'mcp.example.com' : `mcp.example.com:${port}`))}`,
    { upstream: `${app.host}:${app.port}`, ports: [port] },
  );
  return { url: `https://tools.example.org:${port}/mcp`, deps: { extraCa: [await bench.authority.root()] } };
}

/** Wants the bearer token `lab-token`. */
const guarded: Answer = (call) =>
  call.request.headers.authorization === 'Bearer lab-token'
    ? call.healthy()
    : call.json(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' });
const TOKEN: NonNullable<Setting['target']> = { auth: { type: 'bearer', token: 'lab-token' } };

const methodLost: readonly Scenario[] = [
  {
    code: 'redirect.method_lost',
    variant: 'nginx',
    fault: (bench) => forcedHttps(bench, (secure) => `return 301 https://$host:${secure}$request_uri;`),
    twin: (bench) =>
      forcedHttps(bench, (secure) => bench.fix('redirect.method_lost', 'nginx', secure === 443 ? {} : { $host: `$host:${secure}` })),
  },
  {
    code: 'redirect.method_lost',
    variant: 'nginx, location with a slash',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: 'location /mcp/ { proxy_pass http://app/mcp/; proxy_buffering off; }' }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: bench.fix('redirect.method_lost', 'nginx', {}, 1) }),
  },
  {
    code: 'redirect.method_lost',
    variant: 'caddy permanent',
    fault: (bench) => caddyForcedHttps(bench, (secure) => `redir https://{host}:${secure}{uri} permanent`),
    twin: (bench) =>
      caddyForcedHttps(bench, (secure) =>
        bench.fix('redirect.method_lost', 'caddy', secure === 443 ? {} : { '{host}': `{host}:${secure}` }),
      ),
  },
  {
    code: 'redirect.method_lost',
    variant: 'application, 302',
    fault: async (bench) => ({ url: `${(await versioned(bench, 302)).origin}/mcp` }),
    twin: async (bench) => ({ url: `${(await versioned(bench, 308)).origin}/mcp` }),
  },
];

/** Lives at /v1/mcp and redirects /mcp there. */
function versioned(bench: Bench, status: number): Promise<McpServer> {
  return bench.mcp({
    path: '/v1/mcp',
    answers: { every: (call) => (call.path === '/mcp' ? call.text(status, '', { location: '/v1/mcp' }) : call.healthy()) },
  });
}

const crossOrigin: readonly Scenario[] = [
  {
    code: 'redirect.cross_origin_refused',
    variant: 'nginx',
    fault: async (bench) => movedHouse(bench, await bench.mcp(), (address) => `return 308 https://${address}$request_uri;`),
    twin: async (bench) => movedHouse(bench, await bench.mcp(), () => bench.fix('redirect.cross_origin_refused', 'nginx')),
  },
  {
    code: 'redirect.cross_origin_refused',
    variant: 'caddy',
    fault: (bench) => caddyMoved(bench, (port) => `redir https://mcp.example.com:${port}{uri} 308`),
    twin: (bench) =>
      caddyMoved(bench, (port) =>
        bench.fix('redirect.cross_origin_refused', 'caddy', { 'https://mcp.example.com': `https://${bench.address}:${port}` }),
      ),
  },
  {
    code: 'redirect.auth_stripped',
    variant: 'http to https',
    deep: true,
    fault: async (bench) => ({
      ...(await forcedHttps(bench, (secure) => `return 308 https://$host:${secure}$request_uri;`, guarded)),
      target: TOKEN,
    }),
    twin: async (bench) => {
      const { url, ...rest } = await forcedHttps(bench, (secure) => `return 308 https://$host:${secure}$request_uri;`, guarded);
      return { url: `https://${new URL(url).hostname}:${bench.port(443)}/mcp`, ...rest, target: TOKEN };
    },
  },
  {
    code: 'redirect.auth_stripped',
    variant: 'another origin',
    also: ['redirect.cross_origin_refused'],
    fault: async (bench) => ({
      ...(await movedHouse(
        bench,
        await bench.mcp({ answers: { every: guarded } }),
        (address) => `return 307 https://${address}$request_uri;`,
      )),
      target: TOKEN,
    }),
    twin: async (bench) => ({
      ...(await movedHouse(bench, await bench.mcp({ answers: { every: guarded } }), () => bench.fix('redirect.auth_stripped', 'nginx'))),
      target: TOKEN,
    }),
  },
];

/** Caddy as `https://tools.example.org`, with `old` inside; the new house stands at the bench's own address. */
async function caddyMoved(bench: Bench, old: (port: number) => string): Promise<Setting> {
  const app = await bench.mcp();
  const [port, there] = [bench.port(443), bench.freePort()];
  const now = await bench.certificate({ names: ['mcp.example.com', bench.address] });
  const before = await bench.certificate({ names: ['tools.example.org'] });
  await bench.nginx(
    `server { listen ${bench.address}:${there} ssl; ssl_certificate ${now.fullchainFile}; ssl_certificate_key ${now.keyFile};
location / { proxy_pass http://app; proxy_buffering off; } }`,
    { upstream: `${app.host}:${app.port}`, ports: [there] },
  );
  await bench.caddy(
    `https://tools.example.org {
  tls ${before.fullchainFile} ${before.keyFile}
  ${old(there)}
}`,
    { ports: [port], env: { SSL_CERT_FILE: await bench.authority.rootFile() } },
  );
  return { url: `https://tools.example.org:${port}/mcp`, deps: { extraCa: [await bench.authority.root()] } };
}

const onTheWay: readonly Scenario[] = [
  {
    code: 'redirect.downgrade_http',
    fault: async (bench) =>
      tlsNginxBefore(bench, await absolute(bench), { server: `location / { proxy_pass http://app; proxy_set_header Host $http_host; }` }),
    twin: async (bench) =>
      tlsNginxBefore(bench, await absolute(bench), {
        server: `location / { proxy_pass http://app; ${bench.fix('redirect.downgrade_http', 'nginx', bench.port(443) === 443 ? {} : { $host: '$http_host' })} }`,
      }),
  },
  {
    code: 'redirect.trailing_slash',
    fault: async (bench) => ({ url: `${(await mounted(bench)).origin}/mcp` }),
    twin: async (bench) => ({ url: `${(await mounted(bench)).origin}/mcp/` }),
  },
  {
    code: 'redirect.loop',
    fault: async (bench) => flexible(bench, (port) => `return 301 https://$host:${port}$request_uri;`),
    twin: async (bench) => flexible(bench, (port) => bench.fix('redirect.loop', 'nginx', port === 443 ? {} : { $host: `$host:${port}` })),
  },
];

/** Builds the address of its current version from what it sees of the request, as frameworks do. */
function absolute(bench: Bench): Promise<McpServer> {
  return bench.mcp({
    path: '/v1/mcp',
    answers: {
      every: (call) => {
        const { host, 'x-forwarded-proto': scheme = 'http' } = call.request.headers;
        return call.path === '/mcp' ? call.text(307, '', { location: `${scheme}://${host}/v1/mcp` }) : call.healthy();
      },
    },
  });
}

/** A Starlette app mounted at /mcp: the router redirects to /mcp/ (redirect_slashes). */
function mounted(bench: Bench): Promise<McpServer> {
  return bench.mcp({
    path: '/mcp/',
    answers: {
      every: (call) =>
        call.path === '/mcp' ? call.text(307, '', { location: `http://${call.request.headers.host}/mcp/` }) : call.healthy(),
    },
  });
}

/** TLS ends in Caddy, which asks nginx behind it over http (as Cloudflare does in its mode Flexible). */
async function flexible(bench: Bench, origin: (port: number) => string): Promise<Setting> {
  const app = await bench.mcp();
  const [port, behind] = [bench.port(443), bench.port(80)];
  await bench.nginx(
    `server { listen ${bench.address}:${behind}; server_name mcp.example.com;
location / { ${origin(port)}
proxy_pass http://app; } }`,
    { upstream: `${app.host}:${app.port}`, ports: [behind] },
  );
  const certificate = await bench.certificate({ names: ['mcp.example.com'] });
  await bench.caddy(
    `https://mcp.example.com {
  tls ${certificate.fullchainFile} ${certificate.keyFile}
  reverse_proxy http://${bench.address}:${behind}
}`,
    { ports: [port], httpPort: bench.freePort() },
  );
  return { url: `https://mcp.example.com:${port}/mcp`, deps: { extraCa: [await bench.authority.root()] } };
}

/** What oauth2-proxy shows with the status 403 unless it is told to skip it. */
const SIGN_IN_PAGE = `<!DOCTYPE html>
<html lang="en" charset="utf-8">
  <head><meta charset="utf-8"><title>Sign In</title></head>
  <body><form method="GET" action="/oauth2/start"><button type="submit">Sign in with OpenID Connect</button></form></body>
</html>`;

const login: readonly Scenario[] = [
  {
    code: 'redirect.login_page',
    variant: 'oauth2-proxy',
    fault: (bench) => forwardAuth(bench, ''),
    twin: (bench) => forwardAuth(bench, 'location = /mcp { proxy_pass http://app; proxy_buffering off; }'),
  },
  {
    code: 'redirect.login_page',
    variant: 'oauth2-proxy, its own page',
    fault: async (bench) => ({
      url: (await bench.mcp({ answers: { every: (call) => call.text(403, SIGN_IN_PAGE, { 'content-type': 'text/html; charset=utf-8' }) } }))
        .url,
    }),
    twin: async (bench) => ({ url: (await bench.mcp()).url }),
  },
  {
    code: 'redirect.login_page',
    variant: 'Vercel',
    fault: async (bench) => ({
      url: (
        await bench.mcp({
          answers: {
            every: (call) =>
              call.text(
                401,
                '<!doctype html><html lang=en><meta charset=utf-8><title>Authentication Required</title><body></body></html>',
                {
                  'content-type': 'text/html; charset=utf-8',
                  server: 'Vercel',
                  'set-cookie': '_vercel_sso_nonce=b2Fk; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax',
                },
              ),
          },
        })
      ).url,
    }),
    twin: async (bench) => ({ url: (await bench.mcp()).url }),
  },
  {
    code: 'redirect.login_page',
    variant: 'Cloudflare Access',
    fault: async (bench) => ({
      url: (
        await bench.mcp({
          answers: {
            every: (call) =>
              call.text(302, '', {
                server: 'cloudflare',
                'set-cookie': 'CF_AppSession=n0d8c7; Path=/; Secure; HttpOnly',
                location:
                  'https://example.cloudflareaccess.com/cdn-cgi/access/login/mcp.example.com?kid=5f1c&redirect_url=%2Fmcp&meta=eyJraWQiOiI1ZjFjIn0',
              }),
          },
        })
      ).url,
      names: { 'example.cloudflareaccess.com': 'ENOTFOUND' },
    }),
    twin: async (bench) => ({ url: (await bench.mcp()).url }),
  },
];

/** nginx that asks oauth2-proxy before every request (auth_request), as its manual shows. */
async function forwardAuth(bench: Bench, exempt: string): Promise<Setting> {
  const app = await bench.mcp();
  const proxy = await bench.mcp({
    answers: {
      every: (call) =>
        call.path === '/oauth2/auth'
          ? call.text(401, 'Unauthorized')
          : call.text(200, SIGN_IN_PAGE, {
              'content-type': 'text/html; charset=utf-8',
            }),
    },
  });
  return nginxBefore(bench, app, {
    server: `location /oauth2/ { proxy_pass http://${proxy.host}:${proxy.port}; }
location = /oauth2/auth { proxy_pass http://${proxy.host}:${proxy.port}; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
location @signin { return 302 /oauth2/start?rd=$request_uri; }
${exempt}
location / { auth_request /oauth2/auth; error_page 401 = @signin; proxy_pass http://app; }`,
  });
}

/** Redirects: what becomes of a POST on its way. */
export const redirect: readonly Scenario[] = [...methodLost, ...crossOrigin, ...onTheWay, ...login];
