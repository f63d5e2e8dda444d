import type { CatalogueEntry } from '../types.ts';

export const sse = {
  'sse.buffered': {
    code: 'sse.buffered',
    layer: 'transport',
    severity: 'degraded',
    confidence: 'certain',
    title: 'A proxy holds back the event stream',
    explanation:
      'A proxy collects the bytes of the event stream and passes them on late or all at once when the stream closes. Answers come late, notifications are lost, and with the 2024 transport the greeting never arrives. The HTTP version is not the reason, buffering is.',
    evidence: [
      'exchange',
      'request',
      'status',
      'firstByteMs',
      'eventCount',
      'comments',
      'endedBy',
      'headers',
      'meanwhile',
      'waitedMs',
      'endpointEventMs',
    ],
    fixes: [
      {
        for: 'app',
        text: 'Send this header with every event stream. nginx and many others then pass it on at once.',
        snippet: 'X-Accel-Buffering: no',
      },
      {
        for: 'nginx',
        text: 'Switch buffering off for the MCP path.',
        snippet: 'location /mcp {\n  proxy_pass http://app;\n  proxy_buffering off;\n  proxy_cache off;\n  proxy_read_timeout 3600s;\n}',
      },
      {
        for: 'caddy',
        text: 'Caddy passes event streams on at once unless it is told to buffer: leave response_buffers (before 2.7 buffer_responses) out.',
        snippet: 'reverse_proxy app:3000 {\n  flush_interval -1\n}',
      },
      {
        for: 'ingress-nginx',
        text: 'Switch buffering off for the ingress.',
        snippet: 'nginx.ingress.kubernetes.io/proxy-buffering: "off"',
      },
      {
        for: 'traefik',
        text: 'Traefik streams by default: take the buffering middleware off the router.',
      },
      {
        for: 'cloudflare',
        text: 'Switch compression and other transformations off for the MCP path.',
      },
      {
        for: 'typescript-sdk',
        text: 'Upgrade: from 1.30.1 Streamable HTTP sends the header itself. SSEServerTransport does not; set it before the transport starts.',
        snippet: "res.setHeader('X-Accel-Buffering', 'no');",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
      'https://github.com/modelcontextprotocol/java-sdk/issues/848',
    ],
    affected: 'Streamable HTTP clients wait for the whole answer; clients of the 2024 transport hang and fail.',
  },
  'sse.compressed_buffered': {
    code: 'sse.compressed_buffered',
    layer: 'transport',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Compression holds back the event stream',
    explanation:
      'The event stream is compressed, and the compressor keeps the bytes back until it has enough of them or the stream ends. Only its first header bytes arrive in time. Leave event streams uncompressed or flush after every event.',
    evidence: [
      'exchange',
      'request',
      'status',
      'firstByteMs',
      'eventCount',
      'comments',
      'endedBy',
      'contentEncoding',
      'rawBytes',
      'plainMs',
      'compressedMs',
      'waitedMs',
    ],
    fixes: [
      {
        for: 'express',
        text: 'Leave event streams out of compression.',
        snippet:
          "app.use(compression({\n  filter: (req, res) => !String(res.getHeader('Content-Type')).includes('text/event-stream') && compression.filter(req, res),\n}));",
      },
      {
        for: 'express',
        text: 'Or flush after every event.',
        snippet: 'res.flush();',
      },
      {
        for: 'nginx',
        text: 'If the application compresses, ask it for plain bytes. gzip of nginx itself flushes once buffering is off.',
        snippet: "proxy_set_header Accept-Encoding '';\nproxy_buffering off;",
      },
    ],
    references: ['https://github.com/expressjs/compression/issues/61', 'https://html.spec.whatwg.org/multipage/server-sent-events.html'],
    affected: 'Clients that accept gzip or br, which is nearly all of them.',
  },
  'sse.endpoint_event_missing': {
    code: 'sse.endpoint_event_missing',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The old-style greeting never comes',
    explanation:
      'The event stream opens, but the endpoint event that must come first never does. Without it a client does not know where to send its messages and waits, in the TypeScript SDK for ever.',
    evidence: ['exchange', 'request', 'status', 'firstByteMs', 'eventCount', 'comments', 'endedBy', 'waitedMs'],
    fixes: [
      {
        for: 'app',
        text: 'Send the endpoint event first, right after the headers.',
        snippet: 'event: endpoint\ndata: /messages?sessionId=3f2a\n',
      },
      {
        for: 'typescript-sdk',
        text: 'Connect the transport in the GET handler: that sends the event.',
        snippet:
          "app.get('/sse', async (req, res) => {\n  const transport = new SSEServerTransport('/messages', res);\n  await server.connect(transport);\n});",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2024-11-05/basic/transports'],
    affected: 'All clients of the 2024 transport.',
  },
  'sse.endpoint_cross_origin': {
    code: 'sse.endpoint_cross_origin',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The greeting names an address on another origin',
    explanation:
      'The endpoint event names an address on another origin than the stream itself. Clients refuse it, because it would send their messages and credentials elsewhere. Usually an internal host name or http instead of https leaked out.',
    evidence: ['exchange', 'request', 'endpoint', 'ms', 'resolved', 'blocked'],
    fixes: [
      {
        for: 'app',
        text: 'Send a path without scheme and host.',
        snippet: 'event: endpoint\ndata: /messages?sessionId=3f2a\n',
      },
      {
        for: 'nginx',
        text: 'Pass the public name and scheme on to an application that builds absolute addresses.',
        snippet: 'proxy_set_header Host $host;\nproxy_set_header X-Forwarded-Host $host;\nproxy_set_header X-Forwarded-Proto $scheme;',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2024-11-05/basic/transports'],
    affected: 'TypeScript SDK clients and those built on it. VS Code does not check.',
  },
  'sse.endpoint_path_lost': {
    code: 'sse.endpoint_path_lost',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The greeting names a path that does not exist',
    explanation:
      'The endpoint event names a path that answers 404 or 405. The application is mounted under a prefix and does not know it, so it leaves the prefix out.',
    evidence: ['exchange', 'request', 'status', 'endpoint', 'path', 'body'],
    fixes: [
      {
        for: 'python-sdk',
        text: 'Name the messages path with its prefix, or set root_path of the mount.',
        snippet: "SseServerTransport('/prefix/messages/')",
      },
      {
        for: 'typescript-sdk',
        text: 'Name the public path.',
        snippet: "new SSEServerTransport('/prefix/messages', res)",
      },
      {
        for: 'nginx',
        text: 'Do not strip the prefix (no path, not even a slash, after the upstream), and mount the application under it.',
        snippet: 'location /prefix/ {\n  proxy_pass http://app;\n}',
      },
    ],
    references: [
      'https://github.com/modelcontextprotocol/python-sdk/issues/412',
      'https://github.com/modelcontextprotocol/typescript-sdk/issues/583',
      'https://github.com/modelcontextprotocol/go-sdk/issues/687',
    ],
    affected: 'All clients of the 2024 transport.',
  },
  'sse.endpoint_malformed': {
    code: 'sse.endpoint_malformed',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The greeting has no usable address',
    explanation:
      'The data of the endpoint event is empty or no address, for instance a JSON object. It must be a plain URI, without quotes.',
    evidence: ['exchange', 'request', 'endpoint', 'ms'],
    fixes: [
      {
        for: 'app',
        text: 'Send the bare URI.',
        snippet: 'event: endpoint\ndata: /messages?sessionId=3f2a\n',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2024-11-05/basic/transports'],
    affected: 'All clients of the 2024 transport.',
  },
  'sse.reply_in_post_body': {
    code: 'sse.reply_in_post_body',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The reply comes in the wrong place',
    explanation:
      'The answer stands in the body of the POST, while clients of the 2024 transport wait for it on the event stream. The server mixes the two transports.',
    evidence: ['exchange', 'request', 'status', 'endpoint', 'path', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Answer the POST with 202 and send the reply as a message event on the stream.',
        snippet: 'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n',
      },
      {
        for: 'app',
        text: 'Better: serve Streamable HTTP at /mcp, where the reply in the body is right.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2024-11-05/basic/transports',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
    ],
    affected: 'All clients of the 2024 transport: they wait until they give up.',
  },
  'sse.no_reply': {
    code: 'sse.no_reply',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The message is accepted and never answered',
    explanation:
      'The message was accepted, but no answer came on the event stream. Often the POST reached another replica than the one holding the stream, or a proxy holds the stream back after its first event.',
    evidence: ['exchange', 'request', 'status', 'endpoint', 'path', 'eventCount', 'comments', 'endedBy'],
    fixes: [
      {
        for: 'nginx',
        text: 'Send the messages of one session to the same replica, and open the stream there, too; or run one replica.',
        snippet: 'upstream mcp {\n  ip_hash;\n  server app1:3000;\n  server app2:3000;\n}',
      },
      {
        for: 'ingress-nginx',
        text: 'Clients with a cookie jar can be held by a cookie.',
        snippet: 'nginx.ingress.kubernetes.io/affinity: "cookie"',
      },
      {
        for: 'traefik',
        text: 'Clients with a cookie jar can be held by a cookie.',
        snippet: 'loadBalancer:\n  sticky:\n    cookie:\n      name: mcp',
      },
      {
        for: 'app',
        text: 'Move to Streamable HTTP without sessions: any replica can then answer.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2024-11-05/basic/transports',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
    ],
    affected: 'Clients of the 2024 transport, each time they hit the wrong replica.',
  },
  'sse.idle_timeout': {
    code: 'sse.idle_timeout',
    layer: 'transport',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Idle streams are cut',
    explanation:
      'The stream was cut while nothing was sent. A proxy between client and server closes connections that are quiet for too long; common limits are 60 seconds in nginx and load balancers, about 120 at Cloudflare. (A client on Node may hang up by itself after 300 seconds of silence.) Send a comment at least every 25 seconds.',
    evidence: ['exchange', 'request', 'closedAfterMs', 'silentMs', 'comments', 'endedBy', 'knownLimitSeconds'],
    fixes: [
      {
        for: 'app',
        text: 'Send a comment line every 15 to 25 seconds.',
        snippet: "setInterval(() => res.write(': keep-alive\\n\\n'), 15_000);",
      },
      {
        for: 'typescript-sdk',
        text: 'Upgrade: from 1.30.1 the transport sends a comment every 15 seconds.',
      },
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
    ],
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html', 'https://github.com/anthropics/claude-code/issues/20335'],
    affected: 'Clients with long calls or that listen for notifications.',
  },
  'sse.stream_ended_without_response': {
    code: 'sse.stream_ended_without_response',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'The stream closed before the answer',
    explanation:
      'The answer was begun as an event stream, and the stream ended without it. The handler closes the response too early, a time limit of the platform struck, or a proxy cut the connection.',
    evidence: ['exchange', 'request', 'asked', 'firstByteMs', 'eventCount', 'comments', 'endedBy'],
    fixes: [
      {
        for: 'app',
        text: 'Wait for the handler before the response is ended.',
        snippet: 'await transport.handleRequest(req, res, req.body);',
      },
      {
        for: 'nginx',
        text: 'Wait longer for the application.',
        snippet: 'proxy_read_timeout 3600s;',
      },
      {
        for: 'app',
        text: 'On a serverless platform raise the time limit of the function.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
    ],
    affected: 'All clients; the TypeScript SDK waits 60 seconds before it gives up.',
  },
  'sse.bad_framing': {
    code: 'sse.bad_framing',
    layer: 'transport',
    severity: 'down',
    confidence: 'certain',
    title: 'Events are not separated correctly',
    explanation:
      'The bytes are labelled as an event stream and cannot be read as one: a missing blank line between events, a byte-order mark, or JSON broken over several lines. Clients drop such events without a word.',
    evidence: ['exchange', 'request', 'status', 'firstByteMs', 'eventCount', 'comments', 'endedBy', 'faults', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Write one data line of JSON, end it with a newline, and close each event with a blank line.',
        snippet: "res.write('event: message\\ndata: ' + JSON.stringify(message) + '\\n\\n');",
      },
    ],
    references: [
      'https://html.spec.whatwg.org/multipage/server-sent-events.html',
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
    ],
    affected: 'All clients.',
  },
  'sse.event_too_large': {
    code: 'sse.event_too_large',
    layer: 'transport',
    severity: 'degraded',
    confidence: 'certain',
    title: 'An event is too large',
    explanation:
      'One event of the stream is larger than 1 MiB. Rollcall stops reading there, and clients may hold far less in memory. Return less, in pages or as a resource.',
    evidence: ['exchange', 'request', 'status', 'firstByteMs', 'eventCount', 'comments', 'endedBy'],
    fixes: [
      {
        for: 'app',
        text: 'Return long lists in pages (nextCursor), large data as a resource.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination'],
    affected: 'Clients with a limit on the size of an event.',
  },
} as const satisfies Record<string, CatalogueEntry>;
