import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
}
export type Answer = (response: ServerResponse, message: Message, request: IncomingMessage) => void;

export const TOOLS = [{ name: 'one', description: 'One.', inputSchema: { type: 'object' } }];
export const INITIALIZE = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'test', version: '1.0.0' } };

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
export function result(response: ServerResponse, message: Message, value: unknown, headers: Record<string, string> = {}): void {
  json(response, 200, { jsonrpc: '2.0', id: message.id, result: value }, headers);
}

/** What a healthy legacy Streamable HTTP server answers; a fault overrides one line of it. */
export const HEALTHY: Readonly<Record<string, Answer>> = {
  initialize: (response, message) => result(response, message, INITIALIZE, { 'mcp-session-id': 'session-1' }),
  'notifications/initialized': (response) => response.writeHead(202).end(),
  'tools/list': (response, message) => result(response, message, { tools: TOOLS }),
  GET: (response) => response.writeHead(405, { allow: 'POST, DELETE' }).end(),
  DELETE: (response) => response.writeHead(200).end(),
  other: (response, message) =>
    json(response, 400, { jsonrpc: '2.0', id: message.id ?? null, error: { code: -32601, message: 'Method not found' } }),
};

export interface FaultyServer {
  readonly url: string;
  /** Methods as they came, JSON-RPC or HTTP. */
  readonly seen: string[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** An MCP server on the loopback address, healthy but for what is overridden. `every` comes before everything. */
export async function startServer(overrides: Partial<Record<string, Answer>> & { every?: Answer } = {}): Promise<FaultyServer> {
  const seen: string[] = [];
  const answers: Partial<Record<string, Answer>> = { ...HEALTHY, ...overrides };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => {
      let message: Message = {};
      try {
        message = JSON.parse(Buffer.concat(parts).toString() || '{}') as Message;
      } catch {
        message = {};
      }
      const name = request.method === 'POST' ? (message.method ?? 'other') : (request.method ?? 'other');
      seen.push(name);
      const answer = overrides.every ?? answers[name] ?? answers['other'];
      answer?.(response, message, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    seen,
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
