import type { CatalogueEntry } from '../types.ts';

export const network = {
  'dns.nxdomain': {
    code: 'dns.nxdomain',
    layer: 'dns',
    severity: 'down',
    confidence: 'certain',
    title: 'The host name does not exist',
    explanation:
      'DNS answers that there is no such name. The record was deleted, the domain has expired, or a tunnel or preview deployment is gone.',
    evidence: ['host', 'error', 'ms'],
    fixes: [
      {
        for: 'dns',
        text: 'Restore the record.',
        snippet: 'mcp.example.com. 300 IN A 203.0.113.10',
      },
      {
        for: 'dns',
        text: 'See what resolvers answer.',
        snippet: 'dig mcp.example.com A',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc1035', 'https://github.com/modelcontextprotocol/registry/issues/1579'],
    affected: 'All clients.',
  },
  'dns.servfail': {
    code: 'dns.servfail',
    layer: 'dns',
    severity: 'down',
    confidence: 'certain',
    title: 'The DNS zone answers with an error',
    explanation: 'No resolver could get an answer for the name. The name servers of the zone fail, or its DNSSEC signatures are broken.',
    evidence: ['host', 'error', 'ms'],
    fixes: [
      {
        for: 'dns',
        text: 'If the second answer comes and the first does not, DNSSEC is broken: repair the DS record.',
        snippet: 'dig mcp.example.com\ndig +cd mcp.example.com',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc4035'],
    affected: 'All clients, those behind validating resolvers first.',
  },
  'dns.no_address': {
    code: 'dns.no_address',
    layer: 'dns',
    severity: 'down',
    confidence: 'certain',
    title: 'The name exists but points nowhere',
    explanation: 'DNS knows the name and has neither an A nor an AAAA record for it. Often it is an alias (CNAME) whose target is empty.',
    evidence: ['host', 'error', 'ms'],
    fixes: [
      {
        for: 'dns',
        text: 'Add a record or repair the target of the CNAME.',
        snippet: 'mcp.example.com. 300 IN A 203.0.113.10',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc1035', 'https://www.rfc-editor.org/rfc/rfc2308'],
    affected: 'All clients.',
  },
  'dns.private_address': {
    code: 'dns.private_address',
    layer: 'dns',
    severity: 'down',
    confidence: 'certain',
    title: 'The public name points to an internal address',
    explanation:
      'At least one address of the name is not publicly routable. Hosted clients refuse such a name or cannot reach it; clients in the same network still can.',
    evidence: ['url', 'host', 'addresses', 'blocked'],
    fixes: [
      {
        for: 'dns',
        text: 'Publish only public addresses.',
        snippet: 'mcp.example.com. 300 IN A 203.0.113.10',
      },
      {
        for: 'cloudflare',
        text: 'Or publish the server through a tunnel.',
        snippet: 'cloudflared tunnel route dns TUNNEL mcp.example.com',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6890'],
    affected: 'Hosted clients, claude.ai among them.',
  },
  'ipv6.only': {
    code: 'ipv6.only',
    layer: 'dns',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The name has only IPv6 addresses',
    explanation:
      'The name has only IPv6 addresses. Clients in networks with IPv4 alone, hosted connectors among them, cannot reach the server.',
    evidence: ['addresses'],
    fixes: [
      {
        for: 'dns',
        text: 'Add an A record.',
        snippet: 'mcp.example.com. 300 IN A 203.0.113.10',
      },
      {
        for: 'cloudflare',
        text: 'Or proxy the name: the edge answers on IPv4, too.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc4213'],
    affected: 'Hosted connectors and many CI networks.',
  },
  'ipv6.unreachable': {
    code: 'ipv6.unreachable',
    layer: 'tcp',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The IPv6 address does not answer',
    explanation:
      'The name has an AAAA record whose address is dead. Clients that try it first, without Happy Eyeballs, hang on it for up to 30 seconds. No AAAA record is better than a broken one.',
    evidence: ['ipv4', 'ipv6'],
    fixes: [
      {
        for: 'dns',
        text: 'Delete the AAAA record, or make the address answer.',
      },
      {
        for: 'nginx',
        text: 'Listen on both in every server block.',
        snippet: 'listen 443 ssl;\nlisten [::]:443 ssl;',
      },
      {
        for: 'kubernetes',
        text: 'Serve both families.',
        snippet: 'spec:\n  ipFamilyPolicy: PreferDualStack',
      },
    ],
    references: [
      'https://www.rfc-editor.org/rfc/rfc8305',
      'https://github.com/anthropics/claude-code/issues/80922',
      'https://github.com/github/copilot-cli/issues/2361',
    ],
    affected: 'Claude Code and other clients without Happy Eyeballs, in networks with IPv6.',
  },
  'ipv6.content_differs': {
    code: 'ipv6.content_differs',
    layer: 'tcp',
    severity: 'degraded',
    confidence: 'certain',
    title: 'IPv4 and IPv6 lead to different servers',
    explanation:
      'Status, certificate or server differ between IPv4 and IPv6. Part of the clients reach another server, usually the default virtual host.',
    evidence: ['ipv4', 'ipv6'],
    fixes: [
      {
        for: 'nginx',
        text: 'Listen on both in every server block.',
        snippet: 'listen 443 ssl;\nlisten [::]:443 ssl;',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8305'],
    affected: 'Clients in networks with IPv6.',
  },
  'tcp.refused': {
    code: 'tcp.refused',
    layer: 'tcp',
    severity: 'down',
    confidence: 'certain',
    title: 'Nothing listens on that port',
    explanation: 'The host answers and refuses the connection. The process is down, listens only on 127.0.0.1, or the port is wrong.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'addresses', 'ms'],
    fixes: [
      {
        for: 'linux',
        text: 'See what listens.',
        snippet: 'ss -ltnp',
      },
      {
        for: 'docker',
        text: 'Listen on all addresses inside the container.',
        snippet: '--host 0.0.0.0',
      },
      {
        for: 'kubernetes',
        text: 'targetPort must be the port the container listens on.',
        snippet: 'ports:\n  - port: 443\n    targetPort: 3000',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9293'],
    affected: 'All clients.',
  },
  'tcp.timeout': {
    code: 'tcp.timeout',
    layer: 'tcp',
    severity: 'down',
    confidence: 'certain',
    title: 'Packets vanish before the server',
    explanation: 'No connection came about in time. A firewall, an allow-list or a dead host swallows the packets.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'addresses', 'ms'],
    fixes: [
      {
        for: 'linux',
        text: 'Open the port.',
        snippet: 'ufw allow 443/tcp',
      },
      {
        for: 'aws',
        text: 'Let port 443 in through the security group. An allow-list must hold the addresses of the hosted clients and of the monitor.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9293'],
    affected: 'All clients, or only those an allow-list leaves out.',
  },
  'tcp.reset': {
    code: 'tcp.reset',
    layer: 'tcp',
    severity: 'down',
    confidence: 'certain',
    title: 'The server hangs up before answering',
    explanation:
      'The connection was closed before a status line came. Often http is spoken to an https port, or a proxy reuses a connection that the application has just closed.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'addresses', 'ms'],
    fixes: [
      {
        for: 'node',
        text: 'Keep idle connections longer than the proxy does.',
        snippet: 'server.keepAliveTimeout = 75_000;\nserver.headersTimeout = 76_000;',
      },
      {
        for: 'app',
        text: 'Check scheme and port of the address.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9293'],
    affected: 'All clients, sometimes only now and then.',
  },
  'url.blocked_port': {
    code: 'url.blocked_port',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Browsers and fetch-based clients refuse this port',
    explanation:
      'The port is on the list that fetch refuses: Node and browser clients fail without sending a packet. Other clients get through. Serve on 443.',
    evidence: ['port'],
    fixes: [
      {
        for: 'nginx',
        text: 'Serve on 443.',
        snippet: 'listen 443 ssl;',
      },
    ],
    references: ['https://fetch.spec.whatwg.org/#port-blocking'],
    affected: 'Clients on fetch: Node and browsers.',
  },
  'url.malformed': {
    code: 'url.malformed',
    layer: 'client',
    severity: 'down',
    confidence: 'certain',
    title: 'This is not a URL',
    explanation: 'The address cannot be parsed, so no client can call it. Look for spaces, a missing scheme or quotes.',
    evidence: ['url'],
    fixes: [
      {
        for: 'app',
        text: 'Write the whole address.',
        snippet: 'https://mcp.example.com/mcp',
      },
    ],
    references: ['https://url.spec.whatwg.org/'],
    affected: 'All clients.',
  },
  'url.scheme_unsupported': {
    code: 'url.scheme_unsupported',
    layer: 'client',
    severity: 'down',
    confidence: 'certain',
    title: 'MCP is served over http or https',
    explanation: 'The address has another scheme than http or https. Remote MCP servers are called over HTTP.',
    evidence: ['url'],
    fixes: [
      {
        for: 'app',
        text: 'Publish the https address.',
        snippet: 'https://mcp.example.com/mcp',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http'],
    affected: 'All clients.',
  },
  'url.credentials_in_url': {
    code: 'url.credentials_in_url',
    layer: 'client',
    severity: 'down',
    confidence: 'certain',
    title: 'The address carries a user name or password',
    explanation:
      'The address carries a user name or password. Clients refuse such an address, or leak it into logs. Send the credential as a header instead.',
    evidence: ['url'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Send a header.',
        snippet: "rollcall check https://mcp.example.com/mcp -H 'Authorization: Bearer TOKEN'",
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc3986'],
    affected: 'All clients on fetch, and whoever reads the logs.',
  },
} as const satisfies Record<string, CatalogueEntry>;
