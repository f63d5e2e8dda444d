import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip, type Gzip } from 'node:zlib';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { reportSchema } from '@rollcall/contracts';
import type { Resolve } from '@rollcall/net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeepServerOptions, type Fault, startDeepServer } from '../../../test/deep-server.ts';
import { INITIALIZE, json, type Message, result, startServer, TOOLS } from '../../../test/servers.ts';
import { check } from '../../check.ts';
import type { ProbeDeps, ProbeTarget } from '../../types.ts';
import { decidePolicies } from './redirect-policies.ts';
import { missing } from './requests.ts';
import { lookalike } from './session.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function target(url: string, more: Partial<ProbeTarget> = {}): ProbeTarget {
  const base = { transport: 'auto', era: 'auto', headers: {}, auth: { type: 'none' }, timeoutMs: 8000, deep: true } as const;
  return { ...base, url, region: 'default', hint: null, expect: {}, baseline: null, ...more };
}

async function probe(url: string, more: Partial<ProbeTarget> = {}, deps: Partial<ProbeDeps> = {}) {
  const deadlines = { firstByteMs: 1500, answerMs: 1500, endpointEventMs: 1500, idleMs: 500 };
  const { report, observation } = await check(target(url, more), { policy: { allowPrivate: true }, deadlines, ...deps });
  reportSchema.parse(report);
  const found = [...(report.cause === null ? [] : [report.cause]), ...report.findings];
  return { report, observation, deep: observation.deep, codes: found.map(({ code }) => code), found };
}

async function start(fault?: Fault, options?: DeepServerOptions) {
  const server = await startDeepServer(fault, options);
  cleanups.push(() => server.close());
  return server;
}

async function run(fault?: Fault, more: Partial<ProbeTarget> = {}, deps: Partial<ProbeDeps> = {}) {
  const server = await start(fault);
  return { server, ...(await probe(server.url, more, deps)) };
}

describe('a deep probe of a healthy server', () => {
  it('finds nothing, leaves no session behind, and asks about as much as a client in use', async () => {
    const { report, observation, codes, server, deep } = await run();
    expect(codes).toEqual(['protocol.legacy_only']);
    expect(report.verdict).toBe('up');
    expect(observation.ended).toBe('done');
    expect(deep?.unfinished).toEqual([]);
    expect([...server.open]).toEqual([]);
    expect(server.seen.length).toBeLessThanOrEqual(55);
    expect(deep).toMatchObject({
      affinity: { failures: 0 },
      unknownSession: { status: 404 },
      deletedSession: { status: 404 },
      getStream: { status: 200, ok: true },
      foreignOrigin: { status: 403 },
      charset: { ok: true },
      futureVersion: { answered: '2025-11-25' },
      oldVersion: { answered: '2024-11-05' },
      absurdVersion: { answered: '2025-11-25' },
      secondList: { sameSet: true, sameOrder: true },
      idle: { kind: 'get', closedAfterMs: null, endedBy: 'us' },
    });
  });

  it('never opens a stream without the session that the server minted', async () => {
    const { server } = await run();
    const streams = server.seen.filter(({ name }) => name === 'GET');
    expect(streams.filter(({ headers }) => headers.accept === 'text/event-stream').every(({ headers }) => headers['mcp-session-id'])).toBe(
      true,
    );
  });

  it('ends in time although every stream stays open and the deadline is short', async () => {
    const { observation } = await run(undefined, { timeoutMs: 2500 }, { deadlines: { idleMs: 130_000 } });
    expect(observation.ended).toBe('done');
    expect(observation.durationMs).toBeLessThan(2500);
    expect(observation.deep?.idle?.closedAfterMs).toBeNull();
  });

  it('ends in time although the server is silent to every question but a client’s first', async () => {
    let lists = 0;
    const silent: Fault = (_response, { name }) => {
      if (name === 'tools/list') lists += 1;
      return lists > 1 && (name === 'tools/list' || name === 'GET');
    };
    const { observation, report, deep } = await run(silent, { timeoutMs: 3000 }, { deadlines: { firstByteMs: 1000 } });
    expect(observation.ended).toBe('done');
    expect(observation.durationMs).toBeLessThan(3000);
    expect(report.verdict).toBe('up');
    expect(deep?.unfinished).toContain('affinity');
  });

  it('ends in time although its last question is never answered', async () => {
    let initializes = 0;
    const { observation, deep } = await run(
      (_response, { name }) => {
        if (name === 'initialize') initializes += 1;
        return initializes > 8;
      },
      { timeoutMs: 3000 },
      { deadlines: {} },
    );
    expect(initializes).toBe(9);
    expect(deep?.unfinished).toEqual(['streams']);
    expect(observation.ended).toBe('done');
    expect(observation.durationMs).toBeLessThan(2900);
  });

  it('leaves few sessions behind where none can be closed', async () => {
    const { server, report } = await run((response, { name }) => {
      if (name !== 'DELETE') return false;
      response.writeHead(405, { allow: 'GET, POST' }).end();
      return true;
    });
    expect(report.verdict).toBe('up');
    expect(server.open.size).toBeLessThanOrEqual(6);
  });

  it.each([3, 11, 12])('stops asking when the server asks for less, at list %i', async (limit) => {
    let lists = 0;
    const { server, deep, report } = await run((response, { name }) => {
      if (name !== 'tools/list') return false;
      lists += 1;
      if (lists < limit) return false;
      response.writeHead(429, { 'retry-after': '60' }).end();
      return true;
    });
    expect(lists).toBe(limit);
    expect(report.verdict).toBe('up');
    expect(deep?.unfinished.length).toBeGreaterThan(0);
    expect([...server.open]).toEqual([]);
  });
});

const listWith =
  (status: number, when: (headers: Parameters<Fault>[1]['headers']) => boolean): Fault =>
  (response, { name, headers, message }) => {
    if (name !== 'tools/list' || !when(headers)) return false;
    json(response, status, { jsonrpc: '2.0', id: message.id ?? null, error: { code: -32000, message: 'no' } });
    return true;
  };

describe('each fault is found, and only it', () => {
  let asked = 0;
  beforeEach(() => {
    asked = 0;
  });
  const inSession = (headers: IncomingMessage['headers'], sessions: ReadonlySet<string>): boolean =>
    headers.origin === undefined && sessions.has(String(headers['mcp-session-id']));
  it.each<[string, 'up' | 'degraded' | 'down', Fault]>([
    [
      'session.lost_between_requests',
      'down',
      // Two replicas behind a balancer that looks at connections: each knows only the sessions it made.
      (response, { name, headers, connection, sessions, message }) => {
        const id = String(headers['mcp-session-id']);
        if (name === 'initialize') {
          const minted = `${connection % 2}-${message.id}-${sessions.size}-${connection}`;
          sessions.add(minted);
          const init = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'two', version: '1' } };
          result(response, message, init, { 'mcp-session-id': minted });
          return true;
        }
        if (headers['mcp-session-id'] === undefined || id.startsWith(`${connection % 2}-`)) return false;
        json(response, 404, { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } });
        return true;
      },
    ],
    [
      'session.not_404_when_unknown',
      'degraded',
      (response, { headers, sessions }) => {
        const id = headers['mcp-session-id'];
        if (id === undefined || sessions.has(String(id))) return false;
        response.writeHead(500).end();
        return true;
      },
    ],
    [
      'session.not_404_when_unknown',
      'up',
      (response, { headers, sessions, message }) => {
        const id = headers['mcp-session-id'];
        if (id === undefined || sessions.has(String(id))) return false;
        json(response, 400, { jsonrpc: '2.0', id: message.id ?? null, error: { code: -32000, message: 'No valid session ID provided' } });
        return true;
      },
    ],
    [
      'session.delete_fails',
      'up',
      (response, { name }) => {
        if (name !== 'DELETE') return false;
        response.writeHead(200).end();
        return true;
      },
    ],
    [
      'transport.get_broken',
      'up',
      (response, { name, headers }) => {
        if (name !== 'GET' || headers['mcp-session-id'] === undefined) return false;
        response.writeHead(500).end();
        return true;
      },
    ],
    [
      'transport.get_broken',
      'up',
      (response, { name, headers }) => {
        if (name !== 'GET' || headers['mcp-session-id'] === undefined) return false;
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
        return true;
      },
    ],
    [
      'sse.idle_timeout',
      'degraded',
      (response, { name, headers }) => {
        if (name !== 'GET' || headers['mcp-session-id'] === undefined) return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        setTimeout(() => response.destroy(), 200);
        return true;
      },
    ],
    ['accept.406', 'up', listWith(406, ({ accept }) => accept === 'application/json')],
    ['content_type.request_rejected', 'degraded', listWith(415, (headers) => headers['content-type']?.includes('charset') === true)],
    ['protocol.header_rejected', 'up', listWith(400, (headers) => headers['mcp-protocol-version'] === undefined)],
    [
      'protocol.version_rejected',
      'degraded',
      (response, { name, message }) => {
        if (name !== 'initialize' || message.params?.['protocolVersion'] !== '2099-01-01') return false;
        json(response, 400, { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: 'Unsupported protocol version' } });
        return true;
      },
    ],
    [
      'protocol.version_echoed',
      'up',
      (response, { name, message, sessions }) => {
        if (name !== 'initialize') return false;
        sessions.add('echo');
        const init = {
          protocolVersion: message.params?.['protocolVersion'],
          capabilities: { tools: {} },
          serverInfo: { name: 'e', version: '1' },
        };
        result(response, message, init, { 'mcp-session-id': 'echo' });
        return true;
      },
    ],
    [
      'origin.not_validated',
      'up',
      (response, { name, headers, message }) => {
        if (headers.origin === undefined) return false;
        const cors = {
          'access-control-allow-origin': '*',
          'access-control-allow-headers': 'content-type, mcp-protocol-version, mcp-session-id, authorization',
          'access-control-expose-headers': 'Mcp-Session-Id',
        };
        if (name === 'OPTIONS') response.writeHead(204, cors).end();
        else result(response, message, { tools: TOOLS }, cors);
        return true;
      },
    ],
    [
      'tools.unstable_order',
      'up',
      (response, { name, message, headers, sessions }) => {
        if (name !== 'tools/list' || !inSession(headers, sessions)) return false;
        asked += 1;
        const two = { ...TOOLS[0], name: 'two' };
        result(response, message, { tools: asked === 5 ? [two, ...TOOLS] : [...TOOLS, two] });
        return true;
      },
    ],
    [
      'tools.varies_between_requests',
      'degraded',
      (response, { name, message, headers, sessions }) => {
        if (name !== 'tools/list' || !inSession(headers, sessions)) return false;
        asked += 1;
        result(response, message, { tools: [{ ...TOOLS[0], name: asked === 12 ? 'other' : 'one' }] });
        return true;
      },
    ],
  ])('%s leaves it %s', async (code, verdict, fault) => {
    const { codes, report, observation } = await run(fault);
    expect(codes.filter((found) => found !== 'protocol.legacy_only')).toEqual([code]);
    expect(report.verdict).toBe(verdict);
    expect(observation.ended).toBe('done');
  });

  it('cors.missing when a page may send the question and may not read the session', async () => {
    const { codes, found } = await run((response, { name, headers, message }) => {
      if (headers.origin === undefined) return false;
      const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
      if (name === 'OPTIONS') response.writeHead(204, cors).end();
      else result(response, message, { tools: TOOLS }, cors);
      return true;
    });
    expect(codes).toContain('cors.missing');
    expect(found.find(({ code }) => code === 'cors.missing')?.evidence['missing']).toEqual(['authorization', 'expose mcp-session-id']);
  });

  it('how many replicas there are is told by the share of lost requests', async () => {
    const { found, deep } = await run((response, { name, headers, connection, sessions, message }) => {
      if (name === 'initialize') {
        const id = `${connection % 2}-${sessions.size}-${connection}`;
        sessions.add(id);
        result(
          response,
          message,
          { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 't', version: '1' } },
          { 'mcp-session-id': id },
        );
        return true;
      }
      if (headers['mcp-session-id']?.[0] === String(connection % 2)) return false;
      response.writeHead(404).end();
      return true;
    });
    expect(deep?.affinity?.failures).toBeGreaterThanOrEqual(4);
    expect(found.find(({ code }) => code === 'session.lost_between_requests')?.evidence['likelyReplicas']).toBe(2);
  });

  it.each([
    ['up', undefined],
    ['degraded', 'nginx/1.27.3'],
  ])('sse.buffered: a GET without even headers leaves it %s behind %s', async (verdict, product) => {
    const { report, found } = await run((response, { name, headers }) => {
      if (product !== undefined) response.setHeader('server', product);
      return name === 'GET' && headers['mcp-session-id'] !== undefined;
    });
    expect(found.find(({ code }) => code === 'sse.buffered')).toMatchObject({ confidence: 'suspected', evidence: { headers: 'withheld' } });
    expect(report.verdict).toBe(verdict);
  });

  it('a stream that says how to resume may be closed', async () => {
    const { codes } = await run((response, { name, headers }) => {
      if (name !== 'GET' || headers['mcp-session-id'] === undefined) return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('id: 1\nretry: 1000\ndata:\n\n');
      setTimeout(() => response.end(), 200);
      return true;
    });
    expect(codes).not.toContain('sse.idle_timeout');
  });

  it('sse.compressed_buffered: the compressed answer waits for the end of the stream, the plain one does not', async () => {
    let held = 0;
    const server = await startServer({
      initialize: (response, message) => result(response, message, INITIALIZE),
      'tools/list': (response, message, request) => {
        const gzip = request.headers['accept-encoding']?.includes('gzip') === true && held < 3;
        if (gzip) held += 1;
        response.writeHead(200, { 'content-type': 'text/event-stream', ...(gzip ? { 'content-encoding': 'gzip' } : {}) });
        const out = gzip ? createGzip() : response;
        if (gzip) (out as Gzip).pipe(response);
        out.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: message.id, result: { tools: TOOLS } })}\n\n`);
        setTimeout(() => out.end(), gzip ? 2500 : 0);
      },
    });
    cleanups.push(() => server.close());
    const { codes, deep } = await probe(server.url, { timeoutMs: 20_000 }, { deadlines: { idleMs: 200 } });
    expect(deep?.identity?.firstByteMs).toBeLessThan(1000);
    expect(codes).toContain('sse.compressed_buffered');
  });

  it('the stream of HTTP+SSE that somebody cuts', async () => {
    const { codes, deep } = await probeSse(300);
    expect(deep?.idle).toMatchObject({ kind: 'sse', endedBy: 'reset' });
    expect(codes).toContain('sse.idle_timeout');
    const held = await probeSse(null);
    expect(held.deep?.idle).toMatchObject({ kind: 'sse', closedAfterMs: null });
    expect(held.codes).not.toContain('sse.idle_timeout');
  });
});

/** A server of 2024-11-05 that cuts its quiet streams. */
async function probeSse(cutAfterMs: number | null) {
  let stream: ServerResponse | null = null;
  const server = await startServer({
    every: (response, message, request) => {
      if (request.url === '/mcp' && request.method === 'GET') {
        stream = response;
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: endpoint\ndata: /messages\n\n');
        if (cutAfterMs !== null) setTimeout(() => response.destroy(), cutAfterMs);
        return;
      }
      if (request.url !== '/messages') return void response.writeHead(404).end();
      response.writeHead(202).end();
      const value =
        message.method === 'initialize'
          ? { protocolVersion: '2024-11-05', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } }
          : { tools: TOOLS };
      if (message.id !== undefined) stream?.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: message.id, result: value })}\n\n`);
    },
  });
  cleanups.push(() => server.close());
  return probe(server.url);
}

describe('the modern half', () => {
  async function modernServer(fault: (request: IncomingMessage, message: Message, response: ServerResponse) => boolean = () => false) {
    type Handle = (request: IncomingMessage, response: ServerResponse, body?: unknown) => Promise<void>;
    const handle = toNodeHandler(
      createMcpHandler(() => {
        const server = new McpServer({ name: 'both', version: '1.0.0' });
        server.registerTool('one', { description: 'One.' }, async () => ({ content: [] }));
        return server;
      }),
    ) as Handle;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const message = (text === '' ? {} : JSON.parse(text)) as Message;
        if (!fault(request, message, response)) void handle(request, response, text === '' ? undefined : message);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(
      () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  }
  const REMARKS = ['accept.406', 'origin.not_validated', 'cors.missing'];

  it('of the official server is up, with remarks only', async () => {
    const { report, codes, deep } = await probe(await modernServer());
    expect(report).toMatchObject({ verdict: 'up', eras: { modern: 'works', legacy: 'works' } });
    expect(codes.filter((code) => !REMARKS.includes(code))).toEqual([]);
    expect(deep).toMatchObject({
      modernMismatch: { status: 400, error: { code: -32020 } },
      modernFutureVersion: { status: 400, error: { code: -32022 } },
      modernUnknownMethod: { status: 404, error: { code: -32601 } },
      idle: { kind: 'listen', closedAfterMs: null },
    });
  });

  it('modern.header_not_validated and modern.unsupported_error_wrong', async () => {
    const url = await modernServer((request, message, response) => {
      if (request.headers['mcp-protocol-version'] === '2099-01-01') {
        json(response, 500, { jsonrpc: '2.0', id: message.id, error: { code: -32603, message: 'no such version' } });
        return true;
      }
      if (request.headers['mcp-method'] !== 'prompts/list') return false;
      result(response, message, { tools: TOOLS, resultType: 'complete', ttlMs: 0, cacheScope: 'private' });
      return true;
    });
    const { report, codes } = await probe(url);
    expect(report.verdict).toBe('up');
    expect(codes).toEqual(expect.arrayContaining(['modern.header_not_validated', 'modern.unsupported_error_wrong']));
  });

  it('a broken half is seen although the other one works', async () => {
    const legacyBroken = await modernServer((request, message, response) => {
      if (request.headers['mcp-method'] !== undefined || message.method !== 'tools/list') return false;
      response.writeHead(500).end();
      return true;
    });
    expect((await probe(legacyBroken)).report).toMatchObject({
      verdict: 'degraded',
      cause: { code: 'tools.list_failed', evidence: { era: 'legacy' } },
      eras: { modern: 'works', legacy: 'fails' },
    });
    const modernBroken = await modernServer((request, _message, response) => {
      if (request.headers['mcp-method'] !== 'tools/list') return false;
      response.writeHead(500).end();
      return true;
    });
    expect((await probe(modernBroken)).report).toMatchObject({
      verdict: 'degraded',
      cause: { code: 'tools.list_failed', evidence: { era: 'modern' } },
      eras: { modern: 'fails', legacy: 'works' },
    });
  });
});

describe('both address families', () => {
  const both: Resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  /** The same server on both, or what else stands at the IPv6 address. */
  async function pair(six: { name: string } | null) {
    for (let attempt = 0; ; attempt += 1) {
      const four = await start();
      if (six === null) return four;
      try {
        await start(undefined, { host: '::1', port: four.port, name: six.name });
        return four;
      } catch (error) {
        if (attempt > 5) throw error;
      }
    }
  }
  async function probePair(six: { name: string } | null) {
    const { port } = await pair(six);
    return probe(`http://dual.example:${port}/mcp`, {}, { resolve: both });
  }

  it('answer alike', async () => {
    const { codes, deep } = await probePair({ name: 'healthy' });
    expect(deep).toMatchObject({ ipv4: { ok: true, status: 200 }, ipv6: { ok: true, status: 200 }, ipv6Vantage: true });
    expect(codes.filter((code) => code.startsWith('ipv6.'))).toEqual([]);
  });
  it('ipv6.unreachable', async () => {
    const { report } = await probePair(null);
    expect(report).toMatchObject({ verdict: 'degraded', cause: { code: 'ipv6.unreachable', confidence: 'certain' } });
  });
  it('ipv6.content_differs', async () => {
    const { report } = await probePair({ name: 'some other server' });
    expect(report.cause?.code).toBe('ipv6.content_differs');
  });
});

describe('a redirect under the policies of clients', () => {
  async function redirecting(status: number, more: Partial<ProbeTarget> = {}, elsewhere?: Fault) {
    const far = await start(elsewhere);
    const near = await startServer({ every: (response) => response.writeHead(status, { location: far.url }).end() });
    cleanups.push(() => near.close());
    return { far, ...(await probe(near.url, more)) };
  }

  it('301 loses the message, and the server behind it would answer', async () => {
    const { deep, report, far } = await redirecting(301);
    expect(report.cause?.code).toBe('redirect.method_lost');
    expect(deep?.redirectPolicies).toEqual({ fetch: 'fails', sameOrigin: 'fails', follow: 'works', authStripped: false });
    expect([...far.open]).toEqual([]);
    // Once to learn what is there: not again for each policy.
    expect(far.seen.filter(({ name }) => name === 'initialize').length).toBe(1);
  });

  it('308 to another origin is refused by some', async () => {
    const { deep, codes } = await redirecting(308);
    expect(deep?.redirectPolicies).toEqual({ fetch: 'works', sameOrigin: 'fails', follow: 'works', authStripped: false });
    expect(codes).toContain('redirect.cross_origin_refused');
  });

  it('308 to another origin loses the token, which we do not send there either', async () => {
    const token = 'tok_9d1b77c0';
    const guarded: Fault = (response, { headers }) => {
      if (headers.authorization === `Bearer ${token}`) return false;
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return true;
    };
    const { deep, codes, far } = await redirecting(308, { auth: { type: 'bearer', token } }, guarded);
    expect(deep?.redirectPolicies).toEqual({ fetch: 'fails', sameOrigin: 'fails', follow: 'works', authStripped: true });
    expect(codes).toContain('redirect.auth_stripped');
    expect(far.seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  const hop = { exchange: 1, status: 308, from: 'a', to: 'b', sameOrigin: true, upgrade: false, downgrade: false, methodKept: true };
  const kept = { ...hop, followed: true, stopped: null, slashOnly: false };
  const chain = { end: 'mcp', withoutToken: null, token: false, ownHeaders: false } as const;
  it.each([
    ['same origin', { ...chain, hops: [kept] }, 'works works works'],
    ['http to https', { ...chain, hops: [{ ...kept, sameOrigin: false, upgrade: true }] }, 'works works works'],
    [
      'http to https with a token that is needed',
      { ...chain, hops: [{ ...kept, sameOrigin: false, upgrade: true }], token: true, withoutToken: 'sign_in' as const },
      'fails works works',
    ],
    ['303', { ...chain, hops: [{ ...kept, methodKept: false }] }, 'fails fails works'],
    ['nobody at the end', { ...chain, hops: [kept], end: 'nothing' as const }, 'fails fails fails'],
    ['sign-in at home', { ...chain, hops: [kept], end: 'sign_in' as const, token: true }, 'fails fails fails'],
  ])('%s', (_name, given, expected) => {
    const { fetch, sameOrigin, follow } = decidePolicies(given);
    expect(`${fetch} ${sameOrigin} ${follow}`).toBe(expected);
  });
});

describe('a wrong path', () => {
  it('is told where the same host answers', async () => {
    const server = await start((response, _seen, request) => {
      if (request.url === '/mcp') return false;
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
      return true;
    });
    const { report } = await probe(`http://127.0.0.1:${server.port}/api`);
    expect(report.cause).toMatchObject({ code: 'transport.wrong_path', evidence: { answersAt: ['/mcp'] } });
    expect([...server.open]).toEqual([]);
  });
});

describe('small decisions', () => {
  it('another session id has the form of the first', () => {
    for (const id of ['3f1c9a2e-7b52-4c1d-9e0f-0123456789ab', 'ABCDEF0123456789', 'session-1', 'x', '7']) {
      const other = lookalike(id);
      expect(other).not.toBe(id);
      expect(other.length).toBe(id.length);
    }
    expect(lookalike('3f1c9a2e-7b52-4c1d-9e0f-0123456789ab')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('what a page lacks', () => {
    const all = { preflightOk: true, allowOrigin: '*', allowHeaders: '*, Authorization', exposeHeaders: 'Mcp-Session-Id', minted: true };
    expect(missing({ ...all, modern: true })).toEqual([]);
    expect(missing({ ...all, modern: true, allowOrigin: 'https://other.example' })).toEqual(['access-control-allow-origin']);
    const listed = 'content-type,mcp-protocol-version,mcp-session-id,authorization';
    expect(missing({ ...all, modern: false, allowHeaders: listed })).toEqual([]);
    expect(missing({ ...all, modern: true, allowHeaders: listed })).toEqual(['mcp-method', 'mcp-name']);
    expect(missing({ ...all, modern: false, allowHeaders: listed, exposeHeaders: null })).toEqual(['expose mcp-session-id']);
    expect(missing({ ...all, modern: false, allowHeaders: listed, exposeHeaders: null, minted: false })).toEqual([]);
  });
});
