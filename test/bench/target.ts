import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * A healthy, cheap MCP server (2025-11-25, sessions, JSON answers, twelve tools) as a process of its own, so that its
 * CPU is not counted with the prober's. Prints its port; ends with its parent. Counts what it is asked on GET /counts. At `/mcp?varying`
 * no list is like the one before. Told `record`, it says so and keeps what it is sent until it is told `recorded`.
 */
const tools = Array.from({ length: 12 }, (_, index) => ({
  name: `tool_${index}`,
  description: `Tool number ${index} of the benchmark target; it is listed and never called.`,
  inputSchema: { type: 'object', properties: { query: { type: 'string' }, limit: { type: 'integer', minimum: 1 } }, required: ['query'] },
}));
let lists = 0;
const varying = () => {
  lists += 1;
  return tools.map((tool, index) => (index === 0 ? { ...tool, description: `${tool.description} List ${lists}.` } : tool));
};
const counts: Record<string, number> = {};
let record: string[] | null = null;
process.on('message', (message) => {
  process.send?.({ recorded: record ?? [] });
  record = message === 'record' ? [] : null;
});
const server = createServer((request, response) => {
  const session = request.headers['mcp-session-id'] === undefined ? '' : 'a session';
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'mcp-session-id');
  const head = `${request.method} ${session} ${headers.map(([name, value]) => `${name}: ${value}`).sort()}`;
  if (request.method === 'GET') {
    response.writeHead(request.url === '/counts' ? 200 : 405, { 'content-type': 'application/json' });
    response.end(request.url === '/counts' ? JSON.stringify(counts) : undefined);
    return;
  }
  if (request.method === 'DELETE') {
    counts['DELETE'] = (counts['DELETE'] ?? 0) + 1;
    record?.push(head);
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
    record?.push(`${head} ${body}`);
    const message = JSON.parse(body) as { id?: number; method: string; params?: { protocolVersion?: string } };
    counts[message.method] = (counts[message.method] ?? 0) + 1;
    const answer = (result: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
    };
    if (message.method === 'initialize') {
      const result = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'bench-target', version: '1.0.0' } };
      answer(result, { 'mcp-session-id': randomUUID() });
    } else if (message.method === 'tools/list') answer({ tools: request.url === '/mcp?varying' ? varying() : tools });
    else if (message.id === undefined) response.writeHead(202).end();
    else {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'Method not found' } }));
    }
  });
});
server.keepAliveTimeout = 5000;
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
