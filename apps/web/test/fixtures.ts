import type {
  ApiKey,
  Cause,
  Channel,
  ClientVerdict,
  Delivery,
  Endpoint,
  Incident,
  IncidentDetail,
  Me,
  Probe,
  ProbeDetail,
  Report,
} from '@rollcall/contracts';
import type { EndpointStatus } from '@rollcall/core';

/** Contract-shaped data for the browser tests and for working on the dashboard without an API. Hostile text included. */

const NOW = Date.now();
export const ago = (ms: number): string => new Date(NOW - ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const HOSTILE_NAME = `<img src=x onerror="window.__hacked=1"> \u202egnp.exe ${'W'.repeat(120)}`;
export const HOSTILE_EVIDENCE = `</pre><script>window.__hacked=1</script>\u202e${'x'.repeat(3000)}`;

export const methodLost: Cause = {
  code: 'redirect.method_lost',
  layer: 'http',
  severity: 'down',
  confidence: 'certain',
  title: 'A redirect turns the POST into a GET',
  explanation:
    'The server answered the first message with 301. Clients follow a 301 with GET and without the body, so the message never arrives. Every client that follows redirects the way browsers do fails here; the others stop at the 301.',
  evidence: {
    status: 301,
    location: 'https://billing.example.com/mcp/',
    method: 'POST',
    followedWith: 'GET',
    finalStatus: 405,
    hops: ['https://billing.example.com/mcp', 'https://billing.example.com/mcp/'],
  },
  fixes: [
    {
      for: 'nginx',
      text: 'Answer with 308, which keeps the method and the body.',
      snippet: 'location = /mcp/ {\n    return 308 https://$host/mcp;\n}',
    },
    { for: 'caddy', text: 'Write the code out: `permanent` means 301.', snippet: 'redir /mcp/ https://{host}/mcp 308' },
    { for: 'app', text: 'Publish the final URL, so that no client meets a redirect at all.' },
  ],
  references: [
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2',
    'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
  ],
  docs: '/docs/causes/redirect.method_lost',
};
export const buffered: Cause = {
  code: 'sse.buffered',
  layer: 'transport',
  severity: 'degraded',
  confidence: 'suspected',
  title: 'A proxy holds the event stream back',
  explanation:
    'Events arrived together, when the stream closed, although the server sent them one after another. Answers come late and progress never shows.',
  evidence: { firstByteMs: 4040, eventsAtMs: [4040, 4040, 4041], proxy: HOSTILE_EVIDENCE },
  fixes: [{ for: 'nginx', text: 'Switch buffering off for the MCP path.', snippet: 'proxy_buffering off;' }],
  references: [],
  docs: '/docs/causes/sse.buffered',
};
export const refused: Cause = {
  ...methodLost,
  code: 'tcp.refused',
  layer: 'tcp',
  title: 'The connection is refused',
  explanation: 'The host answers, and nothing listens on the port. The process has stopped or listens on another port.',
  evidence: { address: '203.0.113.7', port: 443, errno: 'ECONNREFUSED' },
  fixes: [{ for: 'app', text: 'Start the server again and look at why it stopped.' }],
  docs: '/docs/causes/tcp.refused',
};

export const clients: ClientVerdict[] = [
  { id: 'claude-code', name: 'Claude Code', verdict: 'fails', because: 'redirect.method_lost' },
  { id: 'claude-ai', name: 'claude.ai connectors', verdict: 'fails', because: 'redirect.method_lost' },
  { id: 'vscode', name: 'VS Code', verdict: 'fails', because: 'redirect.method_lost' },
  { id: 'cursor', name: 'Cursor', verdict: 'works', because: null },
  { id: 'gemini-cli', name: 'Gemini CLI', verdict: 'unknown', because: null },
];

const short = (cause: Cause) => ({ code: cause.code, title: cause.title, severity: cause.severity });

function endpoint(
  id: string,
  name: string,
  url: string,
  status: EndpointStatus,
  more: Partial<Endpoint> = {},
  state: Partial<Endpoint['state']> = {},
): Endpoint {
  return {
    id,
    name,
    url,
    transport: 'auto',
    era: 'auto',
    intervalSeconds: 60,
    timeoutMs: 30_000,
    regions: ['default'],
    headers: {},
    auth: { type: 'none' },
    expect: {},
    policy: {},
    tags: [],
    paused: status === 'paused',
    demo: false,
    createdAt: ago(90 * 24 * HOUR),
    updatedAt: ago(2 * HOUR),
    ...more,
    state: {
      status,
      since: ago(5 * 24 * HOUR),
      cause: null,
      lastProbeAt: ago(22_000),
      nextProbeAt: ago(-38_000),
      latencyMs: 184,
      transport: 'streamable-http',
      era: 'legacy',
      protocolVersion: '2025-11-25',
      server: { name: 'example-server', version: '1.4.2' },
      toolCount: 12,
      certificate: null,
      openIncidentId: null,
      ...state,
    },
  };
}

export const endpoints: Endpoint[] = [
  endpoint(
    'ep_billing',
    'Billing',
    'https://billing.example.com/mcp',
    'down',
    { tags: ['prod', 'team:payments'] },
    { since: ago(47 * MINUTE), cause: short(methodLost), openIncidentId: 'inc_billing', latencyMs: null, toolCount: null },
  ),
  endpoint(
    'ep_search',
    'Search',
    'https://search.example.com/sse',
    'degraded',
    { tags: ['prod'] },
    {
      since: ago(3 * HOUR),
      cause: short(buffered),
      openIncidentId: 'inc_search',
      latencyMs: 4080,
      transport: 'sse',
      protocolVersion: '2024-11-05',
    },
  ),
  endpoint(
    'ep_docs',
    'Documentation',
    'https://docs.example.com/mcp',
    'up',
    { tags: ['prod', 'public'] },
    { latencyMs: 96, era: 'modern', protocolVersion: '2026-07-28', toolCount: 4 },
  ),
  endpoint(
    'ep_crm',
    'CRM',
    'https://crm.example.com/mcp',
    'gated',
    { tags: ['team:sales'] },
    { latencyMs: 143, toolCount: null, server: null },
  ),
  endpoint(
    'ep_hostile',
    HOSTILE_NAME,
    `https://hostile.example.com/${'a'.repeat(300)}`,
    'up',
    { tags: ['x'.repeat(64)] },
    { latencyMs: 512, server: { name: HOSTILE_NAME, version: '9'.repeat(400) } },
  ),
  endpoint('ep_files', 'Files', 'https://files.example.com/mcp', 'no_data', {}, { latencyMs: null, lastProbeAt: ago(11 * MINUTE) }),
  endpoint('ep_night', 'Nightly reports', 'https://reports.example.com/mcp', 'maintenance', {}, {}),
  endpoint('ep_old', 'Retired gateway', 'https://old.example.com/mcp', 'paused', {}, { nextProbeAt: null }),
  endpoint(
    'ep_new',
    'Calendar',
    'https://calendar.example.com/mcp',
    'pending',
    {},
    { lastProbeAt: null, latencyMs: null, server: null, toolCount: null, protocolVersion: null, transport: null },
  ),
  endpoint('ep_demo', 'Demo: healthy', 'http://127.0.0.1:39001/mcp', 'up', { demo: true, tags: ['demo'] }, { latencyMs: 7.4 }),
  ...Array.from({ length: 60 }, (_, n) =>
    endpoint(
      `ep_fleet${String(n).padStart(3, '0')}`,
      `Fleet server ${n + 1}`,
      `https://fleet-${n + 1}.example.net/mcp`,
      'up',
      { tags: ['fleet'] },
      { latencyMs: 60 + ((n * 37) % 240) },
    ),
  ),
];

function incident(id: string, of: Endpoint, cause: Cause, more: Partial<Incident>): Incident {
  return {
    id,
    endpoint: { id: of.id, name: of.name, url: of.url },
    status: 'open',
    severity: cause.severity,
    openedAt: of.state.since,
    confirmedAt: of.state.since,
    resolvedAt: null,
    cause,
    affectedClients: clients.filter((client) => client.verdict === 'fails').map(({ id: clientId, name }) => ({ id: clientId, name })),
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    url: `http://127.0.0.1:3000/incidents/${id}`,
    ...more,
  };
}
const [billing, search, docs] = endpoints as [Endpoint, Endpoint, Endpoint, ...Endpoint[]];

export const incidents: IncidentDetail[] = [
  incident('inc_billing', billing, methodLost, { confirmedAt: ago(46.5 * MINUTE) }),
  incident('inc_search', search, buffered, {
    confirmedAt: ago(3 * HOUR - 30_000),
    acknowledgedAt: ago(2 * HOUR),
    acknowledgedBy: 'Maya Lind',
  }),
  incident('inc_docs', docs, refused, {
    status: 'resolved',
    openedAt: ago(9 * HOUR),
    confirmedAt: ago(9 * HOUR - 30_000),
    resolvedAt: ago(8.6 * HOUR),
  }),
].map((entry) => ({
  ...entry,
  postmortem: null,
  timeline: [
    { id: `${entry.id}_1`, at: entry.openedAt, type: 'opened' as const, actor: null, data: { cause: entry.cause.code } },
    ...(entry.acknowledgedAt === null
      ? []
      : [{ id: `${entry.id}_2`, at: entry.acknowledgedAt, type: 'acknowledged' as const, actor: entry.acknowledgedBy, data: {} }]),
    {
      id: `${entry.id}_3`,
      at: ago(40 * MINUTE),
      type: 'note' as const,
      actor: 'Maya Lind',
      data: { text: 'The proxy was changed in the 14:00 release. Rolling back.' },
    },
    ...(entry.resolvedAt === null ? [] : [{ id: `${entry.id}_4`, at: entry.resolvedAt, type: 'resolved' as const, actor: null, data: {} }]),
  ],
}));

const steps = (ok: boolean) =>
  ok
    ? [
        { name: 'dns', ms: 3.1, ok: true },
        { name: 'tcp', ms: 11.8, ok: true },
        { name: 'tls', ms: 24.2, ok: true },
        { name: 'initialize', ms: 61.5, ok: true },
        { name: 'initialized', ms: 18.3, ok: true },
        { name: 'tools/list', ms: 55.9, ok: true },
        { name: 'close', ms: 9.6, ok: true },
      ]
    : [
        { name: 'dns', ms: 2.8, ok: true },
        { name: 'tcp', ms: 12.4, ok: true },
        { name: 'tls', ms: 25.1, ok: true },
        { name: 'initialize', ms: 31.7, ok: false },
      ];

export function probesOf(of: Endpoint): Probe[] {
  if (of.state.lastProbeAt === null) return [];
  const failing = of.state.status === 'down';
  return Array.from({ length: 40 }, (_, n): Probe => {
    const bad = failing && n < 30;
    return {
      id: `pr_${of.id}_${n}`,
      endpointId: of.id,
      region: 'default',
      kind: bad && n > 27 ? 'recheck' : 'scheduled',
      slot: ago(n * MINUTE + 22_000),
      startedAt: ago(n * MINUTE + 21_900),
      durationMs: bad ? 72 : 184.4 + n,
      verdict: bad ? 'down' : of.state.status === 'degraded' ? 'degraded' : of.state.status === 'gated' ? 'gated' : 'up',
      cause: bad ? methodLost.code : of.state.status === 'degraded' ? buffered.code : null,
      toolCount: bad ? null : 12,
      steps: steps(!bad),
    };
  });
}

export function probeDetailOf(probe: Probe): ProbeDetail {
  const down = probe.verdict === 'down';
  return {
    ...probe,
    causeDetail: down ? methodLost : probe.verdict === 'degraded' ? buffered : null,
    findings: [{ ...buffered, severity: 'notice', code: 'transport.sse_only', title: 'Only the deprecated HTTP+SSE transport', fixes: [] }],
    clients: down ? clients : clients.map((client) => ({ ...client, verdict: 'works', because: null })),
    exchanges: [
      {
        n: 1,
        method: 'POST',
        url: 'https://billing.example.com/mcp',
        status: down ? 301 : 200,
        timings: { dnsMs: 2.8, tcpMs: 12.4, tlsMs: 25.1, ttfbMs: 31.7, totalMs: 72 },
        requestHeaders: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', authorization: '[redacted]' },
        responseHeaders: { location: 'https://billing.example.com/mcp/', server: 'nginx', 'x-long': 'v'.repeat(800) },
        requestBody:
          '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"rollcall","version":"0.1.0"}}}',
        responseBody: `<html><head><title>301 Moved Permanently</title></head>${HOSTILE_EVIDENCE}</html>`,
        error: null,
        curl: 'curl -i -X POST \'https://billing.example.com/mcp\' -H \'accept: application/json, text/event-stream\' -H \'content-type: application/json\' --data \'{"jsonrpc":"2.0","id":1,"method":"initialize"}\'',
      },
    ],
  };
}

export const report: Report = {
  schema: 'rollcall.report/1',
  url: 'https://billing.example.com/mcp',
  startedAt: ago(0),
  durationMs: 312,
  region: 'default',
  verdict: 'up',
  transport: 'streamable-http',
  eras: { modern: 'absent', legacy: 'works' },
  protocolVersion: '2025-11-25',
  server: { name: 'Billing', version: '1.4.2', capabilities: { tools: {} } },
  tools: { count: 12, hash: 'sha256:0f', names: ['create_invoice', 'list_invoices', HOSTILE_NAME] },
  steps: steps(true),
  cause: null,
  findings: [],
  clients: clients.map((client) => ({ ...client, verdict: 'works', because: null })),
  exchanges: [],
};
export const failingReport: Report = {
  ...report,
  verdict: 'down',
  transport: null,
  eras: { modern: 'untested', legacy: 'fails' },
  protocolVersion: null,
  server: null,
  tools: null,
  steps: steps(false),
  cause: methodLost,
  clients,
};

export const me: Me = {
  user: { id: 'usr_1', name: 'Maya Lind', email: 'maya@example.com' },
  organization: { id: 'org_1', name: 'Northwind', slug: 'northwind' },
  role: 'owner',
  installation: { demo: true, smtpConfigured: false, publicUrl: 'http://127.0.0.1:3000' },
};

const channel = (
  id: string,
  type: Channel['type'],
  name: string,
  config: Record<string, unknown>,
  more: Partial<Channel> = {},
): Channel => ({
  id,
  type,
  name,
  config,
  routes: [],
  enabled: true,
  quietHours: null,
  remindMinutes: null,
  escalation: [],
  standby: false,
  failingSince: null,
  unhealthySince: null,
  createdAt: ago(40 * 24 * HOUR),
  updatedAt: ago(40 * 24 * HOUR),
  ...more,
});
export const channels: Channel[] = [
  channel('ch_mail', 'email', 'On-call', { to: ['oncall@example.com'] }),
  channel(
    'ch_hook',
    'webhook',
    'Automation',
    { url: 'https://hooks.example.com/rollcall', secret: '[redacted]' },
    { failingSince: ago(26 * MINUTE) },
  ),
];
export const deliveries: Delivery[] = Array.from({ length: 8 }, (_, n) => ({
  id: `dl_${n}`,
  noticeId: `msg_${n}`,
  channelId: n % 2 === 0 ? 'ch_mail' : 'ch_hook',
  type: n % 3 === 0 ? 'endpoint.down' : 'endpoint.recovered',
  attempt: n % 2 === 0 ? 1 : 3,
  status: n % 2 === 0 ? 'delivered' : 'failed',
  nextAttemptAt: n === 1 ? ago(-4 * MINUTE) : null,
  startedAt: ago((n + 1) * 13 * MINUTE),
  durationMs: 84 + n * 31,
  request: { method: 'POST', url: 'https://hooks.example.com/rollcall' },
  response: n % 2 === 0 ? { accepted: 1 } : { status: 503, body: HOSTILE_EVIDENCE.slice(0, 200) },
  error: n % 2 === 0 ? null : 'The receiver answered 503.',
}));
export const apiKeys: ApiKey[] = [
  {
    id: 'key_1',
    name: 'bootstrap',
    prefix: 'rc_8fK2',
    scopes: ['read', 'write', 'admin'],
    createdAt: ago(90 * 24 * HOUR),
    expiresAt: null,
    lastUsedAt: ago(4 * MINUTE),
    revokedAt: null,
    replacedBy: null,
  },
];
