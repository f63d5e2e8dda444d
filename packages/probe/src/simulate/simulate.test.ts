import { describe, expect, it } from 'vitest';
import { startModernServer, startSseServer } from '../../test/sdk-servers.ts';
import { type Answer, INITIALIZE, json, result, startServer, TOOLS } from '../../test/servers.ts';
import { check } from '../check.ts';
import type { ProbeTarget } from '../types.ts';
import { parityOf } from './parity.ts';
import { simulateClients } from './simulate-clients.ts';

function target(url: string, more: Partial<ProbeTarget> = {}): ProbeTarget {
  const settings = { transport: 'auto', era: 'auto', headers: {}, auth: { type: 'none' }, timeoutMs: 15_000, deep: false } as const;
  return { url, ...settings, region: 'default', hint: null, expect: {}, baseline: null, ...more };
}

const deps = { policy: { allowPrivate: true } };
const QUICK = { firstByteMs: 1500, answerMs: 1500, endpointEventMs: 1500 };
type Faults = Parameters<typeof startServer>[0];

/** What each client did, what was said of it, and how the two compare. */
async function compare(url: string, timeoutMs = 2500): Promise<{ client: string; did: string; said: string; parity: string }[]> {
  const { report } = await check(target(url), { ...deps, deadlines: QUICK });
  const simulations = await simulateClients(target(url), deps, { timeoutMs });
  return simulations.map((simulation) => {
    const verdict = report.clients.find(({ id }) => id === simulation.client);
    if (verdict === undefined) throw new Error(`no verdict for ${simulation.client}`);
    return {
      client: simulation.client,
      did: `${simulation.outcome} ${simulation.error ?? simulation.tools?.join(',')}`,
      said: `${verdict.verdict} ${verdict.because ?? ''}`,
      parity: parityOf(simulation, verdict, report.tools?.count ?? null),
    };
  });
}

const status =
  (code: number, headers: Record<string, string> = {}, body?: string): Answer =>
  (response) =>
    response.writeHead(code, headers).end(body);
const rpcError =
  (code: number, http = 200): Answer =>
  (response, message) =>
    json(response, http, { jsonrpc: '2.0', id: message.id ?? null, error: { code, message: 'no' } });
const HTML = { 'content-type': 'text/html' };

const MODERN_META = { resultType: 'complete', ttlMs: 1000, cacheScope: 'private' };
const DISCOVER = { ...MODERN_META, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } };
const modern = (list: Record<string, unknown>, discover: Record<string, unknown> = DISCOVER): Faults => ({
  'server/discover': (response, message) => result(response, message, discover),
  'tools/list': (response, message, request) =>
    result(response, message, request.headers['mcp-method'] === undefined ? { tools: TOOLS } : list),
});

const FAULTS: [string, Faults][] = [
  ['a healthy server', {}],
  ['a redirect that loses the method', { every: (...all) => status(all[2].url === '/mcp' ? 301 : 404, { location: '/other' })(...all) }],
  ['a redirect loop', { every: status(308, { location: '/mcp' }) }],
  [
    'a redirect to the path with a slash',
    {
      initialize: (response, message, request) =>
        request.url === '/mcp' ? status(307, { location: '/mcp/' })(response, message, request) : result(response, message, INITIALIZE),
    },
  ],
  ['the wrong path', { every: status(404, HTML, '<h1>Not Found</h1>') }],
  ['POST not allowed', { every: status(405, { allow: 'GET' }) }],
  ['a page instead of MCP', { every: status(200, HTML, '<!doctype html><title>Welcome</title>') }],
  ['a server error', { every: status(500) }],
  ['a bad gateway', { every: status(502, { server: 'nginx' }, '<h1>502 Bad Gateway</h1>') }],
  ['a gateway timeout', { every: status(504) }],
  ['text that is no JSON', { initialize: status(200, { 'content-type': 'application/json' }, 'starting up…') }],
  ["somebody else's id", { initialize: (response) => json(response, 200, { jsonrpc: '2.0', id: 'other', result: INITIALIZE }) }],
  ['a question that is only acknowledged', { initialize: status(202) }],
  ['initialize refused', { initialize: rpcError(-32603) }],
  [
    'the wrong content type',
    { initialize: (response, message) => result(response, message, INITIALIZE, { 'content-type': 'text/plain' }) },
  ],
  ['a refused notification', { 'notifications/initialized': status(400) }],
  ['a notification answered 200', { 'notifications/initialized': status(200) }],
  ['a notification answered 204', { 'notifications/initialized': status(204) }],
  ['a notification answered 500', { 'notifications/initialized': status(500) }],
  ['a lost session', { 'tools/list': rpcError(-32001, 404) }],
  [
    'an unknown revision',
    { initialize: (response, message) => result(response, message, { ...INITIALIZE, protocolVersion: '1999-01-01' }) },
  ],
  ['an old revision', { initialize: (response, message) => result(response, message, { ...INITIALIZE, protocolVersion: '2024-11-05' }) }],
  ['a broken initialize result', { initialize: (response, message) => result(response, message, { protocolVersion: '2025-11-25' }) }],
  ['a list that fails', { 'tools/list': rpcError(-32603) }],
  ['a list that fails with 500', { 'tools/list': status(500) }],
  ['tools that are no array', { 'tools/list': (response, message) => result(response, message, { tools: {} }) }],
  ['one bad tool', { 'tools/list': (response, message) => result(response, message, { tools: [...TOOLS, { name: 'bad' }] }) }],
  ['a cursor that is null', { 'tools/list': (response, message) => result(response, message, { tools: TOOLS, nextCursor: null }) }],
  ['a cursor that comes again', { 'tools/list': (response, message) => result(response, message, { tools: TOOLS, nextCursor: 'a' }) }],
  ['the same tool twice', { 'tools/list': (response, message) => result(response, message, { tools: [...TOOLS, ...TOOLS] }) }],
  ['an empty list', { 'tools/list': (response, message) => result(response, message, { tools: [] }) }],
  ['tools that nobody announced', { initialize: (response, message) => result(response, message, { ...INITIALIZE, capabilities: {} }) }],
  ['a stream that fails', { GET: status(500) }],
  ['a session that cannot be closed', { DELETE: status(500) }],
  [
    'an id that became text',
    { 'tools/list': (response, message) => json(response, 200, { jsonrpc: '2.0', id: String(message.id), result: { tools: TOOLS } }) },
  ],
  [
    'a result and an error at once',
    {
      'tools/list': (response, message) =>
        json(response, 200, { jsonrpc: '2.0', id: message.id, result: { tools: TOOLS }, error: { code: 1, message: 'x' } }),
    },
  ],
  [
    'an error: null beside the result',
    { 'tools/list': (response, message) => json(response, 200, { jsonrpc: '2.0', id: message.id, result: { tools: TOOLS }, error: null }) },
  ],
  [
    'a batch of one',
    { 'tools/list': (response, message) => json(response, 200, [{ jsonrpc: '2.0', id: message.id, result: { tools: TOOLS } }]) },
  ],
  ['discover that answers 500', { 'server/discover': status(500) }],
  ['discover that answers a page', { 'server/discover': status(200, HTML, '<p>hello</p>') }],
  ['discover that answers 404', { 'server/discover': status(404) }],
  ['discover that never answers', { 'server/discover': () => undefined }],
  ['discover that is only acknowledged', { 'server/discover': status(202) }],
  ['discover that asks for other headers', { 'server/discover': rpcError(-32020, 400) }],
  ['a modern list without resultType', modern({ tools: TOOLS, ttlMs: 1000, cacheScope: 'private' })],
  ['a modern list without cache hints', modern({ tools: TOOLS, resultType: 'complete' })],
  [
    'a modern discover without resultType',
    modern({ ...MODERN_META, tools: TOOLS }, { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } }),
  ],
  ['a healthy modern half', modern({ ...MODERN_META, tools: TOOLS })],
  ['a modern half of another revision', modern({ ...MODERN_META, tools: TOOLS }, { ...DISCOVER, supportedVersions: ['2099-01-01'] })],
  ['a sign-in', { every: status(401, { 'www-authenticate': 'Bearer' }) }],
  ['a rate limit', { every: status(429, { 'retry-after': '30' }) }],
];

describe.concurrent('what is said of a client is what the client does', () => {
  it.each(FAULTS)('%s', async (_name, faults) => {
    const server = await startServer(faults);
    try {
      const compared = await compare(server.url);
      expect(compared.filter(({ parity }) => parity === 'disagree')).toEqual([]);
      expect(compared.filter(({ said }) => said.includes('prober.'))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['of 2026-07-28 alone', () => startModernServer('modern-only')],
    ['of both eras', () => startModernServer('dual')],
    ['of the old SSE transport', startSseServer],
  ])('a healthy server %s', async (_name, start) => {
    const server = await start();
    try {
      const compared = await compare(server.url);
      expect(compared.filter(({ parity }) => parity !== 'agree')).toEqual([]);
      expect(compared.some(({ did }) => did.startsWith('works one'))).toBe(true);
    } finally {
      await server.close();
    }
  });
});
