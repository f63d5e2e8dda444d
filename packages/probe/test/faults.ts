import type { ServerResponse } from 'node:http';
import { type Answer, INITIALIZE, json, result, type startServer, TOOLS } from './servers.ts';

type Faults = Parameters<typeof startServer>[0];

export const status =
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

/** Servers with one fault each, and a few oddities that are none. */
export const FAULTS: [string, Faults][] = [
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
  [
    'a notification whose answer never ends',
    { 'notifications/initialized': (response) => void response.writeHead(202, { 'content-length': '7' }).flushHeaders() },
  ],
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
  [
    'a modern list that fails',
    {
      ...modern({}),
      'tools/list': (...all) =>
        all[2].headers['mcp-method'] === undefined ? result(all[0], all[1], { tools: TOOLS }) : rpcError(-32603)(...all),
    },
  ],
  [
    'a modern list that misses its headers',
    {
      ...modern({}),
      'tools/list': (...all) =>
        all[2].headers['mcp-method'] === undefined ? result(all[0], all[1], { tools: TOOLS }) : rpcError(-32020, 400)(...all),
    },
  ],
  [
    'a modern discover without capabilities',
    modern({ ...MODERN_META, tools: TOOLS }, { ...MODERN_META, supportedVersions: ['2026-07-28'] }),
  ],
  ['discover that answers text', { 'server/discover': (response, message) => result(response, message, 'hello') }],
  ['discover that answers an empty object', { 'server/discover': (response, message) => result(response, message, {}) }],
  ['discover without an id', { 'server/discover': (response) => json(response, 200, { jsonrpc: '2.0', result: {} }) }],
  [
    "discover with somebody else's id",
    { 'server/discover': (response) => json(response, 200, { jsonrpc: '2.0', id: 'other', result: {} }) },
  ],
  [
    'discover whose error has no code',
    { 'server/discover': (response, message) => json(response, 200, { jsonrpc: '2.0', id: message.id, error: { message: 'no' } }) },
  ],
  [
    'discover under the wrong content type',
    { 'server/discover': (response, message) => result(response, message, DISCOVER, { 'content-type': 'text/plain' }) },
  ],
  ['discover that is redirected nowhere', { 'server/discover': status(307) }],
  ['discover that is forbidden', { 'server/discover': status(403) }],
  ['a refusal that is not from us', { 'server/discover': status(401) }],
  [
    'everything under the wrong content type and 201',
    {
      initialize: (response, message) =>
        json(response, 201, { jsonrpc: '2.0', id: message.id, result: INITIALIZE }, { 'content-type': 'text/plain' }),
    },
  ],
  ['a healthy modern half', modern({ ...MODERN_META, tools: TOOLS })],
  ['a modern half of another revision', modern({ ...MODERN_META, tools: TOOLS }, { ...DISCOVER, supportedVersions: ['2099-01-01'] })],
  ['a sign-in', { every: status(401, { 'www-authenticate': 'Bearer' }) }],
  ['a rate limit', { every: status(429, { 'retry-after': '30' }) }],
];

const tools = (list: unknown, more: Record<string, unknown> = {}): Faults => ({
  'tools/list': (response, message) => result(response, message, { tools: list, ...more }),
});
const oneTool = (more: Record<string, unknown>): Faults => tools([{ name: 'one', inputSchema: { type: 'object' }, ...more }]);
const initialized = (more: Record<string, unknown>): Faults => ({
  initialize: (response, message) => result(response, message, { ...INITIALIZE, ...more }),
});
const listed = (envelope: Record<string, unknown>): Faults => ({
  'tools/list': (response, message) => json(response, 200, { jsonrpc: '2.0', id: message.id, result: { tools: TOOLS }, ...envelope }),
});
const streamed = (text: (id: unknown) => string): Faults => ({
  'tools/list': (response, message) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text(message.id)),
});
const listMessage = (id: unknown): string => JSON.stringify({ jsonrpc: '2.0', id, result: { tools: TOOLS } });

/** Lists and results that some schema refuses, or that looks as if it might be refused. */
export const RESULT_FAULTS: [string, Faults][] = [
  ['a tool that is text', tools(['one'])],
  ['a tool without a name', tools([{ inputSchema: { type: 'object' } }])],
  ['a tool named 7', oneTool({ name: 7 })],
  ['a tool with a blank in its name', oneTool({ name: 'one two' })],
  ['a tool with an empty name', oneTool({ name: '' })],
  ['a tool with a very long name', oneTool({ name: 'x'.repeat(300) })],
  ['description: null', oneTool({ description: null })],
  ['description: 7', oneTool({ description: 7 })],
  ['title: null', oneTool({ title: null })],
  ['annotations: null', oneTool({ annotations: null })],
  ['annotations: []', oneTool({ annotations: [] })],
  ['readOnlyHint: "yes"', oneTool({ annotations: { readOnlyHint: 'yes' } })],
  ['readOnlyHint: null', oneTool({ annotations: { readOnlyHint: null } })],
  ['annotations.title: 7', oneTool({ annotations: { title: 7 } })],
  ['_meta: null', oneTool({ _meta: null })],
  ['_meta: text', oneTool({ _meta: 'x' })],
  ['execution: text', oneTool({ execution: 'x' })],
  ['icons: {}', oneTool({ icons: {} })],
  ['icons: null', oneTool({ icons: null })],
  ['icons of text', oneTool({ icons: ['x'] })],
  ['an unknown member', oneTool({ color: 'red' })],
  ['inputSchema: null', oneTool({ inputSchema: null })],
  ['inputSchema: true', oneTool({ inputSchema: true })],
  ['inputSchema: {}', oneTool({ inputSchema: {} })],
  ['inputSchema of an array', oneTool({ inputSchema: { type: 'array' } })],
  ['inputSchema of two types', oneTool({ inputSchema: { type: ['object', 'null'] } })],
  ['properties: null', oneTool({ inputSchema: { type: 'object', properties: null } })],
  ['properties: []', oneTool({ inputSchema: { type: 'object', properties: [] } })],
  ['required: null', oneTool({ inputSchema: { type: 'object', required: null } })],
  ['required: text', oneTool({ inputSchema: { type: 'object', required: 'a' } })],
  ['required of numbers', oneTool({ inputSchema: { type: 'object', required: [7] } })],
  ['a property that is null', oneTool({ inputSchema: { type: 'object', properties: { a: null } } })],
  ['a property that is true', oneTool({ inputSchema: { type: 'object', properties: { a: true } } })],
  ['a property that is text', oneTool({ inputSchema: { type: 'object', properties: { a: 'string' } } })],
  ['a property with a blank in its name', oneTool({ inputSchema: { type: 'object', properties: { 'a b': {} } } })],
  ['an array without items', oneTool({ inputSchema: { type: 'object', properties: { a: { type: 'array' } } } })],
  ['anyOf at the root', oneTool({ inputSchema: { type: 'object', anyOf: [{}] } })],
  ['a schema of draft 7', oneTool({ inputSchema: { type: 'object', $schema: 'http://json-schema.org/draft-07/schema#' } })],
  [
    'a reference out of the schema',
    oneTool({ inputSchema: { type: 'object', properties: { a: { $ref: 'https://example.com/s.json' } } } }),
  ],
  ['outputSchema: null', oneTool({ outputSchema: null })],
  ['outputSchema of an array', oneTool({ outputSchema: { type: 'array' } })],
  ['outputSchema: {}', oneTool({ outputSchema: {} })],
  ['outputSchema of draft 7', oneTool({ outputSchema: { type: 'object', $schema: 'http://json-schema.org/draft-07/schema#' } })],
  ['outputSchema that is no schema', oneTool({ outputSchema: { type: 'object', properties: { a: { type: 'nonsense' } } } })],
  ['outputSchema with a lost reference', oneTool({ outputSchema: { type: 'object', properties: { a: { $ref: '#/nowhere' } } } })],
  ['tools: null', tools(null)],
  ['nextCursor: ""', tools(TOOLS, { nextCursor: '' })],
  ['nextCursor: 7', tools(TOOLS, { nextCursor: 7 })],
  ['_meta: null beside the tools', tools(TOOLS, { _meta: null })],
  ['_meta: text beside the tools', tools(TOOLS, { _meta: 'x' })],
  ['the result is a list', listed({ result: TOOLS })],
  ['the result is text', listed({ result: 'x' })],
  ['the result is null', listed({ result: null })],
  ['no result', listed({ result: undefined })],
  ['no jsonrpc member', listed({ jsonrpc: undefined })],
  ['jsonrpc 1.0', listed({ jsonrpc: '1.0' })],
  ['a member too many', listed({ extra: 1 })],
  ['an error without a message', listed({ result: undefined, error: { code: -32603 } })],
  ['an error that is text', listed({ result: undefined, error: 'no' })],
  ['capabilities: null', initialized({ capabilities: null })],
  ['capabilities: []', initialized({ capabilities: [] })],
  ['capabilities.tools: true', initialized({ capabilities: { tools: true } })],
  ['capabilities.tools: null', initialized({ capabilities: { tools: null } })],
  ['capabilities.tools.listChanged: "yes"', initialized({ capabilities: { tools: { listChanged: 'yes' } } })],
  ['capabilities.logging: true', initialized({ capabilities: { tools: {}, logging: true } })],
  ['capabilities.prompts: null', initialized({ capabilities: { tools: {}, prompts: null } })],
  ['an unknown capability', initialized({ capabilities: { tools: {}, magic: true } })],
  ['an experimental capability that is true', initialized({ capabilities: { tools: {}, experimental: { magic: true } } })],
  ['serverInfo: null', initialized({ serverInfo: null })],
  ['serverInfo without a version', initialized({ serverInfo: { name: 'x' } })],
  ['serverInfo with a version 1', initialized({ serverInfo: { name: 'x', version: 1 } })],
  ['serverInfo.title: null', initialized({ serverInfo: { name: 'x', version: '1', title: null } })],
  ['serverInfo.icons: {}', initialized({ serverInfo: { name: 'x', version: '1', icons: {} } })],
  ['instructions: null', initialized({ instructions: null })],
  ['instructions: 7', initialized({ instructions: 7 })],
  ['protocolVersion: 7', initialized({ protocolVersion: 7 })],
  ['a list in an event', streamed((id) => `event: message\ndata: ${listMessage(id)}\n\n`)],
  ['a list in an event without a name', streamed((id) => `data: ${listMessage(id)}\n\n`)],
  ['a list in an event of another name', streamed((id) => `event: result\ndata: ${listMessage(id)}\n\n`)],
  ['a list in an event that does not end', streamed((id) => `event: message\ndata: ${listMessage(id)}\n`)],
  [
    'a list after a notification',
    streamed(
      (id) => `data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}\n\ndata: ${listMessage(id)}\n\n`,
    ),
  ],
  ['a list after text that is no JSON', streamed((id) => `data: hello\n\ndata: ${listMessage(id)}\n\n`)],
  ["a list after somebody else's answer", streamed((id) => `data: ${listMessage('other')}\n\ndata: ${listMessage(id)}\n\n`)],
  ['an empty stream', streamed(() => '')],
  ['a stream of comments', streamed(() => ': hello\n\n')],
  [
    'a list under a content type with a charset',
    {
      'tools/list': (response, message) =>
        result(response, message, { tools: TOOLS }, { 'content-type': 'application/json; charset=utf-8' }),
    },
  ],
  ['a list without a content type', { 'tools/list': (response, message) => response.writeHead(200).end(listMessage(message.id)) }],
  [
    'a list under text/json',
    { 'tools/list': (response, message) => result(response, message, { tools: TOOLS }, { 'content-type': 'text/json' }) },
  ],
  [
    'a list with a byte order mark',
    {
      'tools/list': (response, message) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(`\ufeff${listMessage(message.id)}`),
    },
  ],
  [
    'a list under status 201',
    { 'tools/list': (response, message) => json(response, 201, { jsonrpc: '2.0', id: message.id, result: { tools: TOOLS } }) },
  ],
  [
    'a list under status 202',
    { 'tools/list': (response, message) => json(response, 202, { jsonrpc: '2.0', id: message.id, result: { tools: TOOLS } }) },
  ],
  [
    'a list under status 400',
    { 'tools/list': (response, message) => json(response, 400, { jsonrpc: '2.0', id: message.id, result: { tools: TOOLS } }) },
  ],
  [
    'a session id with a blank',
    { initialize: (response, message) => result(response, message, INITIALIZE, { 'mcp-session-id': 'two words' }) },
  ],
  ['an empty session id', { initialize: (response, message) => result(response, message, INITIALIZE, { 'mcp-session-id': '' }) }],
  ['a page where the stream should be', { GET: status(200, HTML, '<p>hello</p>') }],
  ['a stream that ends at once', { GET: status(200, { 'content-type': 'text/event-stream' }) }],
];

interface SseOptions {
  readonly endpoint?: string | null;
  readonly stream?: Record<string, string>;
  readonly message?: number;
  /** Where answers go: on the stream, as they should, into the body of the POST, or nowhere. */
  readonly answers?: 'stream' | 'body' | 'nowhere';
  readonly event?: string;
}

/** HTTP+SSE of 2024-11-05 at /mcp, with one thing changed. */
export function sse(options: SseOptions = {}): Faults {
  const { endpoint = '/messages', message: status = 202, answers = 'stream', event = 'message' } = options;
  let stream: ServerResponse | null = null;
  return {
    every(response, message, request) {
      if (request.method === 'GET') {
        response.writeHead(200, options.stream ?? { 'content-type': 'text/event-stream' });
        response.flushHeaders();
        if (endpoint !== null) response.write(`event: endpoint\ndata: ${endpoint}\n\n`);
        stream = response;
        return;
      }
      if (request.url === '/mcp') return void response.writeHead(405, { allow: 'GET' }).end();
      const result = message.method === 'initialize' ? INITIALIZE : { tools: TOOLS };
      const answer = message.id === undefined ? undefined : JSON.stringify({ jsonrpc: '2.0', id: message.id, result });
      if (answers === 'body') return void response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      response.writeHead(status).end();
      if (answers === 'stream' && answer !== undefined && status < 300) stream?.write(`event: ${event}\ndata: ${answer}\n\n`);
    },
  };
}

export const SSE_FAULTS: [string, Faults][] = [
  ['a healthy stream', sse()],
  ['a greeting that never comes', sse({ endpoint: null })],
  ['an endpoint elsewhere', sse({ endpoint: 'http://127.0.0.1:9/messages' })],
  ['an endpoint that is no address', sse({ endpoint: 'http://[' })],
  ['a lost path', sse({ message: 404 })],
  ['messages answered 200', sse({ message: 200 })],
  ['messages refused', sse({ message: 500 })],
  ['answers in the body', sse({ answers: 'body' })],
  ['answers nowhere', sse({ answers: 'nowhere' })],
  ['answers under another event name', sse({ event: 'answer' })],
  ['a page instead of the stream', sse({ stream: { 'content-type': 'text/html' } })],
  ['a stream with a charset', sse({ stream: { 'content-type': 'text/event-stream; charset=utf-8' } })],
];
