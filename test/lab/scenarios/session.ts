import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import type { Answer, Behaviour, Call, McpServer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function serve(bench: Bench, behaviour: Behaviour = {}): Promise<Setting> {
  return { url: (await bench.mcp(behaviour)).url };
}
const mended: Scenario['twin'] = (bench) => serve(bench);
const LEGACY: Behaviour = { wires: ['legacy'] };

/** nginx that hides the header for all its applications; `location` stands where the MCP path is served. */
async function hiding(bench: Bench, behaviour: Behaviour, location: string): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp(behaviour), {
    server: `proxy_hide_header X-Powered-By;
proxy_hide_header Mcp-Session-Id;
location /mcp { proxy_pass http://app; proxy_buffering off; ${location} }`,
  });
}

const headerMissing: readonly Scenario[] = [
  {
    code: 'session.header_missing',
    variant: 'nginx',
    fault: (bench) => hiding(bench, LEGACY, ''),
    twin: (bench) => hiding(bench, LEGACY, bench.fix('session.header_missing', 'nginx')),
  },
  {
    code: 'session.header_missing',
    variant: 'nginx, both eras',
    verdict: 'degraded',
    fault: (bench) => hiding(bench, {}, ''),
    twin: (bench) => hiding(bench, {}, bench.fix('session.header_missing', 'nginx')),
  },
];

/** Two replicas with sessions in their memory; `upstream` is the block that spreads requests over them. */
async function replicas(bench: Bench, behaviour: Behaviour, upstream: (first: string, second: string) => string): Promise<Setting> {
  const [first, second] = [await bench.mcp(behaviour), await bench.mcp(behaviour)];
  const address = ({ host, port }: McpServer): string => `${host}:${port}`;
  return nginxBefore(bench, first, {
    http: upstream(address(first), address(second)),
    server: 'location /mcp { proxy_pass http://mcp; proxy_buffering off; }',
  });
}
const roundRobin = (first: string, second: string): string => `upstream mcp { server ${first}; server ${second}; }`;
const fixedBy =
  (bench: Bench) =>
  (first: string, second: string): string =>
    bench.fix('session.lost_between_requests', 'nginx', { 'app1:3000': first, 'app2:3000': second });

/** Spreads connections over two replicas, as a Service of Kubernetes does; `hold`: a client stays where it was. */
async function service(bench: Bench, hold: boolean): Promise<Setting> {
  const pods = [await bench.mcp(), await bench.mcp()];
  let connections = 0;
  const port = await bench.tcp((client) => {
    const pod = pods[hold ? 0 : connections % pods.length];
    connections += 1;
    if (pod === undefined) return;
    const onward = connect(pod.port, pod.host);
    onward.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => onward.destroy());
    client.pipe(onward).pipe(client);
  });
  return { url: `http://mcp.example.com:${port}/mcp` };
}

/** Forgets a session as soon as the response that opened it is closed. */
function forgetting(): Answer {
  return (call) =>
    call.wire !== 'modern' && call.request.headers['mcp-session-id'] !== undefined
      ? call.error(400, -32000, 'Bad Request: No valid session ID provided')
      : call.healthy();
}

const lost: readonly Scenario[] = [
  {
    code: 'session.lost_between_requests',
    variant: 'two replicas',
    fault: (bench) => replicas(bench, LEGACY, roundRobin),
    twin: (bench) => replicas(bench, LEGACY, fixedBy(bench)),
  },
  {
    code: 'session.lost_between_requests',
    variant: 'forgotten at once, both eras',
    verdict: 'degraded',
    fault: (bench) => serve(bench, { answers: { every: forgetting() } }),
    twin: mended,
  },
  {
    code: 'session.lost_between_requests',
    variant: 'replicas behind keep-alive',
    deep: true,
    fault: (bench) => service(bench, false),
    twin: (bench) => service(bench, true),
  },
];

/** Keeps its sessions itself: `unknown` answers for those it does not know, `end` closes one. */
function keepingSessions({
  id = randomUUID,
  unknown,
  end,
}: {
  id?: () => string;
  unknown?: Answer;
  end?: (call: Call, known: Set<string>) => unknown;
} = {}): Behaviour {
  const known = new Set<string>();
  return {
    sessions: false,
    answers: {
      every: (call) => {
        if (call.wire === 'modern' || call.request.method === 'OPTIONS') return call.healthy();
        if (call.message.method === 'initialize') {
          const minted = id();
          known.add(minted);
          return call.result(
            {
              protocolVersion: '2025-11-25',
              capabilities: { tools: {} },
              serverInfo: { name: 'notes', version: '0.3.0' },
            },
            { 'mcp-session-id': minted },
          );
        }
        const said = call.request.headers['mcp-session-id'];
        if (said === undefined) return call.error(400, -32000, 'Bad Request: Mcp-Session-Id header is required');
        if (!known.has(String(said))) return unknown === undefined ? call.error(404, -32001, 'Session not found') : unknown(call);
        if (call.request.method !== 'DELETE') return call.healthy();
        if (end !== undefined) return end(call, known);
        known.delete(String(said));
        return call.text(200, '');
      },
    },
  };
}

/** nginx that takes large headers from the application, and no larger ones than usual from clients. */
async function roomy(bench: Bench, id: () => string): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp({ ...LEGACY, ...keepingSessions({ id }) }), {
    server: `location / { proxy_pass http://app; proxy_buffering off; proxy_buffer_size 16k; proxy_buffers 8 16k; }`,
  });
}

const rules: readonly Scenario[] = [
  {
    code: 'session.not_404_when_unknown',
    variant: '400',
    deep: true,
    verdict: 'up',
    fault: (bench) =>
      serve(bench, keepingSessions({ unknown: (call) => call.error(400, -32000, 'Bad Request: No valid session ID provided') })),
    twin: (bench) => serve(bench, keepingSessions()),
  },
  {
    code: 'session.not_404_when_unknown',
    variant: '500',
    deep: true,
    fault: (bench) =>
      serve(
        bench,
        keepingSessions({
          unknown: (call) => call.json(500, { error: "Cannot read properties of undefined (reading 'handleRequest')" }),
        }),
      ),
    twin: (bench) => serve(bench, keepingSessions()),
  },
  {
    code: 'session.id_invalid',
    variant: 'a space in it',
    fault: (bench) => serve(bench, keepingSessions({ id: () => `notes session ${randomUUID()}` })),
    twin: (bench) => serve(bench, keepingSessions()),
  },
  {
    code: 'session.id_invalid',
    variant: 'a whole state',
    fault: (bench) => serve(bench, keepingSessions({ id: () => `eyJhbGciOiJIUzI1NiJ9.${'c3RhdGU'.repeat(250)}.${randomUUID()}` })),
    twin: (bench) => serve(bench, keepingSessions()),
  },
  {
    code: 'session.id_invalid',
    variant: 'too long for nginx',
    verdict: 'down',
    fault: (bench) => roomy(bench, () => `eyJhbGciOiJIUzI1NiJ9.${'c3RhdGU'.repeat(1200)}.${randomUUID()}`),
    twin: (bench) => roomy(bench, randomUUID),
  },
  {
    code: 'session.limit_reached',
    fault: (bench) =>
      serve(bench, {
        ...LEGACY,
        answers: { initialize: (call) => call.error(503, -32000, 'Maximum number of sessions reached (100)') },
      }),
    twin: (bench) => serve(bench, LEGACY),
  },
  {
    code: 'session.limit_reached',
    variant: '429, both eras',
    verdict: 'degraded',
    fault: (bench) => serve(bench, { answers: { initialize: (call) => call.json(429, { error: 'Too many active sessions' }) } }),
    twin: mended,
  },
  {
    code: 'session.delete_fails',
    fault: (bench) =>
      serve(bench, keepingSessions({ end: (call) => call.text(500, 'Internal Server Error', { 'content-type': 'text/plain' }) })),
    twin: (bench) => serve(bench, keepingSessions()),
  },
  {
    code: 'session.delete_fails',
    variant: 'says it did',
    deep: true,
    fault: (bench) => serve(bench, keepingSessions({ end: (call) => call.text(200, '') })),
    twin: (bench) => serve(bench, keepingSessions()),
  },
];

const ready = (answer: Answer) => ({ 'notifications/initialized': answer });
const STATELESS: Behaviour = { ...LEGACY, sessions: false };
const notified: readonly Scenario[] = [
  {
    code: 'mcp.notification_rejected',
    fault: (bench) => serve(bench, { ...STATELESS, answers: ready((call) => call.error(404, -32601, 'Method not found')) }),
    twin: (bench) => serve(bench, STATELESS),
  },
  {
    code: 'mcp.notification_rejected',
    variant: 'validates the id',
    fault: (bench) => serve(bench, { ...LEGACY, answers: ready((call) => call.error(400, -32600, 'Invalid Request: id is required')) }),
    twin: (bench) => serve(bench, LEGACY),
  },
  {
    code: 'mcp.notification_rejected',
    variant: 'never answered',
    fault: (bench) => serve(bench, { ...STATELESS, answers: ready(() => undefined) }),
    twin: (bench) => serve(bench, STATELESS),
  },
  {
    code: 'mcp.notification_rejected',
    variant: 'both eras',
    verdict: 'degraded',
    fault: (bench) => serve(bench, { sessions: false, answers: ready((call) => call.error(500, -32603, 'Internal error')) }),
    twin: (bench) => serve(bench, { sessions: false }),
  },
];

/** Sessions of the initialize era, and the message that says the client is ready. */
export const session: readonly Scenario[] = [...headerMissing, ...lost, ...rules, ...notified];
