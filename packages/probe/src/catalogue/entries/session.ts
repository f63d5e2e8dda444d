import type { CatalogueEntry } from '../types.ts';

export const session = {
  'session.header_missing': {
    code: 'session.header_missing',
    layer: 'session',
    severity: 'down',
    confidence: 'certain',
    title: 'The session id never reaches the client',
    explanation:
      'The server demands a session id that it did not hand out, or that a proxy removed from its answer to initialize. Without the id every further message is refused.',
    evidence: ['exchange', 'request', 'status', 'asked', 'sessionSent', 'error', 'body'],
    fixes: [
      {
        for: 'nginx',
        text: 'Remove the line that hides the header (proxy_hide_header), or let it through where the MCP path is served.',
        snippet: 'proxy_pass_header Mcp-Session-Id;',
      },
      {
        for: 'app',
        text: 'For browser clients, expose the header.',
        snippet: 'Access-Control-Expose-Headers: Mcp-Session-Id, WWW-Authenticate',
      },
      {
        for: 'aws',
        text: 'API Gateway and CloudFront: forward Mcp-Session-Id in both directions.',
      },
      {
        for: 'typescript-sdk',
        text: 'Run without sessions if the server keeps no state.',
        snippet: 'new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });',
      },
      {
        for: 'python-sdk',
        text: 'Run without sessions if the server keeps no state.',
        snippet: "mcp = FastMCP('name', stateless_http=True)",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'All clients.',
  },
  'session.lost_between_requests': {
    code: 'session.lost_between_requests',
    layer: 'session',
    severity: 'down',
    confidence: 'certain',
    title: 'The session is lost between two requests',
    explanation:
      'The server does not know the session it has just opened. Usually several replicas keep sessions in memory and the next request reaches another one; a handler that deletes the session when a response closes does the same. Clients rarely keep cookies, so cookie affinity does not help.',
    evidence: [
      'exchange',
      'request',
      'status',
      'asked',
      'sessionSent',
      'error',
      'body',
      'sessions',
      'calls',
      'failures',
      'ratio',
      'likelyReplicas',
      'statuses',
    ],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Run without sessions if the server keeps no state.',
        snippet: 'new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });',
      },
      {
        for: 'python-sdk',
        text: 'Run without sessions if the server keeps no state.',
        snippet: "mcp = FastMCP('name', stateless_http=True)",
      },
      {
        for: 'nginx',
        text: 'Send a client to the same replica by its address. A hash of Mcp-Session-Id does not help: the id is made by the replica that the first message happens to reach. Clients that change their address need a shared session store or no sessions.',
        snippet: 'upstream mcp {\n  ip_hash;\n  server app1:3000;\n  server app2:3000;\n}',
      },
      {
        for: 'ingress-nginx',
        text: 'The same by annotation.',
        snippet: 'nginx.ingress.kubernetes.io/upstream-hash-by: "$remote_addr"',
      },
      {
        for: 'kubernetes',
        text: 'A Service spreads connections: let it hold a client at one pod.',
        snippet: 'kubectl patch service mcp -p \'{"spec":{"sessionAffinity":"ClientIP"}}\'',
      },
      {
        for: 'kubernetes',
        text: 'Until then run one replica.',
        snippet: 'kubectl scale deployment/mcp --replicas=1',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://github.com/modelcontextprotocol/go-sdk/issues/822',
      'https://github.com/jlowin/fastmcp/issues/1003',
    ],
    affected: 'All clients of revision 2025-11-25 and earlier, the more often the more replicas there are.',
  },
  'session.not_404_when_unknown': {
    code: 'session.not_404_when_unknown',
    layer: 'session',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Unknown sessions are not answered with 404',
    explanation:
      'A request with an unknown session id must be answered with 404: that tells clients to start a new session. Here it gets another status, so clients stay stuck after every restart of the server.',
    evidence: ['exchange', 'request', 'status', 'expected', 'unknown', 'deleted', 'error'],
    fixes: [
      {
        for: 'app',
        text: 'Answer an unknown session with 404.',
        snippet:
          'HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://github.com/anthropics/claude-code/issues/29510',
    ],
    affected: 'Clients connected while the server is deployed or restarted.',
  },
  'session.id_invalid': {
    code: 'session.id_invalid',
    layer: 'session',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The session id contains forbidden characters',
    explanation:
      'The session id holds characters outside visible ASCII or is absurdly long. Strict HTTP libraries refuse to send it back, and proxies refuse headers of more than 8 KiB.',
    evidence: ['exchange', 'request', 'status', 'length', 'validCharacters', 'sent', 'next', 'body'],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Use a random UUID.',
        snippet: 'sessionIdGenerator: () => randomUUID()',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Clients on strict HTTP libraries.',
  },
  'session.limit_reached': {
    code: 'session.limit_reached',
    layer: 'session',
    severity: 'down',
    confidence: 'certain',
    title: 'Too many open sessions',
    explanation:
      'The server refuses new sessions because too many are open. Clients and monitors that never send DELETE leave theirs behind until the server forgets them.',
    evidence: ['exchange', 'request', 'status', 'asked', 'error', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Close sessions that have been idle for some minutes, and honour DELETE.',
      },
      {
        for: 'typescript-sdk',
        text: 'Run without sessions if the server keeps no state.',
        snippet: 'new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });',
      },
      {
        for: 'python-sdk',
        text: 'Run without sessions if the server keeps no state.',
        snippet: "mcp = FastMCP('name', stateless_http=True)",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Everybody who connects once the limit is reached.',
  },
  'session.delete_fails': {
    code: 'session.delete_fails',
    layer: 'session',
    severity: 'notice',
    confidence: 'certain',
    title: 'Sessions cannot be closed',
    explanation: 'The DELETE that ends a session failed. It must succeed or be answered with 405; otherwise sessions pile up in memory.',
    evidence: ['exchange', 'request', 'status', 'after', 'got'],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Pass DELETE to the transport of the session.',
        snippet: "app.delete('/mcp', (req, res) => transports.get(req.headers['mcp-session-id']).handleRequest(req, res));",
      },
      {
        for: 'express',
        text: 'Or say that clients may not close sessions.',
        snippet: "app.delete('/mcp', (_req, res) => res.status(405).end());",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://github.com/mark3labs/mcp-go/issues/723',
      'https://github.com/modelcontextprotocol/python-sdk/issues/3300',
    ],
    affected: 'Nobody at once; the server leaks memory.',
  },
  'mcp.notification_rejected': {
    code: 'mcp.notification_rejected',
    layer: 'session',
    severity: 'down',
    confidence: 'certain',
    title: 'The server refuses the client\'s "ready" message',
    explanation:
      'After initialize the client sends notifications/initialized, and the server refuses it. It must be answered with 202 and no body. SDK clients treat the refusal as a failed connection.',
    evidence: ['exchange', 'request', 'status', 'asked', 'sessionSent', 'error', 'body', 'waitedMs'],
    fixes: [
      {
        for: 'app',
        text: 'Answer every message without an id with 202 and no body.',
        snippet: "if (!('id' in message)) return res.status(202).end();",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle',
    ],
    affected: 'Clients on the TypeScript SDK, versions 1 and 2, and others that check the answer.',
  },
} as const satisfies Record<string, CatalogueEntry>;
