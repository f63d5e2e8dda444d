import { createHash } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CreateEndpoint, type Endpoint, type LiveEvent, packPage } from '@rollcall/contracts';
import { ENDPOINT_STATUSES } from '@rollcall/core';
import * as fixtures from './fixtures.ts';
import { answerApiKeys, mockAccounts } from './mock/accounts.ts';
import { answerFleet, answerImport, answerTabs, inOrder, refuseUpdate, shownOf, watchLists } from './mock/endpoints.ts';
import { createOperations } from './mock/operations.ts';
import { statsOf, uptimeOf } from './mock/stats.ts';
import { statusPages } from './status-fixtures.ts';

/**
 * Stands where the API stands in production: answers /api itself and hands every other path to the web process. Keeps
 * what is posted in memory, so that a browser can walk a whole journey.
 */
export interface MockApi {
  url: string;
  /** Where everything but /api goes; set once the web process listens. */
  setWeb(url: string): void;
  /** Whether the answer of GET /me is a signed-in owner's for this cookie. */
  password: string;
  /** What is shown, to be changed as if by a probe. */
  data: ReturnType<typeof store>;
  /** Says that something changed, as the API does. */
  tell(event: LiveEvent): void;
  /** How often the event stream was opened, and how many are open. */
  streams(): { opened: number; open: number };
  /** Ends every event stream, and refuses new ones while `refuse`. */
  cutStreams(refuse?: boolean): void;
  close(): Promise<void>;
}

/** The event stream: whatever is written through the mock is a reset, now and once more when what follows from it has happened. */
function createStreams() {
  const open = new Set<ServerResponse>();
  let opened = 0;
  let refused = false;
  const tell = (event: LiveEvent) => {
    for (const stream of open) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  return {
    tell,
    count: () => ({ opened, open: open.size }),
    cut(refuse = false) {
      refused = refuse;
      for (const stream of open) stream.destroy();
    },
    answer(response: ServerResponse) {
      if (refused) return void response.writeHead(503).end();
      opened += 1;
      open.add(response);
      response.once('close', () => open.delete(response));
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('data: {"type":"reset","id":null}\n\n');
    },
    written() {
      tell({ type: 'reset', id: null });
      setTimeout(() => tell({ type: 'reset', id: null }), 1000).unref();
    },
  };
}

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

const SESSION = 'better-auth.session_token=good';
const json = (body: unknown, status = 200): Answer => ({ status, body });
const problem = (status: number, code: string, detail: string, errors?: { pointer: string; message: string }[]): Answer => ({
  status,
  body: {
    type: `https://rollcall.invalid/problems/${code}`,
    title: code,
    status,
    code,
    detail,
    ...(errors === undefined ? {} : { errors }),
  },
  headers: { 'content-type': 'application/problem+json' },
});

function page<T extends { id: string }>(all: T[], query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? 50);
  const from = query.get('cursor') === null ? 0 : all.findIndex((item) => item.id === query.get('cursor')) + 1;
  const data = all.slice(from, from + limit);
  return json({ data, nextCursor: from + limit < all.length ? (data.at(-1)?.id ?? null) : null });
}

function store() {
  const endpoints: Endpoint[] = structuredClone(fixtures.endpoints);
  const incidents = structuredClone(fixtures.incidents);
  const keys = structuredClone(fixtures.apiKeys);
  const me = structuredClone(fixtures.me);
  return { endpoints, incidents, keys, me };
}

function answerEndpoints(call: Call, data: ReturnType<typeof store>, [id, sub, probeId]: string[]): Answer {
  const fleet = answerFleet(call, data.endpoints, id, sub);
  if (fleet !== null) return fleet;
  if (id === undefined) {
    if (call.method === 'POST') return createEndpoint(call.body as unknown as CreateEndpoint, data);
    const q = call.query.get('q')?.toLowerCase() ?? '';
    const status = call.query.get('status');
    const tag = call.query.get('tag');
    const cause = call.query.get('cause');
    const found = data.endpoints.filter(
      (e) =>
        `${e.name} ${e.url}`.toLowerCase().includes(q) &&
        (status === null || e.state.status === status) &&
        (cause === null || e.state.cause?.code === cause) &&
        (tag === null || e.tags.includes(tag)),
    );
    return page(inOrder(found, call.query.get('sort')), call.query);
  }
  const found = data.endpoints.find((endpoint) => endpoint.id === id);
  if (found === undefined) return problem(404, 'not_found', 'There is no such endpoint.');
  if (sub === 'uptime') return json(uptimeOf(found));
  if (sub === 'stats') return json(statsOf(found, (call.query.get('window') ?? '24h') as '24h'));
  if (sub === 'probe') return json(found.state.status === 'down' ? fixtures.failingReport : fixtures.report);
  if (sub === 'probes' && probeId === undefined) return page(fixtures.probesOf(found), call.query);
  if (sub === 'probes') {
    const probe = fixtures.probesOf(found).find((entry) => entry.id === probeId);
    return probe === undefined ? problem(404, 'not_found', 'There is no such probe.') : json(fixtures.probeDetailOf(probe));
  }
  const own = answerTabs(call, found, sub, probeId);
  if (own !== null) return own;
  if (call.method === 'DELETE') {
    data.endpoints.splice(data.endpoints.indexOf(found), 1);
    return { status: 204 };
  }
  if (call.method === 'PATCH') {
    const refused = refuseUpdate(call.body);
    if (refused !== null) return refused;
    Object.assign(found, shownOf(call.body), { updatedAt: new Date().toISOString() });
    if (call.body.paused !== undefined) found.state.status = call.body.paused === true ? 'paused' : 'pending';
  }
  return json(found);
}

function createEndpoint(body: CreateEndpoint, data: ReturnType<typeof store>): Answer {
  if (!/^https?:/.test(body.url))
    return problem(400, 'invalid_request', 'The request is not valid.', [{ pointer: '/url', message: 'must be an http or https URL' }]);
  const created: Endpoint = {
    ...structuredClone(fixtures.endpoints[8] as Endpoint),
    ...(body as Partial<Endpoint>),
    id: `ep_made${data.endpoints.length}`,
    tags: body.tags ?? [],
  };
  data.endpoints.unshift(created);
  // The first two probes "happen" shortly after: pending, then up.
  setTimeout(
    () => Object.assign(created.state, { status: 'up', lastProbeAt: new Date().toISOString(), latencyMs: 121, toolCount: 12 }),
    500,
  ).unref();
  return json(created, 201);
}

function overview(data: ReturnType<typeof store>): Answer {
  const counts = Object.fromEntries(
    ENDPOINT_STATUSES.map((status) => [status, data.endpoints.filter((e) => e.state.status === status).length]),
  );
  const subject = ({ id, name, url }: Endpoint) => ({ id, name, url });
  return json({
    counts,
    ...watchLists(data.endpoints),
    openIncidents: data.incidents.filter((entry) => entry.status === 'open'),
    slowest: data.endpoints
      .filter((e) => e.state.latencyMs !== null)
      .toSorted((a, b) => (b.state.latencyMs ?? 0) - (a.state.latencyMs ?? 0))
      .slice(0, 5)
      .map((e) => ({ endpoint: subject(e), status: e.state.status, latencyMs: e.state.latencyMs })),
    recentChanges: data.incidents.flatMap((entry) =>
      [
        { at: entry.resolvedAt, type: 'resolved' },
        { at: entry.openedAt, type: 'opened' },
      ]
        .filter((change) => change.at !== null)
        .map((change) => ({
          ...change,
          endpoint: entry.endpoint,
          incidentId: entry.id,
          cause: { code: entry.cause.code, title: entry.cause.title, severity: entry.cause.severity },
        })),
    ),
  });
}

function answer(call: Call, data: ReturnType<typeof store>): Answer {
  const [resource, ...rest] = call.path.split('/').filter(Boolean);
  switch (resource) {
    case 'me':
      return json(data.me);
    case 'overview':
      return overview(data);
    case 'endpoints':
      return answerEndpoints(call, data, rest);
    case 'import':
      return answerImport(call);
    case 'demo':
      data.me.installation.demo = false;
      data.endpoints = data.endpoints.filter((endpoint) => !endpoint.demo);
      return { status: 204 };
    case 'api-keys':
      return answerApiKeys(call, data.keys, rest);
    default:
      return problem(404, 'not_found', 'There is nothing at this address.');
  }
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function streamCheck(response: ServerResponse, url: string, path?: string): void {
  const report = { ...(url.includes('down') ? fixtures.failingReport : fixtures.report), url };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const stored = path === undefined ? [] : [['stored', { path, expiresAt: fixtures.ago(-86_400_000) }] as const];
  const events = [...report.steps.map((step) => ['step', step] as const), ...stored, ['report', report] as const];
  const next = () => {
    const event = events.shift();
    if (event === undefined) return response.end();
    response.write(`event: ${event[0]}\ndata: ${JSON.stringify(event[1])}\n\n`);
    setTimeout(next, 60);
  };
  next();
}

function forward(request: IncomingMessage, response: ServerResponse, webUrl: string | null): void {
  if (webUrl === null) return void response.writeHead(502).end('the web process is not up');
  const target = new URL(request.url ?? '/', webUrl);
  const upstream = httpRequest(target, { method: request.method, headers: request.headers }, (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers);
    incoming.pipe(response);
  });
  upstream.on('error', () => response.writeHead(502).end());
  request.pipe(upstream);
}

const UNLOCKED = 'rollcall_page_locked=open';

/** The public's own routes beside the page itself; null: the web process answers. */
async function answerStatus(request: IncomingMessage, path: string): Promise<Answer | null> {
  const [, slug, rest] =
    /^\/status\/([a-z0-9-]+)((?:\.packed)?\.json|\/(?:summary\.json|unlock|subscribe|confirm|unsubscribe))$/.exec(path) ?? [];
  if (slug === undefined) return null;
  const found = statusPages[slug];
  if (rest === '.json' || rest === '.packed.json') {
    if (found === undefined) return problem(404, 'not_found', 'There is no such status page.');
    const isOpen = !found.page.passwordProtected || (request.headers.cookie ?? '').includes(UNLOCKED);
    return isOpen
      ? json(rest === '.json' ? found : packPage(found))
      : problem(401, 'unauthenticated', 'This status page asks for a password.');
  }
  if (rest === '/summary.json') {
    if (found === undefined || found.page.passwordProtected) return problem(404, 'not_found', 'There is no such status page.');
    const components = found.groups.flatMap((group) => group.components).map((one) => ({ ...one, text: one.status }));
    const { status, summary } = found;
    return {
      ...json({ title: found.page.title, status, summary, url: found.page.url, components }),
      headers: { 'access-control-allow-origin': '*' },
    };
  }
  if (request.method !== 'POST') return null;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const back = (query: string, headers = {}) => ({ status: 303, headers: { location: `/status/${slug}${query}`, ...headers } });
  if (rest === '/unlock')
    return form.get('password') === 'open sesame' ? back('', { 'set-cookie': `${UNLOCKED}; Path=/` }) : back('?wrong=1');
  const done = { '/subscribe': 'confirmation_sent', '/confirm': 'confirmed', '/unsubscribe': 'unsubscribed' }[rest ?? ''];
  return back(`?done=${done}`);
}

/** Of one thing, without what changes by itself; null for lists and refusals. */
function etagOf({ status, body }: Answer): string | null {
  if (status !== 200 || typeof body !== 'object' || body === null || !('id' in body)) return null;
  const { state: _, usage: __, active: ___, next: ____, ...settings } = body as Record<string, unknown>;
  return `"${createHash('sha256').update(JSON.stringify(settings)).digest('base64url').slice(0, 22)}"`;
}

export async function startMockApi({ port = 0, password = 'correct horse' } = {}): Promise<MockApi> {
  let webUrl: string | null = null;
  const data = store();
  const operations = createOperations(data);
  const accounts = mockAccounts();
  const streams = createStreams();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://mock');
    const status = await answerStatus(request, url.pathname);
    if (status !== null) {
      response.writeHead(status.status, { 'content-type': 'application/json', ...status.headers });
      return void response.end(status.body === undefined ? undefined : JSON.stringify(status.body));
    }
    if (url.pathname === '/check/run') return streamCheck(response, String((await readJson(request)).url), '/check/abcdefghijklmnopqrstuv');
    if (url.pathname === '/check/abcdefghijklmnopqrstuv.json') {
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ report: fixtures.failingReport, expiresAt: fixtures.ago(-86_400_000) }));
    }
    if (/^\/check\/.*\.json$/.test(url.pathname)) return void response.writeHead(404).end('{}');
    if (!url.pathname.startsWith('/api/')) return forward(request, response, webUrl);
    const body = await readJson(request);
    const send = ({ status, body: sent, headers }: Answer) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(sent === undefined ? undefined : JSON.stringify(sent));
    };
    const path = url.pathname.replace('/api/v1', '');
    const call: Call = { method: request.method ?? 'GET', path, query: url.searchParams, body };
    const forAll = accounts.public(call);
    if (forAll !== null) return send(forAll);
    if (url.pathname === '/api/auth/sign-in/email') {
      if (body.password !== password) return send({ status: 401, body: { message: 'Invalid email or password' } });
      return send({ status: 200, body: {}, headers: { 'set-cookie': `${SESSION}; Path=/; HttpOnly; SameSite=Lax` } });
    }
    if (url.pathname === '/api/auth/sign-out')
      return send({ status: 200, body: {}, headers: { 'set-cookie': `${SESSION}; Path=/; Max-Age=0` } });
    if (!(request.headers.cookie ?? '').includes(SESSION)) return send(problem(401, 'unauthenticated', 'Sign in first.'));
    if (path === '/events') return streams.answer(response);
    if (path === '/checks') return streamCheck(response, String(body.url));
    const respond = (asked: Call) => accounts.signedIn(asked) ?? operations(asked) ?? answer(asked, data);
    const ifMatch = request.headers['if-match'];
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(respond({ ...call, method: 'GET', body: {} })))
      return send(problem(412, 'precondition_failed', 'It was changed since you read it; read it again.'));
    const answered = respond(call);
    const etag = call.method === 'GET' ? etagOf(answered) : null;
    send(etag === null ? answered : { ...answered, headers: { ...answered.headers, etag } });
    if (call.method !== 'GET') streams.written();
  };
  const server: Server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setWeb: (url) => {
      webUrl = url;
    },
    password,
    data,
    tell: streams.tell,
    streams: streams.count,
    cutStreams: streams.cut,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
