import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import { type Answer, type Behaviour, type Json, MODERN_VERSION, TOOLS } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function serve(bench: Bench, behaviour: Behaviour = {}): Promise<Setting> {
  return { url: (await bench.mcp(behaviour)).url };
}
const mended: Scenario['twin'] = (bench) => serve(bench);
const answering = (answers: Readonly<Record<string, Answer>>) => (bench: Bench) => serve(bench, { answers });
const oldServer = (discover: Answer) => (bench: Bench) => serve(bench, { wires: ['legacy'], answers: { 'server/discover': discover } });
const oldMended: Scenario['twin'] = (bench) => serve(bench, { wires: ['legacy'] });

/** nginx with a page of its own for what it does not find, before a server of the initialize era. */
async function errorPages(bench: Bench, intercept: string): Promise<Setting> {
  const app = await bench.mcp({ wires: ['legacy'] });
  return nginxBefore(bench, app, {
    server: `error_page 400 404 =200 /sorry.html;
location = /sorry.html { internal; default_type text/html; return 200 '<!doctype html><title>Acme Tools</title><h1>Nothing here</h1>'; }
location / { proxy_pass http://app; proxy_buffering off; ${intercept} }`,
  });
}

const poisoned: readonly Scenario[] = [
  {
    code: 'modern.fallback_poisoned',
    variant: 'nginx error page',
    fault: (bench) => errorPages(bench, 'proxy_intercept_errors on;'),
    twin: (bench) => errorPages(bench, bench.fix('modern.fallback_poisoned', 'nginx')),
  },
  {
    code: 'modern.fallback_poisoned',
    variant: 'server error',
    fault: oldServer((call) => call.text(500, 'Internal Server Error', { 'content-type': 'text/plain' })),
    twin: oldMended,
  },
  { code: 'modern.fallback_poisoned', variant: 'silence', fault: oldServer(() => undefined), twin: oldMended },
  { code: 'modern.fallback_poisoned', variant: 'hangs up', fault: oldServer((call) => call.request.socket.destroy()), twin: oldMended },
  {
    code: 'modern.fallback_poisoned',
    variant: 'page',
    fault: oldServer((call) =>
      call.text(200, '<!doctype html><title>Notes</title><div id="root"></div>', { 'content-type': 'text/html; charset=utf-8' }),
    ),
    twin: oldMended,
  },
  {
    code: 'modern.fallback_poisoned',
    variant: '403',
    fault: oldServer((call) => call.text(403, 'Forbidden', { 'content-type': 'text/plain' })),
    twin: oldMended,
  },
  {
    code: 'modern.fallback_poisoned',
    variant: 'a success without an answer in it',
    fault: oldServer((call) => call.json(200, { jsonrpc: '2.0', id: call.message.id ?? null })),
    twin: oldMended,
  },
  {
    code: 'modern.fallback_poisoned',
    variant: 'error beside result: null',
    fault: oldServer((call) =>
      call.json(200, {
        jsonrpc: '2.0',
        id: call.message.id ?? null,
        result: null,
        error: { code: -32601, message: 'Method not found' },
      }),
    ),
    // It redirects what it does not know: clients take that for a refusal.
    twin: oldServer((call) => call.text(302, '', { location: 'https://docs.example.com/' })),
  },
];

/** A gateway that passes on only the request headers it lists. */
async function gateway(bench: Bench, behaviour: Behaviour, headers: string): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp(behaviour), {
    server: `location / {
proxy_pass http://app;
proxy_buffering off;
proxy_pass_request_headers off;
proxy_set_header Content-Type $http_content_type;
proxy_set_header Accept $http_accept;
proxy_set_header Authorization $http_authorization;
proxy_set_header Mcp-Session-Id $http_mcp_session_id;
${headers}
}`,
  });
}

const stripped: readonly Scenario[] = [
  {
    code: 'modern.header_stripped',
    variant: 'nginx with a list of headers',
    verdict: 'degraded',
    fault: (bench) => gateway(bench, {}, ''),
    twin: (bench) => gateway(bench, {}, bench.fix('modern.header_stripped', 'nginx')),
  },
  {
    code: 'modern.header_stripped',
    variant: 'nginx with a list of headers, new era only',
    fault: (bench) => gateway(bench, { wires: ['modern'] }, ''),
    twin: (bench) => gateway(bench, { wires: ['modern'] }, bench.fix('modern.header_stripped', 'nginx')),
  },
  {
    code: 'modern.header_stripped',
    variant: 'nginx empties one',
    verdict: 'degraded',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        server: 'location / { proxy_pass http://app; proxy_buffering off; proxy_set_header Mcp-Method ""; }',
      }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: 'location / { proxy_pass http://app; proxy_buffering off; }' }),
  },
];

const HINTS = { ttlMs: 60_000, cacheScope: 'public' };
const LIST: Json = { tools: [...TOOLS] };
const DISCOVERY = {
  resultType: 'complete',
  ...HINTS,
  supportedVersions: [MODERN_VERSION],
  _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'notes', version: '0.3.0' } },
};

const results: readonly Scenario[] = [
  {
    code: 'modern.session_minted',
    fault: answering({
      'modern server/discover': (call) =>
        call.result({ ...DISCOVERY, capabilities: { tools: {} } }, { 'mcp-session-id': '5b0c8a3e-8a53-4f0e-9f64-0c6d6a1c2f10' }),
    }),
    twin: mended,
  },
  {
    code: 'modern.capabilities_missing',
    fault: answering({ 'server/discover': (call) => call.result({ ...DISCOVERY }) }),
    twin: mended,
  },
  {
    code: 'modern.result_type_missing',
    verdict: 'degraded',
    fault: answering({ 'modern tools/list': (call) => call.result({ ...HINTS, ...LIST }) }),
    twin: mended,
  },
  {
    code: 'modern.result_type_missing',
    variant: 'new era only',
    fault: (bench) => serve(bench, { wires: ['modern'], answers: { 'tools/list': (call) => call.result({ ...HINTS, ...LIST }) } }),
    twin: (bench) => serve(bench, { wires: ['modern'] }),
  },
  {
    code: 'modern.cache_hints_missing',
    verdict: 'degraded',
    fault: answering({ 'modern tools/list': (call) => call.result({ resultType: 'complete', ...LIST }) }),
    twin: mended,
  },
  {
    code: 'modern.cache_hints_missing',
    variant: 'new era only, no scope',
    fault: (bench) =>
      serve(bench, {
        wires: ['modern'],
        answers: { 'tools/list': (call) => call.result({ resultType: 'complete', ttlMs: 60_000, ...LIST }) },
      }),
    twin: (bench) => serve(bench, { wires: ['modern'] }),
  },
];

const refusals: readonly Scenario[] = [
  {
    code: 'modern.header_not_validated',
    deep: true,
    fault: answering({
      'modern tools/list': (call) =>
        call.request.headers['mcp-protocol-version'] === MODERN_VERSION
          ? call.result({ resultType: 'complete', ...HINTS, ...LIST })
          : call.healthy(),
    }),
    twin: mended,
  },
  {
    code: 'modern.unsupported_error_wrong',
    variant: 'version',
    deep: true,
    fault: answering({
      'modern tools/list': (call) =>
        call.request.headers['mcp-protocol-version'] === MODERN_VERSION
          ? call.healthy()
          : call.error(400, -32000, 'Bad Request: Unsupported protocol version'),
    }),
    twin: mended,
  },
  {
    code: 'modern.unsupported_error_wrong',
    variant: 'method',
    deep: true,
    fault: answering({ unknown: (call) => call.error(200, -32601, 'Method not found') }),
    twin: mended,
  },
];

/** The 2026-07-28 revision: what keeps its clients out, and what misleads them. */
export const modern: readonly Scenario[] = [...poisoned, ...stripped, ...results, ...refusals];
