import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export const tools = Array.from({ length: 12 }, (_, index) => ({
  name: `tool_${index}`,
  description: `Tool number ${index} of the benchmark target; it is listed and never called.`,
  inputSchema: { type: 'object', properties: { query: { type: 'string' }, limit: { type: 'integer', minimum: 1 } }, required: ['query'] },
}));

export interface CheapOptions {
  /** Hears what is asked, a method of JSON-RPC or DELETE, and its body. */
  readonly hear?: (what: string, body: string | null) => void;
  readonly list?: () => readonly object[];
}

/** Answers as a healthy, cheap MCP server does (2025-11-25, sessions, JSON answers, twelve tools). */
export function answerCheaply(request: IncomingMessage, response: ServerResponse, { hear, list = () => tools }: CheapOptions = {}): void {
  if (request.method === 'GET') {
    response.writeHead(405, { 'content-type': 'application/json' }).end();
    return;
  }
  if (request.method === 'DELETE') {
    hear?.('DELETE', null);
    response.writeHead(200).end();
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (chunk: Buffer) => parts.push(chunk));
  request.on('end', () => {
    // Deep checks ask more than JSON-RPC.
    if (parts.length === 0) {
      response.writeHead(400).end();
      return;
    }
    const body = Buffer.concat(parts).toString();
    const message = JSON.parse(body) as { id?: number; method: string };
    hear?.(message.method, body);
    const answer = (result: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
    };
    if (message.method === 'initialize') {
      const result = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'bench-target', version: '1.0.0' } };
      answer(result, { 'mcp-session-id': randomUUID() });
    } else if (message.method === 'tools/list') answer({ tools: list() });
    else if (message.id === undefined) response.writeHead(202).end();
    else {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'Method not found' } }));
    }
  });
}
