import type { CatalogueEntry } from '../types.ts';

export const edge = {
  'waf.challenge': {
    code: 'waf.challenge',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'A bot-protection page answers instead of the server',
    explanation:
      "A challenge or block page of a web application firewall came instead of the server's answer. MCP clients have no browser to solve it. Exempt the MCP path.",
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'sign'],
    fixes: [
      {
        for: 'cloudflare',
        text: 'Add a WAF custom rule with the action Skip, and switch Browser Integrity Check off for the path. On the Free plan Bot Fight Mode cannot be skipped: switch it off.',
        snippet: '(http.request.uri.path eq "/mcp")',
      },
      {
        for: 'aws',
        text: 'WAF: add an Allow rule for the MCP path before the bot rules.',
      },
    ],
    references: ['https://developers.cloudflare.com/waf/custom-rules/skip/'],
    affected: 'Hosted clients first, often all clients outside a browser.',
  },
  'waf.ip_blocked': {
    code: 'waf.ip_blocked',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Our address is blocked',
    explanation:
      'The request seems to be blocked because of where it comes from. That says nothing about other callers, and the check counts as no data. Let the address of the monitor through.',
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'sign'],
    fixes: [
      {
        for: 'cloudflare',
        text: 'Add an IP access rule with the action Allow for the address of the monitor.',
      },
    ],
    references: ['https://developers.cloudflare.com/waf/tools/ip-access-rules/'],
    affected: 'The monitor, and perhaps hosted clients from the same networks.',
    verdictOverride: 'unknown',
  },
  'host.rejected': {
    code: 'host.rejected',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The server rejects its own host name',
    explanation:
      'The server refuses the host name it is reached by. Its protection against DNS rebinding knows only local names; it must be told the public one.',
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'host'],
    fixes: [
      {
        for: 'python-sdk',
        text: 'Allow the public name.',
        snippet: 'TransportSecuritySettings(allowed_hosts=["mcp.example.com", "mcp.example.com:*"])',
      },
      {
        for: 'typescript-sdk',
        text: 'Allow the public name.',
        snippet: "createMcpExpressApp({ host: '0.0.0.0', allowedHosts: ['mcp.example.com'] });",
      },
      {
        for: 'nginx',
        text: 'Pass on the name the client used.',
        snippet: 'proxy_set_header Host $host;',
      },
    ],
    references: ['https://github.com/modelcontextprotocol/python-sdk/issues/1798', 'https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'All clients.',
  },
  'origin.rejected': {
    code: 'origin.rejected',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: "The server rejects the request's origin",
    explanation:
      'A request without an Origin header, or from an origin you declared, is refused. Only browsers send that header, so clients on servers and desktops are locked out as well if it is demanded.',
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'sentOrigin'],
    fixes: [
      {
        for: 'app',
        text: 'Check the origin only where one was sent.',
        snippet: 'const origin = req.headers.origin;\nif (origin !== undefined && !ALLOWED.has(origin)) return res.status(403).end();',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Clients without a browser, or your web client.',
  },
  'origin.not_validated': {
    code: 'origin.not_validated',
    layer: 'http',
    severity: 'notice',
    confidence: 'certain',
    title: 'The server accepts requests from any web page',
    explanation:
      'The server accepts a request from a foreign web page and asks for no credential. Any page its users visit can then talk to it through their browser. Answer an unknown Origin with 403.',
    evidence: ['exchange', 'request', 'status', 'server', 'sentOrigin'],
    fixes: [
      {
        for: 'app',
        text: 'Refuse unknown origins.',
        snippet: 'const origin = req.headers.origin;\nif (origin !== undefined && !ALLOWED.has(origin)) return res.status(403).end();',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
    ],
    affected: 'People whose browser can reach the server.',
  },
  'cors.missing': {
    code: 'cors.missing',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Browser-based clients are not allowed in',
    explanation:
      'A browser asks first whether it may send the headers of MCP, and the answer does not allow them or hides the session id. Clients that run in a web page fail; all others do not notice.',
    evidence: ['exchange', 'request', 'status', 'server', 'allowOrigin', 'allowHeaders', 'exposeHeaders', 'missing'],
    fixes: [
      {
        for: 'express',
        text: 'Allow and expose the headers.',
        snippet:
          "app.use(cors({\n  origin: 'https://app.example.com',\n  allowedHeaders: ['Content-Type', 'Authorization', 'MCP-Protocol-Version', 'Mcp-Session-Id', 'Mcp-Method', 'Mcp-Name'],\n  exposedHeaders: ['Mcp-Session-Id', 'WWW-Authenticate'],\n}));",
      },
      {
        for: 'nginx',
        text: 'Expose the headers.',
        snippet: 'add_header Access-Control-Expose-Headers "Mcp-Session-Id, WWW-Authenticate" always;',
      },
    ],
    references: ['https://fetch.spec.whatwg.org/', 'https://github.com/modelcontextprotocol/python-sdk/issues/1135'],
    affected: 'Clients in a browser, the Inspector in direct mode among them.',
  },
  'accept.406': {
    code: 'accept.406',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server refuses the answer formats clients accept',
    explanation:
      'The server refuses the formats named in the Accept header. Clients name application/json and text/event-stream; a proxy may rewrite that, and some clients name only one.',
    evidence: ['exchange', 'request', 'status', 'server', 'accept'],
    fixes: [
      {
        for: 'app',
        text: 'Answer JSON whenever the client accepts it, and also when it names both formats or neither.',
      },
      {
        for: 'nginx',
        text: 'Pass the header on unchanged.',
        snippet: 'proxy_set_header Accept $http_accept;',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://github.com/honojs/middleware/issues/1799',
      'https://github.com/modelcontextprotocol/python-sdk/issues/2349',
    ],
    affected: 'All clients if both formats are refused; lenient clients if only one alone is.',
  },
  'content_type.request_rejected': {
    code: 'content_type.request_rejected',
    layer: 'http',
    severity: 'degraded',
    confidence: 'certain',
    title: "The server refuses the message's content type",
    explanation:
      'The server refuses the content type of the message. application/json must be accepted with and without a charset: read the media type and ignore its parameters.',
    evidence: ['exchange', 'request', 'status', 'server', 'sent'],
    fixes: [
      {
        for: 'express',
        text: 'Let the parser decide instead of comparing text.',
        snippet: "app.use(express.json({ type: 'application/json' }));",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports', 'https://www.rfc-editor.org/rfc/rfc9110'],
    affected: 'Clients that add a charset.',
  },
  'content_type.response_wrong': {
    code: 'content_type.response_wrong',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer has the wrong content type',
    explanation:
      'The JSON-RPC answer is labelled as something else than application/json or text/event-stream. SDKs look at the label first and refuse it.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Label the answer.',
        snippet: 'Content-Type: application/json',
      },
      {
        for: 'nginx',
        text: 'A line above hides or replaces the label: take it out, or pass the label on here.',
        snippet: 'proxy_pass_header Content-Type;',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Clients on the TypeScript SDK and most others.',
  },
} as const satisfies Record<string, CatalogueEntry>;
