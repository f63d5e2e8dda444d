import { createServer } from 'node:http';
import { answerCheaply, tools } from './cheap-server.ts';

/**
 * The cheap MCP server as a process of its own, so that its CPU is not counted with the prober's. Tells its parent its port; ends with
 * it. Counts what it is asked on GET /counts. At `/mcp?varying` no list is like the one before. Told `record`, it says so and keeps what
 * it is sent until it is told `recorded`.
 */
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
  if (request.method === 'GET' && request.url === '/counts') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(counts));
    return;
  }
  const session = request.headers['mcp-session-id'] === undefined ? '' : 'a session';
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'mcp-session-id');
  const head = `${request.method} ${session} ${headers.map(([name, value]) => `${name}: ${value}`).sort()}`;
  answerCheaply(request, response, {
    hear(what, body) {
      counts[what] = (counts[what] ?? 0) + 1;
      record?.push(body === null ? head : `${head} ${body}`);
    },
    list: () => (request.url === '/mcp?varying' ? varying() : tools),
  });
});
server.keepAliveTimeout = 5000;
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
