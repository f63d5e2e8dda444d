import type { CatalogueEntry } from '../types.ts';

export const transport = {
  'transport.wrong_path': {
    code: 'transport.wrong_path',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'There is nothing at this path',
    explanation:
      "The host answers 404 to an MCP message. The path is mistyped, moved, or not routed to the MCP server. Compare it with the path in the server's own configuration.",
    evidence: ['exchange', 'request', 'status', 'contentType', 'server', 'body', 'answersAt'],
    fixes: [
      {
        for: 'nginx',
        text: 'Route the exact path. A slash after the upstream would cut the prefix off.',
        snippet: 'location = /mcp {\n  proxy_pass http://app;\n  proxy_buffering off;\n}',
      },
      {
        for: 'ingress-nginx',
        text: 'Check that rewrite-target does not change the path.',
        snippet: 'paths:\n  - path: /mcp\n    pathType: Prefix',
      },
      {
        for: 'express',
        text: 'Register the route.',
        snippet: "app.all('/mcp', handler);",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://www.rfc-editor.org/rfc/rfc9110',
    ],
    affected: 'All clients.',
  },
  'transport.method_not_allowed': {
    code: 'transport.method_not_allowed',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The address exists but refuses MCP messages',
    explanation:
      'POST is answered with 405, and GET opens no event stream either. Something else than the MCP server owns this path, often a static file handler.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'server', 'body', 'allow', 'get'],
    fixes: [
      {
        for: 'express',
        text: 'Register POST for the path.',
        snippet: "app.post('/mcp', handler);",
      },
      {
        for: 'nginx',
        text: 'Route the path to the application before static files: nginx itself answers a POST to a file with 405.',
        snippet: 'location = /mcp {\n  proxy_pass http://app;\n}',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports', 'https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients.',
  },
  'transport.sse_only': {
    code: 'transport.sse_only',
    layer: 'transport',
    severity: 'notice',
    confidence: 'certain',
    title: 'The server speaks only the transport of 2024',
    explanation:
      'HTTP+SSE, the transport of revision 2024-11-05, works here; Streamable HTTP does not. That transport is deprecated, and clients that need the newer one cannot connect. Offer both for a while.',
    evidence: ['exchange', 'request', 'status'],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Serve Streamable HTTP beside the old stream.',
        snippet:
          "app.post('/mcp', async (req, res) => {\n  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });\n  await createServer().connect(transport);\n  await transport.handleRequest(req, res, req.body);\n});",
      },
      {
        for: 'python-sdk',
        text: 'Run the newer transport.',
        snippet: "mcp.run(transport='streamable-http')",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://modelcontextprotocol.io/specification/2024-11-05/basic/transports',
    ],
    affected: 'ChatGPT and every client that speaks only Streamable HTTP.',
  },
  'transport.get_broken': {
    code: 'transport.get_broken',
    layer: 'transport',
    severity: 'notice',
    confidence: 'certain',
    title: 'The event stream for server messages is broken',
    explanation:
      'A GET for the stream of server messages must be answered with an event stream or with 405. Here it fails in another way. SDKs hide that, so notifications and questions from the server are lost without a word.',
    evidence: ['exchange', 'request', 'status', 'waitedMs'],
    fixes: [
      {
        for: 'express',
        text: 'Without such a stream, answer 405.',
        snippet: "app.get('/mcp', (_req, res) => res.status(405).set('Allow', 'POST').end());",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Clients that rely on notifications, sampling or elicitation.',
  },
  'transport.websocket_expected': {
    code: 'transport.websocket_expected',
    layer: 'transport',
    severity: 'notice',
    confidence: 'certain',
    title: 'MCP does not use WebSocket',
    explanation:
      'The address has a WebSocket scheme, or the server asks to upgrade. MCP has two transports, stdio and Streamable HTTP; WebSocket is none of them.',
    evidence: ['url', 'exchange', 'request', 'status'],
    fixes: [
      {
        for: 'app',
        text: 'Serve Streamable HTTP and publish the https address.',
        snippet: 'https://mcp.example.com/mcp',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http'],
    affected: 'All clients that keep to the specification.',
  },
  'transport.unrecognized': {
    code: 'transport.unrecognized',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer is not MCP',
    explanation:
      'Something answers here, but nothing in it is an answer of an MCP server. Check that address and path belong to the MCP server, and look at the first bytes of the answer.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'server', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Ask by hand and read the answer.',
        snippet:
          'curl -i https://mcp.example.com/mcp -H \'Content-Type: application/json\' -H \'Accept: application/json, text/event-stream\' -d \'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}\'',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'All clients.',
  },
  'latency.slow': {
    code: 'latency.slow',
    layer: 'transport',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server is slow',
    explanation:
      'Handshake and tool list take longer than some clients wait. Claude Code gives up connecting after 30 seconds, other clients earlier. Answer initialize and tools/list from memory and do slow work later.',
    evidence: ['ms', 'limitMs'],
    fixes: [
      {
        for: 'app',
        text: 'Do not call other services while answering initialize or tools/list; cache the list.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle'],
    affected: 'Clients with a short time limit.',
  },
  'latency.cold_start': {
    code: 'latency.cold_start',
    layer: 'transport',
    severity: 'notice',
    confidence: 'certain',
    title: 'The first request is slow',
    explanation:
      'The first request was slow and the next ones were fast. The server seems to be started on demand, and the client that comes first pays for it.',
    evidence: ['firstMs', 'laterMs'],
    fixes: [
      {
        for: 'kubernetes',
        text: 'Keep one replica running (Knative).',
        snippet: 'autoscaling.knative.dev/min-scale: "1"',
      },
      {
        for: 'google-cloud-run',
        text: 'Keep one instance running.',
        snippet: 'gcloud run services update SERVICE --min-instances=1',
      },
    ],
    references: [],
    affected: 'Whoever connects first after a quiet time.',
  },
} as const satisfies Record<string, CatalogueEntry>;
