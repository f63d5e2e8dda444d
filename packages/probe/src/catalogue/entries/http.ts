import type { CatalogueEntry } from '../types.ts';

export const http = {
  'http.plaintext': {
    code: 'http.plaintext',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The endpoint is not encrypted',
    explanation:
      'The endpoint is served without TLS on a public name. Hosted connectors accept only https, OAuth forbids plain http, and everybody on the way can read the messages and the credentials in them.',
    evidence: ['url', 'addresses'],
    fixes: [
      {
        for: 'caddy',
        text: 'A name as the site address brings a certificate and https.',
        snippet: 'mcp.example.com {\n  reverse_proxy app:3000\n}',
      },
      {
        for: 'nginx',
        text: 'Serve 443 and redirect with 308.',
        snippet:
          'server {\n  listen 80;\n  server_name mcp.example.com;\n  return 308 https://$host$request_uri;\n}\nserver {\n  listen 443 ssl;\n  server_name mcp.example.com;\n  ssl_certificate /etc/letsencrypt/live/mcp.example.com/fullchain.pem;\n  ssl_certificate_key /etc/letsencrypt/live/mcp.example.com/privkey.pem;\n  location / {\n    proxy_pass http://app;\n  }\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6749', 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Hosted connectors, mcp-remote without --allow-http, and every client that signs in.',
  },
  'http.html_instead_of_mcp': {
    code: 'http.html_instead_of_mcp',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'A web page answers instead of the MCP server',
    explanation:
      'The MCP message got a web page: the fallback of a single-page app, a landing page or a parked domain. The path is not routed to the MCP server.',
    evidence: ['exchange', 'request', 'status', 'server', 'contentType', 'body'],
    fixes: [
      {
        for: 'nginx',
        text: 'Route the MCP path before the fallback to index.html.',
        snippet: 'location = /mcp {\n  proxy_pass http://app;\n  proxy_buffering off;\n}\nlocation / {\n  try_files $uri /index.html;\n}',
      },
      {
        for: 'express',
        text: 'Register /mcp before static files and the fallback.',
        snippet: "app.all('/mcp', handler);\napp.use(express.static('dist'));",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://github.com/modelcontextprotocol/registry/issues/1487',
    ],
    affected: 'All clients.',
  },
  'http.5xx': {
    code: 'http.5xx',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The server fails',
    explanation:
      'The server or a proxy before it answered with an error of its own. The log of the application at the time of the check says why.',
    evidence: ['exchange', 'request', 'status', 'server', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Read the log of the application at the time of the check.',
      },
      {
        for: 'kubernetes',
        text: 'Keep replicas that cannot answer out of the service.',
        snippet: 'readinessProbe:\n  httpGet: { path: /healthz, port: 3000 }',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients.',
  },
  'http.502_bad_gateway': {
    code: 'http.502_bad_gateway',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The proxy cannot reach the application',
    explanation:
      'The proxy got no usable answer from the application behind it. The process is dead, listens elsewhere, or closes connections the proxy wants to reuse.',
    evidence: ['exchange', 'request', 'status', 'server', 'body'],
    fixes: [
      {
        for: 'nginx',
        text: 'Compare the upstream with the address the application listens on.',
        snippet: 'proxy_pass http://127.0.0.1:3000;',
      },
      {
        for: 'kubernetes',
        text: 'targetPort must be the port the container listens on.',
        snippet: 'ports:\n  - port: 80\n    targetPort: 3000',
      },
      {
        for: 'node',
        text: 'Keep idle connections longer than the proxy does.',
        snippet: 'server.keepAliveTimeout = 75_000;',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients.',
  },
  'http.gateway_timeout': {
    code: 'http.gateway_timeout',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The proxy gave up waiting for the application',
    explanation:
      'The edge or proxy answered in place of the application, because that took too long or was out of reach. Cloudflare shows 522 after 19 seconds without a connection and 524 after 120 seconds without an answer.',
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'cutOffSeconds'],
    fixes: [
      {
        for: 'nginx',
        text: 'Wait longer for the application.',
        snippet: 'proxy_read_timeout 3600s;',
      },
      {
        for: 'ingress-nginx',
        text: 'Wait longer for the application.',
        snippet: 'nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"',
      },
      {
        for: 'app',
        text: 'Answer long calls as an event stream and send a comment every 15 seconds.',
        snippet: "res.write(': keep-alive\\n\\n');",
      },
      {
        for: 'cloudflare',
        text: '522 and 521: let the addresses of Cloudflare through the firewall of the origin. 525 and 526: repair its certificate. 530 with error 1033: no cloudflared is connected to the tunnel.',
      },
    ],
    references: ['https://developers.cloudflare.com/fundamentals/reference/connection-limits/', 'https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients, or only long calls.',
  },
  'http.maintenance': {
    code: 'http.maintenance',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The server is closed for maintenance',
    explanation: 'The server answers 503 and says with Retry-After when to come back. It is closed on purpose.',
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'retryAfter'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Enter planned work as a maintenance window: it then counts as neither up nor down.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients, for as long as it lasts.',
  },
  'http.rate_limited': {
    code: 'http.rate_limited',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server limits our requests',
    explanation:
      'The server answered 429, so it limits the requests of this monitor. That says nothing about other callers, and the check counts as no data.',
    evidence: ['exchange', 'request', 'status', 'server', 'retry-after'],
    fixes: [
      {
        for: 'nginx',
        text: 'Allow a short burst: one check is several requests. Without the second line nginx answers 503, which says nothing about a limit.',
        snippet: 'limit_req zone=mcp burst=20 nodelay;\nlimit_req_status 429;',
      },
      {
        for: 'rollcall',
        text: 'Check less often, or exempt the address of the monitor.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6585'],
    affected: 'The monitor; SDK clients ignore Retry-After and fail.',
    verdictOverride: 'unknown',
  },
  'http.payload_too_large': {
    code: 'http.payload_too_large',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server refuses the size of the message',
    explanation: 'The server answered 413 to an ordinary MCP message. A limit on request bodies is set too low for tool calls.',
    evidence: ['exchange', 'request', 'status', 'server', 'body'],
    fixes: [
      {
        for: 'nginx',
        text: 'Raise the limit; the default is 1 MiB.',
        snippet: 'client_max_body_size 8m;',
      },
      {
        for: 'ingress-nginx',
        text: 'Raise the limit.',
        snippet: 'nginx.ingress.kubernetes.io/proxy-body-size: "8m"',
      },
      {
        for: 'express',
        text: 'Raise the limit; the default is 100 kB.',
        snippet: "app.use(express.json({ limit: '8mb' }));",
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'Clients that send large arguments.',
  },
  'http.response_timeout': {
    code: 'http.response_timeout',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The server does not answer',
    explanation:
      'The connection stands, but no complete answer came in time. The application hangs, waits for something else, or a proxy holds its answer back.',
    evidence: ['exchange', 'request', 'status', 'server', 'waitedMs', 'got'],
    fixes: [
      {
        for: 'app',
        text: 'Put a time limit on every outgoing call of the handlers, and answer with a JSON-RPC error when it strikes.',
      },
      {
        for: 'nginx',
        text: 'If the answer is an event stream, pass it on at once.',
        snippet: 'proxy_buffering off;',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'All clients: they wait 30 to 60 seconds and give up.',
  },
  'http.no_response': {
    code: 'http.no_response',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'No answer',
    explanation: 'The exchange ended without an answer that could be classified. The evidence holds the last request.',
    evidence: ['exchange', 'request', 'failure', 'phase'],
    fixes: [
      {
        for: 'app',
        text: 'Read the log of the application and of the proxy at the time of the check.',
      },
    ],
    references: [],
    affected: 'All clients.',
  },
  'http.unexpected_status': {
    code: 'http.unexpected_status',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The server answers with an unexpected status',
    explanation:
      'The server answered with a status that has no meaning for an MCP message. A proxy or another application may own this path.',
    evidence: ['exchange', 'request', 'status', 'server', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Answer requests with 200, notifications with 202, faults with 4xx and a JSON-RPC error.',
      },
      {
        for: 'nginx',
        text: 'A 403 of nginx itself comes from deny or limit_except: let POST, GET and DELETE through.',
        snippet: 'location = /mcp {\n  limit_except POST GET DELETE OPTIONS {\n    deny all;\n  }\n  proxy_pass http://app;\n}',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports', 'https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients.',
  },
  'http.headers_too_large': {
    code: 'http.headers_too_large',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The response headers are too large',
    explanation:
      'The response headers are larger than 32 KiB. Node clients stop at 16 KiB already. Usually cookies or a policy header have piled up.',
    evidence: ['exchange', 'request', 'status', 'server', 'failure'],
    fixes: [
      {
        for: 'app',
        text: 'Set no cookies on the MCP path and shorten policy headers.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'Clients with a limit on headers, Node among them.',
  },
  'http.body_too_large': {
    code: 'http.body_too_large',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer is too large',
    explanation:
      'The answer is larger than 4 MiB on the wire or 16 MiB decoded, which is more than this monitor reads. Split the tool list into pages.',
    evidence: ['exchange', 'request', 'status', 'server', 'failure', 'rawBytes', 'decodedBytes'],
    fixes: [
      {
        for: 'app',
        text: 'Return the list in pages with nextCursor, and shorten descriptions and schemas.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination'],
    affected: 'Clients with a limit on the size of an answer.',
  },
  'http.bomb': {
    code: 'http.bomb',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer is a compression bomb',
    explanation:
      'The compressed answer grows to more than a hundred times its size. That is how compression bombs look, so reading stopped there.',
    evidence: ['exchange', 'request', 'status', 'server', 'failure', 'contentEncoding', 'rawBytes', 'decodedBytes'],
    fixes: [
      {
        for: 'app',
        text: 'Send the answer uncompressed, and find out what fills it with repetition.',
        snippet: 'Content-Encoding: identity',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'Careful clients refuse it; others may run out of memory.',
  },
  'http.protocol_error': {
    code: 'http.protocol_error',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer is not HTTP',
    explanation: 'The bytes on this port cannot be read as HTTP. Another protocol listens there, or the headers are malformed.',
    evidence: ['exchange', 'request', 'failure', 'address', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Check that the port is the one of the HTTP server, and that https is not spoken to as http.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9112'],
    affected: 'All clients.',
  },
  'http.body_truncated': {
    code: 'http.body_truncated',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The answer breaks off in the middle',
    explanation:
      'Fewer bytes came than the answer announced. The worker was killed, a proxy cut the connection, or Content-Length does not fit the body that was sent.',
    evidence: ['exchange', 'request', 'status', 'server', 'failure', 'contentLength', 'rawBytes'],
    fixes: [
      {
        for: 'app',
        text: 'Do not set Content-Length by hand; leave it to the HTTP library, above all with compression.',
      },
      {
        for: 'nginx',
        text: 'Wait longer for the application.',
        snippet: 'proxy_read_timeout 3600s;',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9112'],
    affected: 'All clients.',
  },
  'http.encoding_broken': {
    code: 'http.encoding_broken',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The compressed answer cannot be decoded',
    explanation:
      'Content-Encoding names a coding the body does not have, the body was compressed twice, or a proxy hid the header. No client can read it.',
    evidence: ['exchange', 'request', 'status', 'server', 'failure', 'contentEncoding', 'found', 'rawBytes'],
    fixes: [
      {
        for: 'nginx',
        text: 'Switch compression off for the path and ask the application for plain bytes.',
        snippet: "gzip off;\nproxy_set_header Accept-Encoding '';",
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients that accept compression.',
  },
  'probe.timeout': {
    code: 'probe.timeout',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The check ran out of time',
    explanation:
      'The time for the whole check passed before the conversation was complete. Single answers came, but together they were too slow.',
    evidence: ['timeoutMs', 'exchange', 'request', 'asked', 'waitedMs', 'slowestAnswerMs'],
    fixes: [
      {
        for: 'app',
        text: 'Look at the steps of the check: the slowest one is where the time went.',
      },
      {
        for: 'rollcall',
        text: 'Raise the time limit of the endpoint if that slowness is expected.',
      },
    ],
    references: [],
    affected: 'Clients with a time limit of the same length.',
  },
} as const satisfies Record<string, CatalogueEntry>;
