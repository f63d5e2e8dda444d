import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsServerOptions } from 'node:https';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface Message {
  readonly jsonrpc?: string;
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly [key: string]: Json };
}

/** One request to the server, and the means to answer it as a healthy server would. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Empty for GET, DELETE, OPTIONS. */
  readonly message: Message;
  /** `modern`: the request carries the 2026-07-28 envelope. `sse`: a POST of the HTTP+SSE transport. */
  readonly wire: 'legacy' | 'modern' | 'sse';
  readonly path: string;
  /** Answers the JSON-RPC request with a result, on the wire it came by. */
  result(value: Json, headers?: Record<string, string>): unknown;
  /** Answers with a JSON-RPC error. */
  error(status: number, code: number, text: string, data?: Json, headers?: Record<string, string>): unknown;
  /** Answers with JSON as it stands. */
  json(status: number, body: Json, headers?: Record<string, string>): unknown;
  /** Answers with this text. */
  text(status: number, body: string, headers?: Record<string, string>): unknown;
  /** What the healthy server would have done. */
  healthy(): unknown;
}
export type Answer = (call: Call) => unknown;

/** What differs from a healthy server. */
export interface Behaviour {
  /** Which wires it speaks: `legacy` (2025-11-25 Streamable HTTP, sessions), `modern` (2026-07-28), `sse` (HTTP+SSE). Default legacy and modern. */
  readonly wires?: readonly ('legacy' | 'modern' | 'sse')[];
  /** Where it answers; `/mcp`, and for HTTP+SSE `/sse`. */
  readonly path?: string;
  /** The list, or what it is at each request. */
  readonly tools?: readonly Json[] | (() => readonly Json[]);
  readonly capabilities?: { readonly [key: string]: Json };
  readonly serverInfo?: { readonly [key: string]: Json };
  /** Legacy: whether initialize mints a session. Default true. */
  readonly sessions?: boolean;
  /**
   * By JSON-RPC method (`initialize`, `server/discover`, `tools/list`, `notifications/initialized` …) or HTTP method (`GET`, `DELETE`,
   * `OPTIONS`); `every` comes before all, `unknown` is any other JSON-RPC method. A key may be narrowed to a wire: `legacy tools/list`.
   */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Headers on every answer that the server gives by itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Origins that a browser may call from; any other Origin is refused with 403 as the specification demands. */
  readonly origins?: readonly string[];
  /** Serves https with these. */
  readonly tls?: TlsServerOptions;
}

export interface McpServer {
  readonly host: string;
  readonly port: number;
  /** `http://host:port` or https. */
  readonly origin: string;
  /** The endpoint. */
  readonly url: string;
  /** What was asked, in order: the JSON-RPC or HTTP method. */
  readonly seen: string[];
  /** Requests with their headers, in order. */
  readonly requests: { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

export const TOOLS: readonly Json[] = [
  { name: 'echo', description: 'Says what it was told.', inputSchema: { type: 'object', properties: { text: { type: 'string' } } } },
  { name: 'time', description: 'Says what time it is.', inputSchema: { type: 'object', properties: {} } },
];
const SERVER_INFO = { name: 'lab', version: '1.0.0' };
export const LEGACY_VERSIONS: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
export const MODERN_VERSION = '2026-07-28';
const META = 'io.modelcontextprotocol';
/** What a browser-based client may send and read. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  'access-control-allow-headers':
    'Content-Type, Accept, Authorization, Last-Event-ID, Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name',
  'access-control-expose-headers': 'Mcp-Session-Id, WWW-Authenticate',
};

/** A healthy MCP server of up to three wires, but for `behaviour`. */
export async function startMcpServer(behaviour: Behaviour, host: string, port: number): Promise<McpServer> {
  const lab = new LabServer(behaviour, host, port);
  await lab.listen();
  return lab;
}

class LabServer implements McpServer {
  readonly host: string;
  readonly port: number;
  readonly seen: string[] = [];
  readonly requests: McpServer['requests'] = [];
  #behaviour: Behaviour;
  #server: Server;
  #sessions = new Set<string>();
  #streams = new Map<string, ServerResponse>();

  constructor(behaviour: Behaviour, host: string, port: number) {
    this.host = host;
    this.port = port;
    this.#behaviour = behaviour;
    const listener = (request: IncomingMessage, response: ServerResponse) => this.#take(request, response);
    this.#server = behaviour.tls === undefined ? createServer(listener) : createTlsServer(behaviour.tls, listener);
  }

  get origin(): string {
    return `${this.#behaviour.tls === undefined ? 'http' : 'https'}://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`;
  }

  get url(): string {
    return this.origin + this.#path;
  }

  get #wires(): readonly string[] {
    return this.#behaviour.wires ?? ['legacy', 'modern'];
  }

  get #path(): string {
    return this.#behaviour.path ?? (this.#wires.every((wire) => wire === 'sse') ? '/sse' : '/mcp');
  }

  #tools(): Json[] {
    const { tools = TOOLS } = this.#behaviour;
    return [...(typeof tools === 'function' ? tools() : tools)];
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.port, this.host, resolve);
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('error', () => {});
    response.on('error', () => {});
    request.on('end', () => this.#route(request, response, Buffer.concat(parts).toString()));
  }

  #route(request: IncomingMessage, response: ServerResponse, body: string): void {
    const method = request.method ?? 'GET';
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lab');
    let message: Message = {};
    if (method === 'POST') {
      try {
        message = JSON.parse(body) as Message;
      } catch {
        message = {};
      }
    }
    const streamId = searchParams.get('sessionId') ?? '';
    const wire = pathname.endsWith('/messages') ? 'sse' : isModern(request, message) ? 'modern' : 'legacy';
    const name = method === 'POST' ? (message.method ?? 'unknown') : method;
    this.seen.push(name);
    this.requests.push({ method, path: request.url ?? '/', headers: request.headers });
    const call = this.#call(request, response, message, wire, pathname, streamId, () => this.#healthy(name, call, streamId));
    const { answers = {} } = this.#behaviour;
    const answer = answers['every'] ?? answers[`${wire} ${name}`] ?? answers[name];
    if (answer !== undefined) answer(call);
    else if (method === 'POST' && !KNOWN.has(name) && answers['unknown'] !== undefined) answers['unknown'](call);
    else call.healthy();
  }

  #call(
    request: IncomingMessage,
    response: ServerResponse,
    message: Message,
    wire: Call['wire'],
    path: string,
    streamId: string,
    healthy: () => unknown,
  ): Call {
    const own = this.#behaviour.headers ?? {};
    const cors = request.headers.origin === undefined ? {} : CORS_HEADERS;
    const text = (status: number, body: string, headers: Record<string, string> = {}): unknown =>
      response.writeHead(status, { ...cors, ...own, ...headers }).end(body);
    const json = (status: number, body: Json, headers: Record<string, string> = {}): unknown =>
      text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
    const reply = (body: Json, status: number, headers: Record<string, string>): unknown => {
      if (wire !== 'sse') return json(status, body, headers);
      text(202, 'Accepted');
      this.#streams.get(streamId)?.write(`event: message\ndata: ${JSON.stringify(body)}\n\n`);
    };
    return {
      request,
      response,
      message,
      wire,
      path,
      json,
      text,
      healthy,
      result: (value, headers = {}) => reply({ jsonrpc: '2.0', id: message.id ?? null, result: value }, 200, headers),
      error: (status, code, said, data, headers = {}) =>
        reply(
          { jsonrpc: '2.0', id: message.id ?? null, error: { code, message: said, ...(data === undefined ? {} : { data }) } },
          status,
          headers,
        ),
    };
  }

  #healthy(name: string, call: Call, streamId: string): unknown {
    const { request, wire, path } = call;
    const { origin } = request.headers;
    if (origin !== undefined && !(this.#behaviour.origins ?? []).includes(origin) && request.method !== 'OPTIONS')
      return call.error(403, -32000, 'Invalid Origin header');
    if (request.method === 'OPTIONS') return call.text(204, '', { ...CORS_HEADERS });
    if (wire === 'sse') return this.#streams.has(streamId) ? this.#rpc(name, call) : call.text(404, 'no such session');
    if (this.#wires.includes('sse') && request.method === 'GET' && path === (this.#wires.length === 1 ? this.#path : '/sse'))
      return this.#openStream(call);
    if (path !== this.#path || (this.#wires.length === 1 && this.#wires[0] === 'sse'))
      return call.text(path === this.#path ? 405 : 404, path === this.#path ? '' : 'Not Found', { 'content-type': 'text/plain' });
    if (wire === 'modern' && this.#wires.includes('modern')) return this.#modern(name, call);
    if (!this.#wires.includes('legacy')) {
      if (request.method !== 'POST') return call.text(405, '', { allow: 'POST' });
      return call.error(400, -32022, 'Unsupported protocol version', { supported: [MODERN_VERSION] });
    }
    return this.#legacy(name, call);
  }

  #openStream(call: Call): undefined {
    const id = randomUUID();
    this.#streams.set(id, call.response);
    call.response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...(this.#behaviour.headers ?? {}) });
    call.response.write(`event: endpoint\ndata: ${this.#path.replace(/[^/]*$/, '')}messages?sessionId=${id}\n\n`);
    const beat = setInterval(() => call.response.write(': ping\n\n'), 10_000);
    call.response.on('close', () => {
      clearInterval(beat);
      this.#streams.delete(id);
    });
  }

  #legacy(name: string, call: Call): unknown {
    const { request } = call;
    const sessions = this.#behaviour.sessions ?? true;
    if (sessions && name !== 'initialize' && call.wire !== 'modern') {
      const id = request.headers['mcp-session-id'];
      if (id === undefined) return call.error(400, -32000, 'Bad Request: Mcp-Session-Id header is required');
      if (!this.#sessions.has(String(id))) return call.error(404, -32001, 'Session not found');
      const version = request.headers['mcp-protocol-version'];
      if (version !== undefined && !LEGACY_VERSIONS.includes(String(version)))
        return call.error(400, -32000, 'Bad Request: Unsupported protocol version');
      if (name === 'DELETE') {
        this.#sessions.delete(String(id));
        return call.text(200, '');
      }
    }
    if (name === 'GET' || name === 'DELETE') return call.text(405, '', { allow: 'POST' });
    this.#rpc(name, call);
  }

  #rpc(name: string, call: Call): unknown {
    const { message } = call;
    switch (name) {
      case 'initialize': {
        const asked = String(message.params?.['protocolVersion'] ?? '');
        const headers: Record<string, string> = {};
        if ((this.#behaviour.sessions ?? true) && call.wire === 'legacy') {
          const id = randomUUID();
          this.#sessions.add(id);
          headers['mcp-session-id'] = id;
        }
        return call.result(
          {
            protocolVersion: LEGACY_VERSIONS.includes(asked) ? asked : (LEGACY_VERSIONS[0] ?? ''),
            capabilities: { ...(this.#behaviour.capabilities ?? { tools: {} }) },
            serverInfo: { ...(this.#behaviour.serverInfo ?? SERVER_INFO) },
          },
          headers,
        );
      }
      case 'notifications/initialized':
        return call.text(202, '');
      case 'ping':
        return call.result({});
      case 'tools/list':
        return call.result({ tools: this.#tools() });
      default:
        return call.error(call.wire === 'legacy' ? 400 : 404, -32601, 'Method not found');
    }
  }

  #modern(name: string, call: Call): unknown {
    const { request, message } = call;
    if (request.method !== 'POST') return call.text(405, '', { allow: 'POST' });
    if (request.headers['mcp-method'] === undefined) return call.error(400, -32020, 'Header mismatch: Mcp-Method header is required');
    if (request.headers['mcp-method'] !== message.method) return call.error(400, -32020, 'Mcp-Method does not match the body');
    const meta = message.params?.['_meta'];
    const said = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta[`${META}/protocolVersion`] : undefined;
    const header = request.headers['mcp-protocol-version'];
    if (said !== undefined && said !== header) return call.error(400, -32020, 'MCP-Protocol-Version does not match _meta');
    if (header !== MODERN_VERSION) return call.error(400, -32022, 'Unsupported protocol version', { supported: [MODERN_VERSION] });
    const hints = { resultType: 'complete', ttlMs: 60_000, cacheScope: 'public' };
    switch (name) {
      case 'server/discover':
        return call.result({
          ...hints,
          supportedVersions: [MODERN_VERSION],
          capabilities: { ...(this.#behaviour.capabilities ?? { tools: {} }) },
          _meta: { [`${META}/serverInfo`]: { ...(this.#behaviour.serverInfo ?? SERVER_INFO) } },
        });
      case 'tools/list':
        return call.result({ ...hints, tools: this.#tools() });
      default:
        return call.error(404, -32601, 'Method not found');
    }
  }
}

/** A proxy may have taken the headers off: the envelope in the body says it, too. */
function isModern({ headers }: IncomingMessage, { params }: Message): boolean {
  const meta = params?.['_meta'];
  const enveloped = typeof meta === 'object' && meta !== null && `${META}/protocolVersion` in meta;
  return enveloped || headers['mcp-method'] !== undefined;
}

const KNOWN = new Set(['initialize', 'notifications/initialized', 'tools/list', 'server/discover', 'ping']);
