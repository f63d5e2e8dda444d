import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { json, type Message, result, TOOLS } from './servers.ts';

const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
const NO_SESSION = { code: -32001, message: 'Session not found' };

export interface Seen {
  readonly name: string;
  readonly headers: IncomingMessage['headers'];
  readonly message: Message;
  /** Number of the connection it came over, from 1. */
  readonly connection: number;
  readonly sessions: Set<string>;
}
/** Answers instead of the healthy server when it returns true. */
export type Fault = (response: ServerResponse, seen: Seen, request: IncomingMessage) => boolean;

export interface DeepServer {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  /** Sessions that nobody has closed. */
  readonly open: Set<string>;
  close(): Promise<void>;
}

export interface DeepServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly name?: string;
}

/** A stateful server of 2025-11-25 that does everything a deep probe asks of it; a fault takes one answer out of its hands. */
export async function startDeepServer(fault: Fault = () => false, options: DeepServerOptions = {}): Promise<DeepServer> {
  const seen: Seen[] = [];
  const sessions = new Set<string>();
  const connections = new Map<Socket, number>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const message = (text === '' ? {} : JSON.parse(text)) as Message;
      const name = request.method === 'POST' ? (message.method ?? 'other') : (request.method ?? 'other');
      const one = { name, headers: request.headers, message, connection: connections.get(request.socket) ?? 0, sessions };
      seen.push(one);
      if (!fault(response, one, request)) answer(response, one, options.name ?? 'healthy');
    });
  });
  server.on('connection', (socket) => connections.set(socket, connections.size + 1));
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/mcp`,
    port,
    seen,
    open: sessions,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, { name, headers, message, sessions }: Seen, serverName: string): void {
  const refuse = (status: number, error: { code: number; message: string }): void =>
    json(response, status, { jsonrpc: '2.0', id: message.id ?? null, error });
  const id = headers['mcp-session-id'];
  // Foreign origins are refused (2025-11-25 transports, "Security Warning").
  if (headers.origin !== undefined) response.writeHead(403).end();
  else if (name === 'initialize') initialize(response, message, sessions, serverName);
  else if (id === undefined) refuse(400, { code: -32600, message: 'Session required' });
  else if (!sessions.has(String(id))) refuse(404, NO_SESSION);
  else if (name === 'notifications/initialized') response.writeHead(202).end();
  else if (name === 'tools/list') result(response, message, { tools: [...TOOLS, { ...TOOLS[0], name: 'two' }] });
  else if (name === 'GET') openStream(response);
  else if (name === 'DELETE') {
    sessions.delete(String(id));
    response.writeHead(200).end();
  } else refuse(200, { code: -32601, message: 'Method not found' });
}

function initialize(response: ServerResponse, message: Message, sessions: Set<string>, name: string): void {
  const id = randomUUID();
  sessions.add(id);
  const asked = String(message.params?.['protocolVersion']);
  const protocolVersion = VERSIONS.includes(asked) ? asked : VERSIONS[0];
  result(response, message, { protocolVersion, capabilities: { tools: {} }, serverInfo: { name, version: '1' } }, { 'mcp-session-id': id });
}

/** Stays open, with a comment now and then. */
function openStream(response: ServerResponse, everyMs = 100): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': open\n\n');
  const timer = setInterval(() => response.write(': still here\n\n'), everyMs);
  response.on('close', () => clearInterval(timer));
}
