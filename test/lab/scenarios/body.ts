import { gzipSync } from 'node:zlib';
import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import type { Answer, Call, Json, McpServer } from '../kit/mcp-server.ts';
import { TOOLS } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function healthy(bench: Bench): Promise<Setting> {
  return { url: (await bench.mcp()).url };
}

/** The healthy answer of a server, sent in another way: `send` gets status, headers and body. */
function resent(send: (call: Call, status: number, headers: Record<string, string>, body: string) => unknown): Answer {
  return (call) => {
    const { response } = call;
    const [writeHead, end] = [response.writeHead.bind(response), response.end.bind(response)];
    let head: { status: number; headers: Record<string, string> } = { status: 200, headers: {} };
    response.writeHead = ((status: number, headers: Record<string, string> = {}) => {
      head = { status, headers };
      return response;
    }) as typeof response.writeHead;
    response.end = ((body: string) => {
      Object.assign(response, { writeHead, end });
      send(call, head.status, head.headers, body ?? '');
      return response;
    }) as typeof response.end;
    call.healthy();
  };
}

/** Half of every answer at once, the rest after `pauseMs`. */
function halting(bench: Bench, pauseMs: number): Promise<McpServer> {
  return bench.mcp({
    wires: ['legacy'],
    answers: {
      initialize: resent(({ response }, status, headers, body) => {
        response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
        response.write(body.slice(0, 60));
        setTimeout(() => response.end(body.slice(60)), pauseMs);
      }),
    },
  });
}

/** Many tools of one description: what grows beyond all bounds, or compresses too well. */
function padded(length: number): Json[] {
  return [...TOOLS, { name: 'fill', description: ' '.repeat(length), inputSchema: { type: 'object' } }];
}

const sizes: readonly Scenario[] = [
  {
    code: 'http.headers_too_large',
    fault: async (bench) => ({
      url: (
        await bench.mcp({
          headers: {
            'content-security-policy': `script-src ${Array.from({ length: 1500 }, (_, n) => `https://cdn${n}.example.com`).join(' ')}`,
          },
        })
      ).url,
    }),
    twin: async (bench) => ({ url: (await bench.mcp({ headers: { 'content-security-policy': "default-src 'none'" } })).url }),
  },
  {
    code: 'http.body_too_large',
    fault: async (bench) => ({
      url: (await bench.mcp({ answers: { 'tools/list': (call) => call.result({ tools: padded(5_000_000) }) } })).url,
    }),
    twin: healthy,
  },
  {
    code: 'http.bomb',
    fault: async (bench) => ({ url: (await bench.mcp({ answers: { every: resent(compressed(8_000_000)) } })).url }),
    twin: async (bench) => ({ url: (await bench.mcp({ answers: { every: resent(compressed(0)) } })).url }),
  },
];

function compressed(padding: number) {
  return ({ response, message }: Call, status: number, headers: Record<string, string>, body: string): void => {
    if (message.id === undefined) response.writeHead(status, headers).end(body);
    else response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end(gzipSync(body + ' '.repeat(padding)));
  };
}

const framing: readonly Scenario[] = [
  {
    code: 'http.protocol_error',
    variant: 'another protocol',
    fault: async (bench) => ({
      url: `http://mcp.example.com:${await bench.tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))}/mcp`,
    }),
    twin: healthy,
  },
  {
    code: 'http.protocol_error',
    variant: 'an answer without headers, through nginx',
    fault: async (bench) => {
      const port = await bench.tcp((socket) => socket.once('data', () => socket.end('{"jsonrpc":"2.0","id":1,"result":{}}\n')));
      return nginxBefore(bench, { host: bench.address, port }, { server: 'location / { proxy_pass http://app; }' });
    },
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: 'location / { proxy_pass http://app; }' }),
  },
  {
    code: 'http.body_truncated',
    variant: 'nginx',
    verdict: 'down',
    fault: async (bench) =>
      nginxBefore(bench, await halting(bench, 1500), { server: 'location / { proxy_pass http://app; proxy_read_timeout 1s; }' }),
    twin: async (bench) =>
      nginxBefore(bench, await halting(bench, 1500), {
        server: `location / { proxy_pass http://app; ${bench.fix('http.body_truncated', 'nginx')} }`,
      }),
  },
  {
    code: 'http.body_truncated',
    variant: 'Content-Length set by hand',
    verdict: 'down',
    // Like uvicorn: "Response content shorter than Content-Length", and it hangs up.
    fault: async (bench) => ({
      url: (
        await bench.mcp({
          answers: {
            every: resent(({ response }, status, headers, body) => {
              response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body) + 20) });
              response.write(body, () => response.socket?.end());
            }),
          },
        })
      ).url,
    }),
    twin: healthy,
  },
  {
    code: 'http.response_timeout',
    variant: 'Content-Length too large, connection kept',
    fault: async (bench) => ({ url: (await bench.mcp({ answers: { every: resent(announcing(20)) } })).url }),
    twin: async (bench) => ({ url: (await bench.mcp({ answers: { every: resent(announcing(0)) } })).url }),
  },
];

/** Announces so many bytes more than it sends; Node keeps the connection open. */
function announcing(extra: number) {
  return ({ response }: Call, status: number, headers: Record<string, string>, body: string): unknown =>
    response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body) + extra) }).end(body);
}

/** Says gzip to everybody who accepts it, and sends something else. */
function mislabelled(encode: (body: string) => string | Buffer): Answer {
  return resent(({ request, response, message }, status, headers, body) => {
    if (message.id === undefined || !(request.headers['accept-encoding'] ?? '').includes('gzip')) {
      response.writeHead(status, headers).end(body);
    } else response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end(encode(body));
  });
}

async function encoded(bench: Bench, answer: Answer, lines: string): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp({ answers: { every: answer } }), {
    server: `location / { proxy_pass http://app; proxy_set_header Accept-Encoding $http_accept_encoding; ${lines} }`,
  });
}

const encodings: readonly Scenario[] = [
  {
    code: 'http.encoding_broken',
    variant: 'nginx hides the label',
    fault: (bench) => encoded(bench, mislabelled(gzipSync), 'proxy_hide_header Content-Encoding;'),
    twin: (bench) => plainBehindNginx(bench, mislabelled(gzipSync), 'proxy_hide_header Content-Encoding;'),
  },
  {
    code: 'http.encoding_broken',
    variant: 'plain text labelled gzip',
    fault: (bench) =>
      encoded(
        bench,
        mislabelled((body) => body),
        '',
      ),
    twin: (bench) =>
      plainBehindNginx(
        bench,
        mislabelled((body) => body),
        '',
      ),
  },
  {
    code: 'http.encoding_broken',
    variant: 'compressed twice',
    fault: async (bench) => ({ url: (await bench.mcp({ answers: { every: mislabelled((body) => gzipSync(gzipSync(body))) } })).url }),
    twin: async (bench) => ({ url: (await bench.mcp({ answers: { every: mislabelled(gzipSync) } })).url }),
  },
];

async function plainBehindNginx(bench: Bench, answer: Answer, lines: string): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp({ answers: { every: answer } }), {
    server: `location / { proxy_pass http://app; ${lines} ${bench.fix('http.encoding_broken', 'nginx')} }`,
  });
}

/** Answers that begin and are no good: too large, cut off, not HTTP, not decodable. */
export const body: readonly Scenario[] = [...sizes, ...framing, ...encodings];
