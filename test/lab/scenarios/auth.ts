import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeTarget } from '@rollcall/probe';
import type { Bench } from '../kit/bench.ts';
import type { Call } from '../kit/mcp-server.ts';
import { CLIENT, type Grant, RESOURCE_METADATA, type Sign, type SignIn, signIn } from '../kit/oauth.ts';
import type { Scenario, Setting } from '../kit/types.ts';

export type Built = (bench: Bench) => Promise<Setting>;

/** Probed without a credential. */
export function stranger(sign: Sign = {}): Built {
  return async (bench) => ({ url: (await signIn(bench, sign)).url });
}

/** Probed with a token that somebody was given. */
export function withToken(sign: Sign = {}, grant: Partial<Grant> = {}): Built {
  return async (bench) => {
    const server = await signIn(bench, sign);
    return { url: server.url, target: { auth: { type: 'bearer', token: server.token(grant) } } };
  };
}

/** Probed with client credentials. */
export function withClient(
  sign: Sign = {},
  clientSecret: string = CLIENT.clientSecret,
  bind?: (issuer: string) => NonNullable<ProbeTarget['boundIssuer']>,
): Built {
  return async (bench) => {
    const { url, issuer } = await signIn(bench, sign);
    const boundIssuer = bind?.(issuer);
    return { url, target: { auth: { type: 'oauth', clientId: CLIENT.clientId, clientSecret }, ...(boundIssuer ? { boundIssuer } : {}) } };
  };
}

export const noParity = 'the clients are tried without the credential of the check';

/** nginx with TLS in front of a server behind sign-in. `server`: what stands in the server of port 443, with `location /mcp`. */
async function behindNginx(bench: Bench, server: string, sign: Sign = {}): Promise<SignIn & { setting: Setting }> {
  const [plain, secure] = [bench.port(80), bench.port(443)];
  const url = `https://mcp.example.com${secure === 443 ? '' : `:${secure}`}/mcp`;
  const made = await signIn(bench, { url, ...sign });
  const certificate = await bench.certificate({ names: ['mcp.example.com'] });
  await bench.nginx(
    `server { listen ${bench.address}:${plain}; return 308 https://$host${secure === 443 ? '' : `:${secure}`}$request_uri; }
     server { listen ${bench.address}:${secure} ssl; ssl_certificate ${certificate.fullchainFile}; ssl_certificate_key ${certificate.keyFile};
       ${server} }`,
    { upstream: `${made.app.host}:${made.app.port}`, ports: [plain, secure] },
  );
  return { ...made, setting: { url, deps: { extraCa: [await bench.authority.root()] } } };
}

function hidden(line: string): Built {
  return async (bench) => (await behindNginx(bench, `location / { proxy_pass http://app; ${line} }`)).setting;
}

const ONLY_MCP = 'location /mcp { proxy_pass http://app; }';

const NO_DOT_FILES = 'location ~ /\\. { deny all; }';

function singlePageApp(folder: string): string {
  return `root ${folder}; location / { try_files $uri /index.html; }`;
}

/** What frameworks do that build their own address from the request. */
const FROM_REQUEST: Sign = {
  refuse: (call) => call.text(401, '', { 'www-authenticate': `Bearer resource_metadata="${ownOrigin(call)}${RESOURCE_METADATA}/mcp"` }),
  resource: (_url, issuer, call) => ({ resource: `${ownOrigin(call)}/mcp`, authorization_servers: [issuer] }),
};

function ownOrigin({ request: { headers } }: Call): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}`;
}

function host(bench: Bench): string {
  return bench.port(443) === 443 ? '$host' : '$host:$server_port';
}

/** A folder with the one page of a single-page app. */
function pages(bench: Bench): string {
  const folder = join(bench.folder, 'www');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html><body><div id="root"></div><script src="/app.js"></script></body></html>',
  );
  return folder;
}

export const JUST_A_MOMENT = '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body></body></html>';
export const BOT_CHECK = { 'content-type': 'text/html; charset=UTF-8', 'cf-mitigated': 'challenge', server: 'cloudflare' };

function sseSignIn(bench: Bench): Promise<SignIn> {
  const port = bench.freePort();
  return signIn(bench, { url: `http://mcp.example.com:${port}/sse`, at: { port }, behaviour: { wires: ['sse'] } });
}

const KEY = '5f0c2e7ab1';

/** A server that wants a key in a header, probed with these. */
function withKey(headers: Readonly<Record<string, string>>): Built {
  return async (bench) => {
    const { port } = await bench.mcp({
      answers: {
        every: (call) => {
          if (call.path !== '/mcp' || call.request.headers['x-api-key'] === KEY) return call.healthy();
          return call.json(401, { error: 'Invalid API key' }, { 'www-authenticate': 'ApiKey realm="mcp"' });
        },
      },
    });
    return { url: `http://mcp.example.com:${port}/mcp`, target: { headers } };
  };
}

/** The question that starts a sign-in: 401 and a challenge. */
const challenges: readonly Scenario[] = [
  {
    code: 'auth.required',
    variant: 'token',
    noParity,
    fault: stranger(),
    twin: withToken(),
  },
  {
    code: 'auth.required',
    variant: 'client credentials',
    noParity,
    fault: stranger(),
    twin: withClient(),
  },
  {
    code: 'auth.required',
    variant: 'HTTP+SSE',
    noParity,
    fault: async (bench) => ({ url: (await sseSignIn(bench)).url }),
    twin: async (bench) => {
      const server = await sseSignIn(bench);
      return { url: server.url, target: { auth: { type: 'bearer', token: server.token() } } };
    },
  },
  {
    code: 'auth.required',
    variant: 'key',
    noParity,
    // No OAuth: the owner hands out keys.
    fault: withKey({}),
    twin: withKey({ 'x-api-key': KEY }),
  },
  {
    code: 'auth.www_authenticate_missing',
    // Express with `res.status(401).json(…)` (claude-ai-mcp#410).
    fault: stranger({ refuse: (call) => call.json(401, { error: 'Unauthorized' }) }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.www_authenticate_missing',
    variant: 'no address',
    verdict: 'gated',
    fault: stranger({ refuse: (call) => call.json(401, { error: 'Unauthorized' }, { 'www-authenticate': 'Bearer realm="mcp"' }) }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.www_authenticate_missing',
    variant: 'proxy',
    // A rule that tidies response headers.
    fault: hidden('proxy_hide_header WWW-Authenticate;'),
    twin: hidden(''),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.challenge_status_wrong',
    variant: '403',
    // FastAPI's HTTPBearer refuses so.
    fault: stranger({ refuse: (call) => call.json(403, { detail: 'Not authenticated' }) }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.challenge_status_wrong',
    variant: '400',
    fault: stranger({ refuse: (call) => call.error(400, -32000, 'Bad Request: missing access token') }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.challenge_status_wrong',
    variant: '200',
    // The check sits in the handler, and its refusal is a JSON-RPC error like any other.
    fault: stranger({ refuse: (call) => call.error(200, -32001, 'Unauthorized: please sign in') }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
];

/** The document that says where to sign in. */
const resources: readonly Scenario[] = [
  {
    code: 'auth.resource_metadata_missing',
    variant: 'nginx',
    fault: async (bench) => (await behindNginx(bench, ONLY_MCP)).setting,
    twin: async (bench) => (await behindNginx(bench, `${ONLY_MCP} ${bench.fix('auth.resource_metadata_missing', 'nginx')}`)).setting,
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_metadata_missing',
    variant: 'nginx, dot files',
    // What people copy to keep .git and .env from being served hides the well-known paths, too.
    fault: async (bench) => (await behindNginx(bench, `location / { proxy_pass http://app; } ${NO_DOT_FILES}`)).setting,
    twin: async (bench) => {
      const fix = bench.fix('auth.resource_metadata_missing', 'nginx');
      return (await behindNginx(bench, `location / { proxy_pass http://app; } ${NO_DOT_FILES} ${fix}`)).setting;
    },
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_metadata_missing',
    variant: 'app',
    // The challenge names the address under the path; the document is served at the root only.
    fault: stranger({ resourceAt: [RESOURCE_METADATA] }),
    twin: stranger({ resourceAt: [RESOURCE_METADATA, `${RESOURCE_METADATA}/mcp`] }),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_metadata_invalid',
    variant: 'nginx',
    fault: async (bench) => (await behindNginx(bench, `${ONLY_MCP} ${singlePageApp(pages(bench))}`)).setting,
    twin: async (bench) => {
      const fix = bench.fix('auth.resource_metadata_invalid', 'nginx');
      return (await behindNginx(bench, `${ONLY_MCP} ${fix} ${singlePageApp(pages(bench))}`)).setting;
    },
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_metadata_invalid',
    variant: 'app',
    fault: stranger({ resource: (url) => ({ resource: url, authorization_servers: [] }) }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_mismatch',
    variant: 'nginx',
    // TLS ends at the proxy, and the application takes itself for http.
    fault: async (bench) =>
      (await behindNginx(bench, `location / { proxy_pass http://app; proxy_set_header Host ${host(bench)}; }`, FROM_REQUEST)).setting,
    twin: async (bench) => {
      const fix = bench.fix('auth.resource_mismatch', 'nginx', host(bench) === '$host' ? {} : { $host: host(bench) });
      return (await behindNginx(bench, `location / { proxy_pass http://app; ${fix} }`, FROM_REQUEST)).setting;
    },
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_mismatch',
    variant: 'slash',
    fault: stranger({ resource: (url, issuer) => ({ resource: `${url}/`, authorization_servers: [issuer] }) }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.resource_mismatch',
    variant: 'origin',
    verdict: 'degraded',
    // The base address from the settings, without the path (claude-code#52871).
    fault: stranger({ resource: (url, issuer) => ({ resource: new URL(url).origin, authorization_servers: [issuer] }) }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.metadata_behind_waf',
    variant: 'resource',
    fault: stranger({
      first: (call) => (call.path.startsWith('/.well-known/') ? call.text(403, JUST_A_MOMENT, BOT_CHECK) : call.healthy()),
    }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
  {
    code: 'auth.metadata_behind_waf',
    variant: 'authorization server',
    fault: stranger({ as: { '*': (call) => call.text(403, JUST_A_MOMENT, BOT_CHECK) } }),
    twin: stranger(),
    twinVerdict: 'gated',
  },
];

/** The way to sign in, up to the document that names the authorization server. */
export const auth: readonly Scenario[] = [...challenges, ...resources];
