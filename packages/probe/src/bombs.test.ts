import type { ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { reportSchema } from '@rollcall/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, INITIALIZE, result, startServer, TOOLS } from '../test/servers.ts';
import { check } from './check.ts';
import type { ProbeTarget } from './types.ts';

const MIB = 1024 * 1024;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const TIMEOUT_MS = 5000;
const SECRET = 'sk-live-4f9c1e0b77aa41d2';

/** What a monitored server may cost us: time beyond the probe's deadline, and memory at any moment. */
async function survive(url: string, more: Partial<ProbeTarget> = {}) {
  const target: ProbeTarget = {
    url,
    transport: 'auto',
    era: 'legacy',
    headers: {},
    auth: { type: 'none' },
    timeoutMs: TIMEOUT_MS,
    deep: false,
    region: 'default',
    hint: null,
    expect: {},
    baseline: null,
    ...more,
  };
  const before = process.memoryUsage();
  let peak = 0;
  const watch = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    peak = Math.max(peak, heapUsed + external - before.heapUsed - before.external);
  }, 5);
  const from = performance.now();
  const { report, observation } = await check(target, { policy: { allowPrivate: true } });
  clearInterval(watch);
  expect(performance.now() - from).toBeLessThan(TIMEOUT_MS + 4000);
  expect(peak).toBeLessThan(220 * MIB);
  reportSchema.parse(report);
  // What is stored of it is small, whatever was sent.
  expect(JSON.stringify(observation).length).toBeLessThan(MIB);
  return { report, observation, codes: [report.cause?.code, ...report.findings.map(({ code }) => code)] };
}

async function serve(overrides: Parameters<typeof startServer>[0]): Promise<string> {
  const server = await startServer(overrides);
  closers.push(() => server.close());
  return server.url;
}

/** A TCP server that says what it likes once a request has come. */
async function speak(onRequest: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', () => onRequest(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/mcp`;
}

/** Writes as fast as it is taken, until the other side has had enough. */
function pour(
  out: { write(chunk: string | Buffer): boolean; once(event: 'drain', then: () => void): unknown; destroyed: boolean },
  chunk: Buffer,
): void {
  while (!out.destroyed && out.write(chunk));
  if (!out.destroyed) out.once('drain', () => pour(out, chunk));
}

/** Writes a little, for ever. */
function drip(out: { write(chunk: string): boolean; destroyed: boolean }, chunk: string, everyMs: number): void {
  const timer = setInterval(() => (out.destroyed ? clearInterval(timer) : out.write(chunk)), everyMs);
  closers.push(() => clearInterval(timer));
}

const stream = (response: ServerResponse): ServerResponse => response.writeHead(200, { 'content-type': 'text/event-stream' });

describe('a server that means harm costs a bounded time and a bounded memory, and is named', () => {
  it('headers without end, poured', async () => {
    const url = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, Buffer.from(`x-filler: ${'y'.repeat(8000)}\r\n`));
    });
    expect((await survive(url)).report.cause?.code).toBe('http.headers_too_large');
  });

  it('headers without end, dripped', async () => {
    const url = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      drip(socket, 'x-more: 1\r\n', 10);
    });
    expect((await survive(url)).report).toMatchObject({ verdict: 'down', cause: { code: 'http.response_timeout' } });
  });

  it('interim answers without end', async () => {
    const url = await speak((socket) => pour(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(100))));
    expect((await survive(url)).report.verdict).toBe('down');
  });

  it('a body without end', async () => {
    const url = await serve({
      initialize: (response) => pour(response.writeHead(200, { 'content-type': 'application/json' }), Buffer.alloc(256 * 1024, 'x')),
    });
    expect((await survive(url)).report.cause?.code).toBe('http.body_too_large');
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(200 * MIB))],
    ['br', brotliCompressSync(Buffer.alloc(200 * MIB))],
  ])('a %s bomb', async (encoding, bomb) => {
    const url = await serve({
      initialize: (response) => response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(bomb),
    });
    expect((await survive(url)).report.cause?.code).toBe('http.bomb');
  });

  it('a gzip bomb inside an event stream', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('data: '), Buffer.alloc(200 * MIB, 'x')]));
    const url = await serve({
      initialize: (response) => response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }).end(bomb),
    });
    expect(['http.bomb', 'sse.event_too_large']).toContain((await survive(url)).report.cause?.code);
  });

  it('an event stream that only ever breathes', async () => {
    const url = await serve({ initialize: (response) => drip(stream(response), ': still here\n\n', 20) });
    expect((await survive(url)).report.verdict).toBe('down');
  });

  it('an HTTP+SSE stream that only ever breathes', async () => {
    const url = await serve({ GET: (response) => drip(stream(response), ': still here\n\n', 20) });
    const { report } = await survive(url, { transport: 'sse' });
    expect(report.cause?.code).toBe('sse.endpoint_event_missing');
  });

  it('one event of many megabytes', async () => {
    const url = await serve({ initialize: (response) => pour(stream(response), Buffer.from(`data: ${'x'.repeat(64 * 1024)}\n`)) });
    expect((await survive(url)).report.cause?.code).toBe('sse.event_too_large');
  });

  it('a line of many megabytes without an end', async () => {
    const url = await serve({ initialize: (response) => pour(stream(response), Buffer.alloc(64 * 1024, 'x')) });
    expect((await survive(url)).report.cause?.code).toBe('sse.event_too_large');
  });

  it('events without end before the answer', async () => {
    const notification = `data: ${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x' } })}\n\n`;
    const url = await serve({ initialize: (response) => pour(stream(response), Buffer.from(notification.repeat(20))) });
    expect((await survive(url)).report.verdict).toBe('down');
  });

  it('a million pages', async () => {
    let page = 0;
    const url = await serve({
      'tools/list': (response, message) => {
        page += 1;
        result(response, message, { tools: [{ ...TOOLS[0], name: `tool-${page}` }], nextCursor: String(page) });
      },
    });
    const { codes } = await survive(url);
    expect(codes).toContain('tools.page_limit');
    expect(page).toBeLessThanOrEqual(64);
  });

  it('pages of megabytes', async () => {
    let page = 0;
    const url = await serve({
      'tools/list': (response, message) => {
        page += 1;
        result(response, message, {
          tools: [{ ...TOOLS[0], name: `tool-${page}`, description: 'x'.repeat(3 * MIB) }],
          nextCursor: String(page),
        });
      },
    });
    expect((await survive(url)).codes).toContain('tools.page_limit');
    expect(page).toBeLessThan(8);
  });

  it.each([
    ['arrays', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['objects', (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ])('JSON of a hundred thousand nested %s', async (_what, nest) => {
    const url = await serve({
      initialize: (response, message) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":${nest(100_000)}}`),
    });
    expect((await survive(url)).report.cause?.code).toBe('jsonrpc.too_deep');
  });

  it('a schema of a hundred thousand nested properties', async () => {
    const deep = `${'{"type":"object","properties":{"a":'.repeat(50_000)}{}${'}}'.repeat(50_000)}`;
    const url = await serve({
      'tools/list': (response, message) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":{"tools":[{"name":"a","inputSchema":${deep}}]}}`),
    });
    expect((await survive(url)).codes).toContain('jsonrpc.too_deep');
  });

  it('twenty thousand and one tools', async () => {
    const tools = Array.from({ length: 20_001 }, (_, index) => ({ name: `t${index}`, inputSchema: { type: 'object' } }));
    const url = await serve({
      'tools/list': (response, message) => result(response, message, { tools, nextCursor: 'more' }),
    });
    expect((await survive(url)).codes).toContain('tools.page_limit');
  });

  it('a session id of thirty kilobytes', async () => {
    const url = await serve({
      initialize: (response, message) => result(response, message, INITIALIZE, { 'mcp-session-id': 'x'.repeat(30_000) }),
    });
    const { codes } = await survive(url);
    expect(codes).toContain('session.id_invalid');
  });
});

describe('a secret that the server sends back', () => {
  const echo = (secret: string): Answer => {
    const half = Math.floor(secret.length / 2);
    return (response, message) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-your-token': secret,
        'set-cookie': `token=${secret}; Path=/`,
        link: `</?token=${encodeURIComponent(secret)}>; rel=self`,
        'www-authenticate': `Bearer realm="${secret}"`,
      });
      const again = {
        plain: secret,
        base64: Buffer.from(secret).toString('base64'),
        url: encodeURIComponent(secret),
        halves: [secret.slice(0, half), secret.slice(half)],
      };
      response.end(
        JSON.stringify({ jsonrpc: '2.0', id: message.id, error: { code: -32000, message: `bad token ${secret}`, data: again } }),
      );
    };
  };

  it.each<[string, Partial<ProbeTarget>]>([
    ['a bearer token', { auth: { type: 'bearer', token: SECRET } }],
    ["the owner's header", { headers: { 'X-Api-Key': SECRET } }],
    ['a basic credential', { headers: { Authorization: `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}` } }],
  ])('%s stands nowhere in the report nor in what is stored', async (_what, more) => {
    const url = await serve({ initialize: echo(SECRET) });
    const { report, observation } = await survive(`${url}?api_key=${SECRET}`, more);
    const text = JSON.stringify(report) + JSON.stringify(observation);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64'));
    expect(text).toContain('[redacted]');
  });

  it('stays out when the server cuts it off at the edge of what is kept', async () => {
    const url = await serve({
      initialize: (response) => response.writeHead(500, { 'content-type': 'text/plain' }).end(`${'x'.repeat(4096 - 12)}${SECRET}`),
    });
    const { report, observation } = await survive(url, { auth: { type: 'bearer', token: SECRET } });
    const text = JSON.stringify(report) + JSON.stringify(observation);
    expect(text).not.toContain(SECRET.slice(0, 12));
  });
});
