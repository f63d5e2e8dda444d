import { reportSchema } from '@rollcall/contracts';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, INITIALIZE, json, result, startServer, TOOLS } from '../test/servers.ts';
import { check } from './check.ts';
import type { Deadlines, ProbeTarget } from './types.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const QUICK: Partial<Deadlines> = { firstByteMs: 1500, answerMs: 1500, endpointEventMs: 1500 };

function target(url: string, more: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    url,
    transport: 'auto',
    era: 'auto',
    headers: {},
    auth: { type: 'none' },
    timeoutMs: 15_000,
    deep: false,
    region: 'default',
    hint: null,
    expect: {},
    baseline: null,
    ...more,
  };
}

async function run(overrides: Parameters<typeof startServer>[0], more: Partial<ProbeTarget> = {}) {
  const server = await startServer(overrides);
  cleanups.push(() => server.close());
  const { report, observation } = await check(target(server.url, more), { policy: { allowPrivate: true }, deadlines: QUICK });
  reportSchema.parse(report);
  JSON.stringify(observation);
  return { report, server, observation };
}

const redirectTo =
  (status: number, location: string): Answer =>
  (response) =>
    response.writeHead(status, { location }).end();
const page: Answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');

const STREAM = { 'content-type': 'text/event-stream' };
/** The answer as an event that begins with `prefix`; then the stream ends. */
const streamed =
  (prefix: string, value: unknown): Answer =>
  (response, message) =>
    response.writeHead(200, STREAM).end(`${prefix}data: ${JSON.stringify({ jsonrpc: '2.0', id: message.id, result: value })}\n\n`);
const status =
  (code: number): Answer =>
  (response) =>
    response.writeHead(code).end();
const guarded: Answer = (response) => response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();

/** Speaks 2026-07-28 alone; `more` is what its tool list says otherwise. */
function modernOnly(more: Record<string, unknown>): Parameters<typeof startServer>[0] {
  const base = { resultType: 'complete', ttlMs: 1000, cacheScope: 'private' };
  return {
    'server/discover': (response, message) =>
      result(response, message, { ...base, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } }),
    initialize: (response, message) =>
      json(response, 400, {
        jsonrpc: '2.0',
        id: message.id,
        error: { code: -32022, message: 'Unsupported', data: { supported: ['2026-07-28'] } },
      }),
    'tools/list': (response, message) => result(response, message, { ...base, tools: TOOLS, ...more }),
  };
}

/** HTTP+SSE whose messages are redirected from where the greeting says. */
function movedMessages(code: number): Parameters<typeof startServer>[0] {
  let stream: Parameters<Answer>[0] | undefined;
  return {
    every: (response, message, request) => {
      const at = request.url ?? '';
      if (request.method === 'GET') {
        stream = response.writeHead(200, STREAM);
        stream.write('event: endpoint\ndata: /messages\n\n');
      } else if (at === '/messages') redirectTo(code, '/moved')(response, message, request);
      else if (at !== '/moved') status(405)(response, message, request);
      else {
        response.writeHead(202).end();
        const value = message.method === 'initialize' ? { ...INITIALIZE, protocolVersion: '2024-11-05' } : { tools: TOOLS };
        if (message.id !== undefined) stream?.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: message.id, result: value })}\n\n`);
      }
    },
  };
}

describe('a healthy server', () => {
  it('is up with its tools, its steps and its session closed', async () => {
    const { report, server } = await run({});
    expect(report).toMatchObject({
      verdict: 'up',
      cause: null,
      transport: 'streamable-http',
      protocolVersion: '2025-11-25',
      eras: { legacy: 'works' },
      tools: { count: 1, names: ['one'] },
    });
    expect(report.steps.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tcp', 'initialize', 'initialized', 'tools/list', 'close']),
    );
    expect(server.seen.at(-1)).toBe('DELETE');
  });

  it('calls no tool, opens no stream without a session, and closes the session when the list fails, too', async () => {
    const { report, server } = await run({ 'tools/list': (response) => response.writeHead(500).end() });
    expect(report.cause?.code).toBe('tools.list_failed');
    expect(server.seen).toContain('DELETE');
    expect(server.seen).not.toContain('tools/call');
  });

  it('follows the hint alone: an ordinary probe asks nothing it need not ask', async () => {
    const hint = { transport: 'streamable-http', era: 'legacy', protocolVersion: '2025-11-25' } as const;
    const { server } = await run({}, { hint });
    expect(server.seen).toEqual(['initialize', 'notifications/initialized', 'tools/list', 'DELETE']);
  });

  it('lists every page and stops at a cursor that comes again', async () => {
    const pages: Answer = (response, message) => {
      const cursor = message.params?.['cursor'];
      result(response, message, { tools: [{ ...TOOLS[0], name: `t-${cursor ?? 'first'}` }], nextCursor: cursor === undefined ? 'a' : 'b' });
    };
    const { report } = await run({ 'tools/list': pages });
    expect([report.cause?.code, ...report.findings.map(({ code }) => code)]).toContain('tools.cursor_loop');
  });
});

describe('the cause by name', () => {
  it.each<[string, string, Parameters<typeof startServer>[0]]>([
    [
      'redirect.method_lost',
      'down',
      {
        every: (response, message, request) =>
          request.url === '/mcp' ? redirectTo(301, '/elsewhere')(response, message, request) : response.writeHead(404).end(),
      },
    ],
    ['redirect.loop', 'down', { every: redirectTo(308, '/mcp') }],
    ['redirect.login_page', 'down', { every: redirectTo(302, '/oauth2/sign_in?rd=%2Fmcp') }],
    [
      'transport.wrong_path',
      'down',
      { every: (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>') },
    ],
    ['transport.method_not_allowed', 'down', { every: (response) => response.writeHead(405, { allow: 'GET' }).end() }],
    ['http.html_instead_of_mcp', 'down', { every: page }],
    ['http.5xx', 'down', { every: (response) => response.writeHead(500).end('boom') }],
    ['http.502_bad_gateway', 'down', { every: (response) => response.writeHead(502, { server: 'nginx' }).end('<h1>502 Bad Gateway</h1>') }],
    ['http.gateway_timeout', 'down', { every: (response) => response.writeHead(504).end() }],
    ['http.rate_limited', 'unknown', { every: (response) => response.writeHead(429, { 'retry-after': '30' }).end() }],
    [
      'jsonrpc.parse_error',
      'down',
      { initialize: (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('starting up…') },
    ],
    [
      'jsonrpc.id_mismatch',
      'down',
      { initialize: (response) => json(response, 200, { jsonrpc: '2.0', id: 'someone-else', result: INITIALIZE }) },
    ],
    ['jsonrpc.ack_without_answer', 'down', { initialize: (response) => response.writeHead(202).end() }],
    [
      'jsonrpc.error',
      'down',
      {
        initialize: (response, message) => json(response, 200, { jsonrpc: '2.0', id: message.id, error: { code: -32603, message: 'no' } }),
      },
    ],
    [
      'content_type.response_wrong',
      'down',
      { initialize: (response, message) => result(response, message, INITIALIZE, { 'content-type': 'text/plain' }) },
    ],
    ['mcp.notification_rejected', 'down', { 'notifications/initialized': (response) => response.writeHead(400).end() }],
    [
      'session.lost_between_requests',
      'down',
      {
        'tools/list': (response, message) =>
          json(response, 404, { jsonrpc: '2.0', id: message.id, error: { code: -32001, message: 'Session not found' } }),
      },
    ],
    [
      'protocol.version_unsupported',
      'down',
      { initialize: (response, message) => result(response, message, { ...INITIALIZE, protocolVersion: '1999-01-01' }) },
    ],
    [
      'mcp.init_result_invalid',
      'down',
      { initialize: (response, message) => result(response, message, { protocolVersion: '2025-11-25' }) },
    ],
    [
      'tools.list_failed',
      'down',
      {
        'tools/list': (response, message) =>
          json(response, 200, { jsonrpc: '2.0', id: message.id, error: { code: -32603, message: 'upstream' } }),
      },
    ],
    [
      'tools.schema_invalid',
      'down',
      { 'tools/list': (response, message) => result(response, message, { tools: [...TOOLS, { name: 'bad' }] }) },
    ],
    ['redirect.method_lost', 'down', { 'tools/list': redirectTo(301, '/other') }],
    ['redirect.method_lost', 'down', { 'notifications/initialized': redirectTo(302, '/other') }],
    ['redirect.login_page', 'down', { 'notifications/initialized': redirectTo(302, '/login') }],
    ['sse.bad_framing', 'down', { initialize: streamed('event: result\n', INITIALIZE) }],
    ['sse.stream_ended_without_response', 'down', { initialize: streamed('event: heartbeat\ndata: {}\n\n: ', INITIALIZE) }],
    ['tools.list_failed', 'down', { 'tools/list': (response) => void response.writeHead(200, STREAM).write(': wait\n\n') }],
    ['modern.cache_hints_missing', 'down', modernOnly({ cacheScope: 'shared' })],
    ['modern.cache_hints_missing', 'down', modernOnly({ ttlMs: '60000' })],
    ['modern.cache_hints_missing', 'down', modernOnly({ ttlMs: 1.5 })],
    ['modern.result_type_missing', 'down', modernOnly({ resultType: 'input_required' })],
    ['auth.required', 'gated', { every: (...all) => (all[2].method === 'GET' ? guarded : status(405))(...all) }],
    ['tools.cursor_null', 'down', { 'tools/list': (response, message) => result(response, message, { tools: TOOLS, nextCursor: null }) }],
    [
      'modern.fallback_poisoned',
      'down',
      {
        'server/discover': page,
        initialize: (response, message) =>
          json(response, 400, { jsonrpc: '2.0', id: message.id, error: { code: -32022, message: 'Unsupported protocol version' } }),
      },
    ],
  ])('%s → %s', async (code, verdict, overrides) => {
    const { report } = await run(overrides);
    expect(report.cause?.code).toBe(code);
    expect(report.verdict).toBe(verdict);
    expect(report.cause?.docs).toBe(`/docs/causes/${code}`);
    expect(report.cause?.explanation.length).toBeGreaterThan(20);
  });

  it.each([
    [307, 'up', undefined],
    [301, 'down', 'redirect.method_lost'],
  ] as const)('HTTP+SSE whose messages are redirected with %i is %s', async (code, verdict, cause) => {
    const { report } = await run(movedMessages(code));
    expect(report.cause?.code).toBe(cause);
    expect(report.verdict).toBe(verdict);
  });

  it('an error about a token is no missing sign-in where a token was sent', async () => {
    const bad: Answer = (response, message) =>
      json(response, 200, { jsonrpc: '2.0', id: message.id, error: { code: -32603, message: 'bad token' } });
    const { report } = await run({ 'tools/list': bad }, { auth: { type: 'bearer', token: 'tok_6f1c9a2e7b' } });
    expect(report).toMatchObject({ verdict: 'down', cause: { code: 'tools.list_failed' } });
  });

  it('auth.required is gated, with its metadata read without credentials', async () => {
    const server = await startServer({
      every: (response, _message, request) => {
        const origin = `http://${request.headers.host}`;
        if (request.url === '/.well-known/oauth-protected-resource/mcp')
          return json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
        if (request.url === '/.well-known/oauth-authorization-server') {
          const endpoints = { authorization_endpoint: `${origin}/a`, token_endpoint: `${origin}/t`, registration_endpoint: `${origin}/r` };
          return json(response, 200, {
            issuer: origin,
            ...endpoints,
            response_types_supported: ['code'],
            code_challenge_methods_supported: ['S256'],
          });
        }
        response
          .writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"` })
          .end();
      },
    });
    cleanups.push(() => server.close());
    const { report } = await check(target(server.url), { policy: { allowPrivate: true }, deadlines: QUICK });
    expect(report.verdict).toBe('gated');
    expect(report.cause?.code).toBe('auth.required');
  });

  it('nothing listening, and a private address that is not allowed', async () => {
    const server = await startServer();
    await server.close();
    expect((await check(target(server.url), { policy: { allowPrivate: true } })).report.cause?.code).toBe('tcp.refused');
    const blocked = (await check(target('http://127.0.0.1:9/mcp'), { policy: { allowPrivate: false } })).report;
    expect(blocked.verdict).not.toBe('up');
    expect(blocked.exchanges.filter(({ status }) => status !== null)).toEqual([]);
  });

  it('a server that never answers ends by our own clock', async () => {
    const since = Date.now();
    const { report } = await run({ every: () => undefined }, { timeoutMs: 4000 });
    expect(report.verdict).toBe('down');
    expect(report.cause).not.toBeNull();
    expect(Date.now() - since).toBeLessThan(10_000);
  });
});

describe('secrets', () => {
  it('are nowhere in the report, although the server echoes them in headers and bodies', async () => {
    const token = 'tok_6f1c9a2e7b';
    const key = 'key-8d2f41aa90';
    const echo: Answer = (response, message, request) => {
      const heard = JSON.stringify(request.headers);
      json(
        response,
        500,
        {
          jsonrpc: '2.0',
          id: message.id ?? null,
          error: { code: 1, message: `${heard} ${Buffer.from(token).toString('base64')} ${encodeURIComponent(token)}` },
        },
        { 'x-echo': heard.slice(0, 500) },
      );
    };
    const { report, observation } = await run({ every: echo }, { auth: { type: 'bearer', token }, headers: { 'X-Api-Key': key } });
    for (const text of [JSON.stringify(report), JSON.stringify(observation)]) {
      for (const secret of [token, key, Buffer.from(token).toString('base64')]) expect(text).not.toContain(secret);
    }
    expect(JSON.stringify(report)).toContain('[redacted]');
  });
});

describe('any answer at all', () => {
  it('yields a verdict, a valid report and, unless up, a cause', { timeout: 180_000 }, async () => {
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('', 'null', '[]', '{"jsonrpc":"2.0"}', 'event: message\ndata: {}\n\n', 'data: \n\n', '\ufeff{}'),
      fc
        .record(
          {
            jsonrpc: fc.constantFrom('2.0', '1.0', 2),
            id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
            result: fc.jsonValue(),
            error: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
    );
    const type = fc.constantFrom('application/json', 'text/event-stream', 'text/html', 'application/json; charset=utf-8', '', 'garbage');
    const status = fc.constantFrom(
      200,
      200,
      200,
      201,
      202,
      204,
      206,
      302,
      308,
      400,
      401,
      403,
      404,
      405,
      406,
      415,
      421,
      426,
      429,
      500,
      502,
      503,
      504,
      522,
      599,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ body, type, status }), { minLength: 1, maxLength: 4 }), async (answers) => {
        let n = 0;
        const server = await startServer({
          every: (response) => {
            const answer = answers[n % answers.length];
            n += 1;
            if (!answer) return;
            response.writeHead(answer.status, { ...(answer.type ? { 'content-type': answer.type } : {}), location: '/mcp' });
            response.end(answer.status === 204 ? undefined : answer.body);
          },
        });
        try {
          const { report } = await check(target(server.url, { timeoutMs: 5000 }), {
            policy: { allowPrivate: true },
            deadlines: { firstByteMs: 400, answerMs: 400, endpointEventMs: 400 },
          });
          reportSchema.parse(report);
          if (report.verdict !== 'up') expect(report.cause).not.toBeNull();
        } finally {
          await server.close();
        }
      }),
      { numRuns: 150 },
    );
  });
});
