import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import type { Answer, Behaviour, McpServer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

const SSE: Behaviour = { wires: ['sse'] };
const STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };

/** nginx before a server of HTTP+SSE, which answers at /sse. */
async function nginxSse(bench: Bench, server: string, behaviour: Behaviour = {}): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp({ ...SSE, ...behaviour }), { server, path: behaviour.path ?? '/sse' });
}
async function caddySse(bench: Bench, site: (app: string) => string): Promise<Setting> {
  const app = await bench.mcp(SSE);
  const port = bench.port(80);
  await bench.caddy(`http://mcp.example.com:${port} {\n${site(`${app.host}:${app.port}`)}\n}`, { ports: [port] });
  return { url: `http://mcp.example.com:${port}/sse` };
}
async function serve(bench: Bench, behaviour: Behaviour = {}): Promise<Setting> {
  return { url: (await bench.mcp({ ...SSE, ...behaviour })).url };
}
const mended: Scenario['twin'] = (bench) => serve(bench);

/** A stream for messages of the server's own, in which it says nothing yet. */
const quietStream: Answer = (call) => {
  if (call.wire === 'modern' || call.request.headers['mcp-session-id'] === undefined) return call.healthy();
  call.response.writeHead(200, STREAM).flushHeaders();
};
/** The same, greeting with a comment. */
const greetingStream: Answer = (call) => {
  if (call.wire === 'modern' || call.request.headers['mcp-session-id'] === undefined) return call.healthy();
  call.response.writeHead(200, STREAM).write(': connected\n\n');
};

const buffered: readonly Scenario[] = [
  {
    code: 'sse.buffered',
    variant: 'nginx',
    verdict: 'down',
    fault: (bench) => nginxSse(bench, 'location / { proxy_pass http://app; }'),
    twin: (bench) => nginxSse(bench, bench.fix('sse.buffered', 'nginx', { '/mcp': '/' })),
  },
  {
    code: 'sse.buffered',
    variant: 'caddy',
    verdict: 'down',
    fault: (bench) => caddySse(bench, (app) => `reverse_proxy ${app} {\n  buffer_responses\n}`),
    twin: (bench) => caddySse(bench, (app) => bench.fix('sse.buffered', 'caddy', { 'app:3000': app })),
  },
  {
    code: 'sse.buffered',
    variant: 'nginx, GET stream of Streamable HTTP',
    deep: true,
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { GET: quietStream } }), { server: 'location / { proxy_pass http://app; }' }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { GET: quietStream } }), { server: bench.fix('sse.buffered', 'nginx') }),
  },
];

/** Compresses the event stream that `answer` writes, as the middleware of Express does: without a flush after an event. */
function compressing(answer: Answer): Answer {
  return (call) => {
    const { response } = call;
    const [writeHead, write] = [response.writeHead.bind(response), response.write.bind(response)];
    const accepted = String(call.request.headers['accept-encoding'] ?? '').includes('gzip');
    Object.assign(response, {
      writeHead: (status: number, headers: Record<string, string> = {}): ServerResponse => {
        if (!accepted || headers['content-type'] !== 'text/event-stream') return writeHead(status, headers);
        const gzip = createGzip();
        gzip.on('data', (chunk: Buffer) => write(chunk));
        Object.assign(response, { write: (chunk: string): boolean => gzip.write(chunk) });
        return writeHead(status, { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      },
    });
    return answer(call);
  };
}
const GZIPPED: Behaviour = { answers: { GET: compressing((call) => call.healthy()) } };

/** Time enough to see that a stream is late. */
const PATIENT: Setting['target'] = { timeoutMs: 60_000 };

const compressed: readonly Scenario[] = [
  {
    code: 'sse.compressed_buffered',
    variant: 'before nginx',
    verdict: 'down',
    fault: (bench) => nginxSse(bench, 'location / { proxy_pass http://app; proxy_buffering off; }', GZIPPED),
    twin: (bench) => nginxSse(bench, `location / { proxy_pass http://app; ${bench.fix('sse.compressed_buffered', 'nginx')} }`, GZIPPED),
  },
  {
    code: 'sse.compressed_buffered',
    variant: 'GET stream of Streamable HTTP',
    deep: true,
    fault: async (bench) => ({ url: (await bench.mcp({ answers: { GET: compressing(greetingStream) } })).url, target: PATIENT }),
    twin: async (bench) => ({ url: (await bench.mcp({ answers: { GET: greetingStream } })).url, target: PATIENT }),
  },
];

/** Opens the stream and says this. */
const greets =
  (text: string): Answer =>
  (call) =>
    call.response.writeHead(200, STREAM).write(text);
const greeting = (text: string): Scenario['fault'] => {
  return (bench) => serve(bench, { answers: { GET: greets(text) } });
};

/** Builds the address of its messages from what it sees of the request. */
const absolute: Answer = (call) => {
  const { headers } = call.request;
  const origin = `${headers['x-forwarded-proto'] ?? 'http'}://${headers['x-forwarded-host'] ?? headers.host}`;
  const { response } = call;
  const write = response.write.bind(response);
  Object.assign(response, { write: (chunk: string): boolean => write(chunk.replace('data: /messages', `data: ${origin}/messages`)) });
  return call.healthy();
};

const greetings: readonly Scenario[] = [
  { code: 'sse.endpoint_event_missing', fault: greeting(': connected\n\n'), twin: mended },
  {
    code: 'sse.endpoint_event_missing',
    variant: 'another event',
    fault: greeting('event: message\ndata: {"type":"connected","sessionId":"9d4f"}\n\n'),
    twin: mended,
  },
  {
    code: 'sse.endpoint_cross_origin',
    variant: 'nginx',
    fault: (bench) => nginxSse(bench, 'location / { proxy_pass http://app; proxy_buffering off; }', { answers: { GET: absolute } }),
    twin: (bench) =>
      nginxSse(
        bench,
        `location / { proxy_pass http://app; proxy_buffering off;
${bench.fix('sse.endpoint_cross_origin', 'nginx', bench.port(80) === 80 ? {} : { $host: '$http_host' })} }`,
        { answers: { GET: absolute } },
      ),
  },
  {
    code: 'sse.endpoint_cross_origin',
    variant: 'internal name',
    fault: greeting('event: endpoint\ndata: http://mcp-server.internal:3000/messages?sessionId=9d4f\n\n'),
    twin: mended,
  },
  {
    code: 'sse.endpoint_path_lost',
    variant: 'nginx strips the prefix',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(SSE), {
        server: 'proxy_buffering off;\nlocation /prefix/ { proxy_pass http://app/; }',
        path: '/prefix/sse',
      }),
    twin: (bench) => nginxSse(bench, `proxy_buffering off;\n${bench.fix('sse.endpoint_path_lost', 'nginx')}`, { path: '/prefix/sse' }),
  },
  {
    code: 'sse.bad_framing',
    variant: 'the greeting has no blank line',
    fault: greeting('event: endpoint\ndata: /messages?sessionId=9d4f\n'),
    twin: mended,
  },
  {
    code: 'sse.endpoint_malformed',
    variant: 'JSON',
    fault: greeting('event: endpoint\ndata: {"uri":"/messages?sessionId=9d4f"}\n\n'),
    twin: mended,
  },
  {
    code: 'sse.endpoint_malformed',
    variant: 'in quotes',
    fault: greeting('event: endpoint\ndata: "/messages?sessionId=9d4f"\n\n'),
    twin: mended,
  },
];

/** Answers in the body of the POST, as Streamable HTTP does. */
const inBody: Answer = (call) =>
  call.message.id === undefined
    ? call.text(202, '')
    : call.json(200, {
        jsonrpc: '2.0',
        id: call.message.id,
        result: { protocolVersion: '2024-11-05', capabilities: { tools: {} }, serverInfo: { name: 'notes', version: '0.3.0' } },
      });

/** Two replicas that each know their own streams only; `unknown` says how a message for another's is answered. */
async function replicas(bench: Bench, behaviour: Behaviour, upstream: (first: string, second: string) => string): Promise<Setting> {
  const [first, second] = [await bench.mcp({ ...SSE, ...behaviour }), await bench.mcp({ ...SSE, ...behaviour })];
  const address = ({ host, port }: McpServer): string => `${host}:${port}`;
  return nginxBefore(bench, first, {
    http: upstream(address(first), address(second)),
    server: 'location / { proxy_pass http://mcp; proxy_buffering off; }',
    path: '/sse',
  });
}
const roundRobin = (first: string, second: string): string => `upstream mcp { server ${first}; server ${second}; }`;

/** Says "accepted" before it looks for the stream. */
const accepting: Answer = (call) => {
  if (call.wire !== 'sse') return call.healthy();
  const { response } = call;
  const writeHead = response.writeHead.bind(response);
  Object.assign(response, {
    writeHead: (status: number, headers: Record<string, string>): ServerResponse => writeHead(status === 404 ? 202 : status, headers),
  });
  return call.healthy();
};
const ACCEPTING: Behaviour = { answers: { every: accepting } };
/** As the Python SDK answers for a stream it does not hold. */
const NOT_MINE: Behaviour = {
  answers: {
    every: (call) => {
      const { response } = call;
      const end = response.end.bind(response);
      if (call.wire === 'sse')
        Object.assign(response, { end: (text: string) => end(text === 'no such session' ? 'Could not find session' : text) });
      return call.healthy();
    },
  },
};

const conversations: readonly Scenario[] = [
  {
    code: 'sse.reply_in_post_body',
    fault: (bench) => serve(bench, { answers: { every: (call) => (call.wire === 'sse' ? inBody(call) : call.healthy()) } }),
    twin: mended,
  },
  {
    code: 'sse.no_reply',
    variant: 'two replicas',
    fault: (bench) => replicas(bench, ACCEPTING, roundRobin),
    twin: (bench) =>
      replicas(bench, ACCEPTING, (first, second) => bench.fix('sse.no_reply', 'nginx', { 'app1:3000': first, 'app2:3000': second })),
  },
  {
    code: 'session.lost_between_requests',
    variant: 'two replicas, HTTP+SSE',
    fault: (bench) => replicas(bench, NOT_MINE, roundRobin),
    twin: (bench) =>
      replicas(bench, NOT_MINE, (first, second) =>
        bench.fix('session.lost_between_requests', 'nginx', { 'app1:3000': first, 'app2:3000': second }),
      ),
  },
];

const idle: readonly Scenario[] = [
  {
    code: 'sse.idle_timeout',
    variant: 'nginx, HTTP+SSE',
    deep: true,
    fault: (bench) => nginxSse(bench, 'location / { proxy_pass http://app; proxy_buffering off; proxy_read_timeout 1s; }'),
    twin: (bench) =>
      nginxSse(bench, `location / { proxy_pass http://app; proxy_buffering off; ${bench.fix('sse.idle_timeout', 'nginx')} }`),
  },
  {
    code: 'sse.idle_timeout',
    variant: 'nginx, GET stream of Streamable HTTP',
    deep: true,
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { GET: quietStream } }), {
        server: 'location / { proxy_pass http://app; proxy_buffering off; proxy_read_timeout 1s; }',
      }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp({ answers: { GET: quietStream } }), {
        server: `location / { proxy_pass http://app; proxy_buffering off; ${bench.fix('sse.idle_timeout', 'nginx')} }`,
      }),
  },
];

/** HTTP+SSE and the streams that clients listen on. */
export const sse: readonly Scenario[] = [...buffered, ...compressed, ...greetings, ...conversations, ...idle];
