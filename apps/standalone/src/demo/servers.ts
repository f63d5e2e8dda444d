import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer as ModernServer } from '@modelcontextprotocol/server';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const READ_ONLY = { readOnlyHint: true, openWorldHint: false };
const SESSION_IDLE_MS = 5 * 60_000;

function answer(text: string) {
  return async () => ({ content: [{ type: 'text' as const, text }] });
}

function legacyServer(name: string, tools: Record<string, string>): McpServer {
  const server = new McpServer({ name, version: '1.0.0' });
  for (const [tool, description] of Object.entries(tools)) {
    server.registerTool(tool, { description, annotations: READ_ONLY }, answer(`${tool}: this is a demonstration server`));
  }
  return server;
}

const weatherTools = {
  current_weather: 'Current weather of a city.',
  forecast: 'Forecast for the next five days.',
  list_cities: 'Cities that are known here.',
};
const noteTools = { list_notes: 'All notes, newest first.', search_notes: 'Notes that contain a word.' };

/** Stateful Streamable HTTP with a session per client, closed by DELETE or after five idle minutes. */
function streamableHttp(): Handle {
  const sessions = new Map<string, { transport: StreamableHTTPServerTransport; usedAt: number }>();
  const forgetIdle = (now: number) => {
    for (const [id, session] of sessions)
      if (now - session.usedAt > SESSION_IDLE_MS) void session.transport.close().then(() => sessions.delete(id));
  };
  return async (request, response) => {
    forgetIdle(Date.now());
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (known) {
      known.usedAt = Date.now();
      return known.transport.handleRequest(request, response);
    }
    if (typeof id === 'string') {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } }));
      return;
    }
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: true,
      onsessioninitialized: (session) => void sessions.set(session, { transport, usedAt: Date.now() }),
      onsessionclosed: (session) => void sessions.delete(session),
    });
    await legacyServer('demo-weather', weatherTools).connect(transport as Parameters<McpServer['connect']>[0]);
    return transport.handleRequest(request, response);
  };
}

/** HTTP+SSE of 2024-11-05: the GET stream is the session. */
function httpSse(path: string): Handle {
  const transports = new Map<string, SSEServerTransport>();
  return async (request, response) => {
    if (request.method === 'GET') {
      const transport = new SSEServerTransport(`${path}/messages`, response);
      transports.set(transport.sessionId, transport);
      response.on('close', () => transports.delete(transport.sessionId));
      return legacyServer('demo-notes', noteTools).connect(transport);
    }
    const id = new URL(request.url ?? '/', 'http://demo').searchParams.get('sessionId') ?? '';
    const transport = transports.get(id);
    if (request.method === 'POST' && transport) return transport.handlePostMessage(request, response);
    response.writeHead(request.method === 'POST' ? 404 : 405).end();
  };
}

/** Both eras from one address, stateless, with the official 2.x server. */
function modern(): Handle {
  const handler = createMcpHandler(() => {
    const server = new ModernServer({ name: 'demo-catalogue', version: '1.0.0' });
    for (const [tool, description] of [
      ['get_product', 'One product by its number.'],
      ['list_products', 'All products.'],
      ['search_products', 'Products by words in their names.'],
    ] as const) {
      server.registerTool(tool, { description, annotations: READ_ONLY }, answer(`${tool}: this is a demonstration server`));
    }
    return server;
  });
  return toNodeHandler(handler) as Handle;
}

function movedForGood(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(301, { location: (request.url ?? '/').replace('/moved/', '/weather/') }).end();
}

/** All demonstration servers behind one port of the loopback address. */
export function createDemoServer(): Server {
  const routes: readonly (readonly [string, Handle])[] = [
    ['/weather/mcp', streamableHttp()],
    ['/notes/sse', httpSse('/notes/sse')],
    ['/catalogue/mcp', modern()],
    ['/moved/mcp', movedForGood],
  ];
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://demo').pathname;
    const route = routes.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
    if (!route) {
      response.writeHead(404).end();
      return;
    }
    Promise.resolve(route[1](request, response)).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}
