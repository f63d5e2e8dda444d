import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as LegacyMcpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

export interface SdkServer {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(path: string, onRequest: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<SdkServer> {
  const server: Server = createServer((request, response) => void onRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A server of the official 2.x SDK. `dual`: also what came before 2026-07-28. */
export function startModernServer(kind: 'modern-only' | 'dual'): Promise<SdkServer> {
  const handler = createMcpHandler(
    () => {
      const server = new McpServer({ name: kind, version: '1.0.0' });
      for (const name of ['one', 'two'])
        server.registerTool(name, { description: name }, () => ({ content: [{ type: 'text' as const, text: name }] }));
      return server;
    },
    { legacy: kind === 'dual' ? 'stateless' : 'reject' },
  );
  const handle = toNodeHandler(handler);
  return listen('/mcp', (request, response) => handle(request as Parameters<typeof handle>[0], response));
}

/** A server of the official 1.x SDK that speaks the HTTP+SSE transport of 2024-11-05 and nothing else. */
export function startSseServer(): Promise<SdkServer> {
  const transports = new Map<string, SSEServerTransport>();
  return listen('/sse', async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET' && url.pathname === '/sse') {
      const server = new LegacyMcpServer({ name: 'sse', version: '1.0.0' });
      server.registerTool('one', { description: 'One.' }, () => ({ content: [] }));
      const transport = new SSEServerTransport('/messages', response);
      transports.set(transport.sessionId, transport);
      await server.connect(transport);
      return;
    }
    const transport = transports.get(url.searchParams.get('sessionId') ?? '');
    if (request.method === 'POST' && transport !== undefined) await transport.handlePostMessage(request, response);
    else response.writeHead(404).end();
  });
}
