import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Tool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: object;
}

/** A small healthy MCP server (2025-11-25, no session) on the loopback address, whose tools can be changed. */
export async function startMcpServer(tools: Tool[]) {
  const state = { tools, seenAuthorization: [] as (string | undefined)[] };
  const server = createServer((request, response) => {
    state.seenAuthorization.push(request.headers.authorization);
    if (request.method !== 'POST') return void response.writeHead(405, { allow: 'POST' }).end();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message = JSON.parse(Buffer.concat(chunks).toString()) as { id?: number; method: string };
      if (message.id === undefined) return void response.writeHead(202).end();
      const result =
        message.method === 'initialize'
          ? { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'small', version: '1.0.0' } }
          : message.method === 'tools/list'
            ? { tools: state.tools }
            : null;
      const body = result ? { result } : { error: { code: -32_601, message: 'Method not found' } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
