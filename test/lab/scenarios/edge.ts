import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import type { Answer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function every(bench: Bench, answer: Answer): Promise<Setting> {
  return { url: (await bench.mcp({ answers: { every: answer } })).url };
}
async function healthy(bench: Bench): Promise<Setting> {
  return { url: (await bench.mcp()).url };
}

/** Pages of bot protection, as their makers send them. */
const CHALLENGES: Readonly<Record<string, Answer>> = {
  'Cloudflare challenge': (call) =>
    call.text(
      403,
      '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script>(function(){window._cf_chl_opt={cvId:"3"}})()</script></body></html>',
      { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare', 'cf-mitigated': 'challenge', 'cf-ray': '8f2a1c0d2e3f4a5b-FRA' },
    ),
  'Cloudflare 1010': (call) =>
    call.text(403, 'error code: 1010', {
      'content-type': 'text/plain; charset=UTF-8',
      server: 'cloudflare',
      'cf-ray': '8f2a1c0d2e3f4a5b-FRA',
    }),
  'AWS WAF challenge': (call) =>
    call.text(202, '', { 'content-type': 'text/html; charset=UTF-8', server: 'CloudFront', 'x-amzn-waf-action': 'challenge' }),
  'AWS WAF captcha': (call) =>
    call.text(405, '<!DOCTYPE html><html lang="en"><head><title>Human Verification</title></head><body></body></html>', {
      'content-type': 'text/html; charset=UTF-8',
      server: 'awselb/2.0',
      'x-amzn-waf-action': 'captcha',
    }),
  Akamai: (call) =>
    call.text(
      403,
      '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don\'t have permission to access "http&#58;&#47;&#47;mcp&#46;example&#46;com&#47;mcp" on this server.<P>\nReference&#32;&#35;18&#46;5e8c1202&#46;1732180000&#46;1a2b3c4d\n</BODY>\n</HTML>\n',
      { 'content-type': 'text/html', server: 'AkamaiGHost', 'mime-version': '1.0' },
    ),
};

const firewalls: readonly Scenario[] = [
  ...Object.entries(CHALLENGES).map(
    ([variant, answer]): Scenario => ({ code: 'waf.challenge', variant, fault: (bench) => every(bench, answer), twin: healthy }),
  ),
  {
    code: 'waf.ip_blocked',
    variant: 'Cloudflare 1009, text',
    fault: (bench) =>
      every(bench, (call) => call.text(403, 'error code: 1009', { 'content-type': 'text/plain; charset=UTF-8', server: 'cloudflare' })),
    twin: healthy,
  },
  {
    code: 'waf.ip_blocked',
    variant: 'Cloudflare 1006, page',
    fault: (bench) =>
      every(bench, (call) =>
        call.text(
          403,
          '<!DOCTYPE html><html lang="en-US"><head><title>Attention Required! | Cloudflare</title></head><body><h1><span>Error</span><span>1006</span></h1><h2>Access denied</h2><p>The owner of this website (mcp.example.com) has banned your IP address (203.0.113.7).</p></body></html>',
          { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare' },
        ),
      ),
    twin: healthy,
  },
];

/** The TransportSecurityMiddleware of the Python SDK with a list of hosts. */
const pythonHosts =
  (...allowed: string[]): Answer =>
  (call) => {
    const host = (call.request.headers.host ?? '').replace(/:\d+$/, '');
    return allowed.includes(host) ? call.healthy() : call.text(421, 'Invalid Host header', { server: 'uvicorn' });
  };
/** The hostHeaderValidation of the TypeScript SDK's createMcpExpressApp. */
const typescriptHosts =
  (...allowed: string[]): Answer =>
  (call) => {
    const host = new URL(`http://${call.request.headers.host}`).hostname;
    return allowed.includes(host)
      ? call.healthy()
      : call.json(403, { jsonrpc: '2.0', error: { code: -32000, message: `Invalid Host: ${host}` }, id: null });
  };

async function named(bench: Bench, answer: Answer): Promise<Setting> {
  const { port } = await bench.mcp({ answers: { every: answer } });
  return { url: `http://mcp.example.com:${port}/mcp` };
}

/** ActionDispatch::HostAuthorization, in development. */
const BLOCKED_BY_RAILS =
  '<!DOCTYPE html>\n<html lang="en">\n<head><title>Action Controller: Exception caught</title></head>\n<body>\n<header>\n  <h1>Blocked hosts: mcp.example.com</h1>\n</header>\n</body>\n</html>\n';

const hosts: readonly Scenario[] = [
  {
    code: 'host.rejected',
    variant: 'Python SDK',
    fault: (bench) => named(bench, pythonHosts('localhost', '127.0.0.1', '[::1]')),
    twin: (bench) => named(bench, pythonHosts('localhost', '127.0.0.1', '[::1]', 'mcp.example.com')),
  },
  {
    code: 'host.rejected',
    variant: 'TypeScript SDK',
    fault: (bench) => named(bench, typescriptHosts('localhost', '127.0.0.1', '[::1]')),
    twin: (bench) => named(bench, typescriptHosts('mcp.example.com')),
  },
  {
    code: 'host.rejected',
    variant: 'Rails',
    fault: (bench) =>
      every(bench, (call) => call.text(403, BLOCKED_BY_RAILS, { 'content-type': 'text/html; charset=UTF-8', 'x-request-id': '0f8c2d' })),
    twin: healthy,
  },
  {
    code: 'host.rejected',
    variant: 'Vite',
    fault: (bench) =>
      every(bench, (call) =>
        call.text(
          403,
          'Blocked request. This host ("mcp.example.com") is not allowed.\nTo allow this host, add "mcp.example.com" to `server.allowedHosts` in vite.config.js.',
          {
            'content-type': 'text/plain',
          },
        ),
      ),
    twin: healthy,
  },
  {
    code: 'host.rejected',
    variant: 'nginx',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { every: pythonHosts('mcp.example.com') } }), {
        server: 'location / { proxy_pass http://app; }',
      }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { every: pythonHosts('mcp.example.com') } }), {
        server: `location / { proxy_pass http://app; ${bench.fix('host.rejected', 'nginx')} }`,
      }),
  },
];

/** Checks the origin as the catalogue prints it; `demanded`: as it is often done instead. */
const origins =
  (allowed: readonly string[], demanded = false): Answer =>
  (call) => {
    const { origin } = call.request.headers;
    if (origin === undefined ? demanded : !allowed.includes(origin))
      return call.json(403, { jsonrpc: '2.0', error: { code: -32000, message: `Invalid Origin header: ${origin}` }, id: null });
    delete call.request.headers.origin;
    return call.healthy();
  };
const WEB_CLIENT = 'https://app.example.com';

const callers: readonly Scenario[] = [
  {
    code: 'origin.rejected',
    variant: 'none sent',
    verdict: 'down',
    fault: (bench) => every(bench, origins([WEB_CLIENT], true)),
    twin: (bench) => every(bench, origins([WEB_CLIENT])),
  },
  {
    code: 'origin.rejected',
    variant: 'declared web client',
    verdict: 'down',
    fault: async (bench) => ({ ...(await every(bench, origins([]))), target: { headers: { Origin: WEB_CLIENT } } }),
    twin: async (bench) => ({ ...(await every(bench, origins([WEB_CLIENT]))), target: { headers: { Origin: WEB_CLIENT } } }),
  },
  {
    code: 'origin.not_validated',
    deep: true,
    fault: (bench) =>
      every(bench, (call) => {
        delete call.request.headers.origin;
        call.healthy();
      }),
    twin: healthy,
  },
];

/** Lets any page in that brings the token, and leaves `hidden` out of its answers. */
const tokenOnly =
  (hidden?: RegExp): Answer =>
  (call) => {
    const { request, response } = call;
    delete request.headers.origin;
    if (request.method !== 'OPTIONS' && request.headers.authorization !== 'Bearer lab-token')
      return call.json(401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer' });
    const writeHead = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string> = {}) =>
      writeHead(
        status,
        Object.fromEntries(Object.entries(headers).filter(([name]) => hidden?.test(name) !== true)),
      )) as typeof response.writeHead;
    call.healthy();
  };
const TOKEN: NonNullable<Setting['target']> = { auth: { type: 'bearer', token: 'lab-token' } };

async function fromPages(bench: Bench, options?: Answer, hidden?: RegExp): Promise<Setting> {
  const every: Answer = (call) => (call.request.method === 'OPTIONS' && options !== undefined ? options(call) : tokenOnly(hidden)(call));
  return { url: (await bench.mcp({ answers: { every } })).url, target: TOKEN };
}

async function exposing(bench: Bench, lines: string): Promise<Setting> {
  const app = await bench.mcp({ answers: { every: tokenOnly(/^access-control-expose-headers$/) } });
  return { ...(await nginxBefore(bench, app, { server: `location / { proxy_pass http://app; ${lines} }` })), target: TOKEN };
}

const browsers: readonly Scenario[] = [
  {
    code: 'cors.missing',
    variant: 'no CORS at all',
    deep: true,
    verdict: 'up',
    fault: (bench) => fromPages(bench, (call) => call.response.writeHead(405, { allow: 'GET, POST, DELETE' }).end(), /^access-control-/),
    twin: (bench) => fromPages(bench),
  },
  {
    code: 'cors.missing',
    variant: 'allow-list from before 2026-07-28',
    deep: true,
    verdict: 'up',
    fault: (bench) =>
      fromPages(bench, (call) =>
        call.text(204, '', { 'access-control-allow-headers': 'Content-Type, Authorization, Mcp-Session-Id, MCP-Protocol-Version' }),
      ),
    twin: (bench) => fromPages(bench),
  },
  {
    code: 'cors.missing',
    variant: 'nginx',
    deep: true,
    verdict: 'up',
    fault: (bench) => exposing(bench, ''),
    twin: (bench) => exposing(bench, bench.fix('cors.missing', 'nginx')),
  },
];

/** The Accept check of the Python SDK: both formats, named in full. */
const bothFormats: Answer = (call) => {
  const { accept = '' } = call.request.headers;
  if (call.request.method !== 'POST' || (accept.includes('application/json') && accept.includes('text/event-stream')))
    return call.healthy();
  return call.error(406, -32600, 'Not Acceptable: Client must accept both application/json and text/event-stream');
};

const formats: readonly Scenario[] = [
  {
    code: 'accept.406',
    variant: 'nginx',
    verdict: 'down',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { every: bothFormats } }), {
        server: 'proxy_set_header Accept application/json; location / { proxy_pass http://app; }',
      }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { every: bothFormats } }), {
        server: `proxy_set_header Accept application/json; location / { proxy_pass http://app; ${bench.fix('accept.406', 'nginx')} }`,
      }),
  },
  {
    code: 'accept.406',
    variant: 'one format alone',
    deep: true,
    verdict: 'up',
    fault: (bench) => every(bench, bothFormats),
    twin: healthy,
  },
  {
    code: 'content_type.request_rejected',
    deep: true,
    fault: (bench) =>
      every(bench, (call) =>
        call.request.method === 'POST' && call.request.headers['content-type'] !== 'application/json'
          ? call.error(415, -32000, 'Unsupported Media Type: Content-Type must be application/json')
          : call.healthy(),
      ),
    twin: healthy,
  },
  {
    code: 'content_type.response_wrong',
    variant: 'application',
    fault: async (bench) => ({ url: (await bench.mcp({ headers: {}, answers: { every: relabelled('text/plain; charset=utf-8') } })).url }),
    twin: healthy,
  },
  {
    code: 'content_type.response_wrong',
    variant: '201, JSON called a page',
    fault: async (bench) => ({
      url: (await bench.mcp({ wires: ['legacy'], answers: { every: relabelled('text/html; charset=utf-8', 201) } })).url,
    }),
    twin: async (bench) => ({
      url: (await bench.mcp({ wires: ['legacy'], answers: { every: relabelled('application/json', 201) } })).url,
    }),
  },
  {
    code: 'content_type.response_wrong',
    variant: 'nginx',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: 'proxy_hide_header Content-Type; location / { proxy_pass http://app; }' }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        server: `proxy_hide_header Content-Type; location / { proxy_pass http://app; ${bench.fix('content_type.response_wrong', 'nginx')} }`,
      }),
  },
];

function relabelled(contentType: string, success?: number): Answer {
  return (call) => {
    const { response } = call;
    const writeHead = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string> = {}) =>
      writeHead(status === 200 ? (success ?? status) : status, { ...headers, 'content-type': contentType })) as typeof response.writeHead;
    call.healthy();
  };
}

/** Between client and application: firewalls, hosts, origins, browsers, formats. */
export const edge: readonly Scenario[] = [...firewalls, ...hosts, ...callers, ...browsers, ...formats];
