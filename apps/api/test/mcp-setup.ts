import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { Endpoint } from '@rollcall/contracts';
import { freePort } from '@rollcall/testkit';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startApi, type TestApi } from './harness.ts';
import { connectMcp, type McpClient, type McpClientKind } from './mcp-clients.ts';
import { startMcpServer } from './mcp-server.ts';
import { openIncident } from './open-incident.ts';

export let api: TestApi;
export let base: string;
export let small: Awaited<ReturnType<typeof startMcpServer>>;
export const foreign = { endpoint: '', incident: '' };

const clients: McpClient[] = [];
/** Closed after each test. */
export const servers: Server[] = [];

export async function connect(kind: McpClientKind, key = api.ours.keys.write, by: 'header' | 'credentials' = 'header'): Promise<McpClient> {
  const client = await connectMcp(kind, `${base}/mcp`, key, by);
  clients.push(client);
  return client;
}

export interface Sent {
  readonly method?: string;
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly raw?: string | Buffer;
  readonly path?: string;
}
export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
};

/** As it goes over the wire: `fetch` would set Host and Accept itself. */
export async function send({ method = 'POST', key = api.ours.keys.write, headers = {}, body = INITIALIZE, raw, path = '/mcp' }: Sent = {}) {
  const request = httpRequest(`${base}${path}`, {
    method,
    headers: {
      accept: 'application/json, text/event-stream',
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
  });
  request.end(method === 'POST' ? (raw ?? JSON.stringify(body)) : undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text, json: <T>() => JSON.parse(text) as T };
}

export const tool = (name: string, args: Record<string, unknown> = {}) => ({
  jsonrpc: '2.0',
  id: 7,
  method: 'tools/call',
  params: { name, arguments: args },
});
export async function callRaw(name: string, args: Record<string, unknown>, key = api.ours.keys.write) {
  const answer = await send({ body: tool(name, args), key, headers: { accept: 'application/json' } });
  return answer.json<{ result: { isError?: boolean; content: { text: string }[]; structuredContent?: unknown } }>().result;
}

export async function ownEndpoint(name = 'Weather'): Promise<{ endpoint: string; incident: string }> {
  const endpoint = (await api.call('POST', '/api/v1/endpoints', { body: { name, url: small.url, tags: ['prod'] } })).json<Endpoint>().id;
  return { endpoint, incident: await openIncident(api.db, endpoint, api.ours.id) };
}

export const READ_TOOLS = ['list_endpoints', 'get_endpoint', 'list_incidents', 'get_incident', 'read_cause', 'check_url'];
export const WRITE_TOOLS = ['register_endpoint', 'run_probe', 'acknowledge_incident', 'add_incident_note'];

/** The installation on its own port, with a server of others beside it, for the tests of this file. */
export function useMcp(): void {
  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    api = await startApi({ config: { publicUrl: base } });
    await api.app.listen({ port, host: '127.0.0.1' });
    small = await startMcpServer([{ name: 'greet', inputSchema: { type: 'object' } }]);
    const body = { name: 'Theirs alone', url: 'https://theirs.example/mcp' };
    foreign.endpoint = (await api.call('POST', '/api/v1/endpoints', { key: api.theirs.keys.admin, body })).json<Endpoint>().id;
    foreign.incident = await openIncident(api.db, foreign.endpoint, api.theirs.id);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });
  afterAll(async () => {
    await small.close();
    await api.close();
  });
}
