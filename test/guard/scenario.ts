import { createServer, type RequestListener } from 'node:http';
import { check, type ProbeTarget } from '@rollcall/probe';

/**
 * Runs inside a network namespace of its own in which the loopback device carries a public address: a server there is
 * public to the address policy, and what it points at on 127.0.0.1 is private. Prints what came of each attempt.
 */
const PUBLIC = process.env['GUARD_PUBLIC_ADDRESS'] as string;
let privateHits = 0;

function listen(host: string, handler: RequestListener, onConnection: () => void = () => undefined): Promise<number> {
  const server = createServer(handler).on('connection', onConnection);
  return new Promise((resolve) => {
    server.listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

const privatePort = await listen(
  '127.0.0.1',
  (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"secret":"metadata"}'),
  () => {
    privateHits += 1;
  },
);
const inside = `http://127.0.0.1:${privatePort}/latest/meta-data`;

/** What the public server serves besides: two ways to sign in that lead inside, and one that would send the secret in the clear. */
const RESOURCE = '/.well-known/oauth-protected-resource';
const SERVER = '/.well-known/oauth-authorization-server';
let tokenRequests = 0;
function documents(base: string): Record<string, object> {
  const resource = (path: string, server: string) => ({ resource: `${base}${path}`, authorization_servers: [server] });
  return {
    [`${RESOURCE}/server`]: resource('/server', new URL(inside).origin),
    [`${RESOURCE}/token`]: resource('/token', `${base}/a`),
    [`${SERVER}/a`]: { issuer: `${base}/a`, token_endpoint: `https://127.0.0.1:${privatePort}/token` },
    [`${RESOURCE}/clear`]: resource('/clear', `${base}/b`),
    [`${SERVER}/b`]: { issuer: `${base}/b`, token_endpoint: `${base}/issue` },
  };
}

const publicPort = await listen(PUBLIC, (request, response) => {
  const path = request.url ?? '/';
  const document = documents(`http://${request.headers.host}`)[path];
  if (document !== undefined) return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  if (path === '/issue') tokenRequests += 1;
  if (path === '/redirect') response.writeHead(308, { location: inside }).end();
  else if (path === '/sse' && request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: endpoint\ndata: ${inside}\n\n`);
  } else if (path === '/sse') response.writeHead(405).end();
  else if (['/server', '/token', '/clear'].includes(path)) response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
  else if (path === '/oauth') response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${inside}"` }).end();
  else response.writeHead(404).end();
});

const settings = {
  transport: 'auto',
  era: 'auto',
  headers: {},
  auth: { type: 'oauth', clientId: 'guard', clientSecret: 'guarded-secret' },
  timeoutMs: 15_000,
  deep: true,
  region: 'default',
  hint: null,
  expect: {},
  baseline: null,
} as const;
const outcomes: Record<
  string,
  { verdict: string; cause: string | null; text: string; privateHits: number; reachedPublic: boolean; tokenRequests: number }
> = {};
const attempts: Record<string, string> = {
  redirect: `http://${PUBLIC}:${publicPort}/redirect`,
  endpointEvent: `http://${PUBLIC}:${publicPort}/sse`,
  resourceMetadata: `http://${PUBLIC}:${publicPort}/oauth`,
  authorizationServer: `http://${PUBLIC}:${publicPort}/server`,
  tokenEndpoint: `http://${PUBLIC}:${publicPort}/token`,
  plainTokenEndpoint: `http://${PUBLIC}:${publicPort}/clear`,
  literal: inside,
  mapped: `http://[::ffff:127.0.0.1]:${privatePort}/`,
  decimal: `http://2130706433:${privatePort}/`,
  name: `http://localhost:${privatePort}/`,
};
for (const [name, url] of Object.entries(attempts)) {
  const target: ProbeTarget = { url, ...settings };
  const before = privateHits;
  const { report } = await check(target, {
    policy: { allowPrivate: false },
    deadlines: { endpointEventMs: 2000, answerMs: 2000, firstByteMs: 2000, idleMs: 500 },
  });
  const reachedPublic = report.exchanges.some(({ status, url: called }) => status !== null && called.includes(PUBLIC));
  outcomes[name] = {
    verdict: report.verdict,
    cause: report.cause?.code ?? null,
    text: JSON.stringify(report.cause),
    privateHits: privateHits - before,
    reachedPublic,
    tokenRequests,
  };
}
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
process.exit(0);
