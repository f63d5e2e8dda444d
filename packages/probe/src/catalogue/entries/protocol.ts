import type { CatalogueEntry } from '../types.ts';

export const protocol = {
  'mcp.init_result_invalid': {
    code: 'mcp.init_result_invalid',
    layer: 'protocol',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer to initialize is incomplete',
    explanation:
      'The answer to initialize lacks members every client needs: protocolVersion, capabilities or serverInfo. SDK clients validate it and refuse the connection.',
    evidence: ['exchange', 'request', 'status', 'problems'],
    fixes: [
      {
        for: 'app',
        text: 'Return all three.',
        snippet:
          '{ "protocolVersion": "2025-11-25", "capabilities": { "tools": {} }, "serverInfo": { "name": "example", "version": "1.0.0" } }',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle'],
    affected: 'All clients on an SDK.',
  },
  'protocol.version_rejected': {
    code: 'protocol.version_rejected',
    layer: 'protocol',
    severity: 'down',
    confidence: 'certain',
    title: 'The server refuses newer clients instead of negotiating',
    explanation:
      'The server answers an error when a client asks for a version it does not know. It must answer with a version of its own and leave the choice to the client. As it is, every newer client is locked out.',
    evidence: ['exchange', 'request', 'status', 'requested', 'error', 'accepts'],
    fixes: [
      {
        for: 'app',
        text: 'Answer an unknown version with the newest you speak.',
        snippet: 'const protocolVersion = SUPPORTED.includes(asked) ? asked : SUPPORTED[0];',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle'],
    affected: 'All clients newer than the server.',
  },
  'protocol.version_unsupported': {
    code: 'protocol.version_unsupported',
    layer: 'protocol',
    severity: 'down',
    confidence: 'certain',
    title: 'The server speaks a version clients do not know',
    explanation:
      'The version the server settled on is in no list of a shipping client. Clients close the connection. The server is older than 2024-10-07, or the text is no revision at all.',
    evidence: ['exchange', 'request', 'answered', 'known', 'asked', 'supported'],
    fixes: [
      {
        for: 'app',
        text: 'Upgrade the SDK, and answer with a published revision.',
        snippet: '"protocolVersion": "2025-11-25"',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning',
    ],
    affected: 'All clients that do not know the version.',
  },
  'protocol.version_echoed': {
    code: 'protocol.version_echoed',
    layer: 'protocol',
    severity: 'notice',
    confidence: 'certain',
    title: 'The server echoes any version',
    explanation:
      'The server claimed to speak a version that does not exist, because it returns whatever it is asked for. A future client will believe it and use features the server lacks.',
    evidence: ['exchange', 'request', 'sent', 'answered'],
    fixes: [
      {
        for: 'app',
        text: 'Compare with a list.',
        snippet: 'const protocolVersion = SUPPORTED.includes(asked) ? asked : SUPPORTED[0];',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle'],
    affected: 'Nobody yet; clients of future revisions.',
  },
  'protocol.header_rejected': {
    code: 'protocol.header_rejected',
    layer: 'protocol',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server refuses the version label it negotiated itself',
    explanation:
      'The server refuses the MCP-Protocol-Version header with the version it negotiated itself, or refuses a request without it. Both must be accepted in the initialize era; without the header 2025-03-26 is assumed.',
    evidence: ['exchange', 'request', 'status', 'asked', 'sent', 'error', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Accept every version you negotiate, and a missing header.',
        snippet: "const version = req.headers['mcp-protocol-version'] ?? '2025-03-26';",
      },
      {
        for: 'typescript-sdk',
        text: 'Upgrade the SDK.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'Clients of 2025-06-18 and later, or those of 2025-03-26.',
  },
  'protocol.initialize_missing': {
    code: 'protocol.initialize_missing',
    layer: 'protocol',
    severity: 'notice',
    confidence: 'certain',
    title: 'Only the newest clients can talk to this server',
    explanation:
      'The server speaks only the 2026-07-28 revision and refuses initialize. Most clients in use still begin with it and cannot connect. One endpoint can serve both eras.',
    evidence: ['exchange', 'request', 'status', 'error'],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Serve the initialize era from the same endpoint as well; the server of version 2 can do both.',
      },
      {
        for: 'app',
        text: 'At least name the versions you speak in the error.',
        snippet: '{ "code": -32022, "message": "Unsupported protocol version", "data": { "supported": ["2026-07-28"] } }',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
    ],
    affected: 'All clients of the initialize era.',
  },
  'protocol.legacy_only': {
    code: 'protocol.legacy_only',
    layer: 'protocol',
    severity: 'notice',
    confidence: 'certain',
    title: 'The server does not speak the 2026-07-28 revision',
    explanation:
      'The server speaks the initialize era and not the 2026-07-28 revision. That is no failure: clients fall back. It is worth knowing when you plan an upgrade.',
    evidence: ['exchange', 'request', 'status', 'negotiated', 'error'],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Upgrade to version 2 of the SDK: its server does this itself.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning'],
    affected: 'Clients that speak only 2026-07-28.',
  },
  'modern.fallback_poisoned': {
    code: 'modern.fallback_poisoned',
    layer: 'protocol',
    severity: 'degraded',
    confidence: 'certain',
    title: 'New clients ask a new question first, and the server chokes on it',
    explanation:
      'Newer clients first send server/discover. A server that does not know it must answer quickly with a JSON-RPC error or a 4xx status; this one fails, hangs, refuses access, or answers with a success that is no sound JSON-RPC message. Such a client then gives up instead of falling back.',
    evidence: ['exchange', 'request', 'status', 'ms', 'how', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Answer unknown methods at once.',
        snippet:
          'HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{"jsonrpc":"2.0","id":"d1","error":{"code":-32601,"message":"Method not found"}}',
      },
      {
        for: 'nginx',
        text: 'Do not turn 4xx into an error page.',
        snippet: 'proxy_intercept_errors off;',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
      'https://github.com/anthropics/claude-code/issues/96183',
    ],
    affected: 'Clients that negotiate the era automatically; older ones work.',
  },
  'modern.header_stripped': {
    code: 'modern.header_stripped',
    layer: 'protocol',
    severity: 'down',
    confidence: 'certain',
    title: 'A proxy removes the new MCP headers',
    explanation:
      'The server says that Mcp-Method or MCP-Protocol-Version is missing, although they were sent. A proxy or gateway lets only known headers through. Clients fall back to the older era without a word, or fail.',
    evidence: ['exchange', 'request', 'status', 'sent', 'error'],
    fixes: [
      {
        for: 'nginx',
        text: 'Pass all headers on (proxy_pass_request_headers on; is the default), or add these to the list.',
        snippet:
          'proxy_set_header MCP-Protocol-Version $http_mcp_protocol_version;\nproxy_set_header Mcp-Method $http_mcp_method;\nproxy_set_header Mcp-Name $http_mcp_name;',
      },
      {
        for: 'aws',
        text: 'API Gateway and CloudFront: forward MCP-Protocol-Version, Mcp-Method, Mcp-Name and Mcp-Param-*.',
      },
      {
        for: 'app',
        text: 'Allow them for browser clients as well.',
        snippet: 'Access-Control-Allow-Headers: Content-Type, Authorization, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http'],
    affected: 'Clients of the 2026-07-28 revision.',
  },
  'modern.header_not_validated': {
    code: 'modern.header_not_validated',
    layer: 'protocol',
    severity: 'notice',
    confidence: 'certain',
    title: 'The server does not check the Mcp-Method header',
    explanation:
      'The server accepted a message whose Mcp-Method header names another method than the body. A gateway that decides by the header can be deceived. The answer must be 400 with error -32020.',
    evidence: ['exchange', 'request', 'status', 'expected'],
    fixes: [
      {
        for: 'app',
        text: 'Compare header and body.',
        snippet:
          "if (req.headers['mcp-method'] !== body.method) return res.status(400).json({ jsonrpc: '2.0', id: body.id, error: { code: -32020, message: 'Header mismatch' } });",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http'],
    affected: 'Owners of gateways that decide by the header.',
  },
  'modern.session_minted': {
    code: 'modern.session_minted',
    layer: 'protocol',
    severity: 'notice',
    confidence: 'certain',
    title: 'A stateless answer carries a session id',
    explanation:
      'An answer in the 2026-07-28 revision carries Mcp-Session-Id. That revision has no sessions; the header misleads gateways and older clients.',
    evidence: ['exchange', 'request', 'status'],
    fixes: [
      {
        for: 'app',
        text: 'Send Mcp-Session-Id only in answers to initialize.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http'],
    affected: 'Nobody at once.',
  },
  'modern.unsupported_error_wrong': {
    code: 'modern.unsupported_error_wrong',
    layer: 'protocol',
    severity: 'notice',
    confidence: 'certain',
    title: 'Unknown versions or methods get the wrong error',
    explanation:
      'An unknown version must be answered with 400, error -32022 and the list of versions, an unknown method with 404 and -32601. Here something else comes, so clients cannot tell what to do next.',
    evidence: ['answers'],
    fixes: [
      {
        for: 'app',
        text: 'For an unknown version.',
        snippet: '{ "code": -32022, "message": "Unsupported protocol version", "data": { "supported": ["2026-07-28"] } }',
      },
      {
        for: 'app',
        text: 'For an unknown method, with status 404.',
        snippet: '{ "code": -32601, "message": "Method not found" }',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
    ],
    affected: 'Clients newer than the server.',
  },
  'modern.result_type_missing': {
    code: 'modern.result_type_missing',
    layer: 'protocol',
    severity: 'down',
    confidence: 'certain',
    title: 'A required field of the new protocol is missing',
    explanation:
      'Results of the 2026-07-28 revision must carry resultType, and that of a tool list is "complete". Client 2 refuses a list without it or with another value.',
    evidence: ['exchange', 'request', 'status', 'pointer', 'value'],
    fixes: [
      {
        for: 'app',
        text: 'Add the member.',
        snippet: '"resultType": "complete"',
      },
      {
        for: 'typescript-sdk',
        text: 'Upgrade to version 2 of the SDK: its server does this itself.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http'],
    affected: 'Clients on version 2 of the TypeScript client in the new era.',
  },
  'modern.cache_hints_missing': {
    code: 'modern.cache_hints_missing',
    layer: 'protocol',
    severity: 'down',
    confidence: 'certain',
    title: 'Required cache hints are missing',
    explanation:
      'In the 2026-07-28 revision tools/list must say how long and for whom the list may be cached. Without ttlMs (a whole number, 0 or more) and cacheScope (public or private) client 2 rejects the whole list.',
    evidence: ['exchange', 'request', 'status', 'missing'],
    fixes: [
      {
        for: 'app',
        text: 'Add both members.',
        snippet: '"ttlMs": 60000,\n"cacheScope": "private"',
      },
      {
        for: 'typescript-sdk',
        text: 'Upgrade to version 2 of the SDK: its server does this itself.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching'],
    affected: 'Clients on version 2 of the TypeScript client in the new era.',
  },
  'modern.capabilities_missing': {
    code: 'modern.capabilities_missing',
    layer: 'protocol',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Discovery is incomplete',
    explanation: 'The answer to server/discover lacks capabilities. Clients take the server for an older one and fall back to initialize.',
    evidence: ['exchange', 'request', 'status', 'pointer', 'value'],
    fixes: [
      {
        for: 'app',
        text: 'Return the capabilities.',
        snippet: '"capabilities": { "tools": {} }',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning'],
    affected: 'Clients that negotiate the era automatically.',
  },
} as const satisfies Record<string, CatalogueEntry>;
