import type { CatalogueEntry } from '../types.ts';

export const tls = {
  'tls.expired': {
    code: 'tls.expired',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'The certificate has expired',
    explanation:
      'The certificate has passed its last day. Every client refuses the connection until a renewed one is installed and loaded by the running server.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'servername', 'protocol', 'authorizationError', 'leaf', 'chain'],
    fixes: [
      {
        for: 'certbot',
        text: 'Renew, and reload nginx on every renewal.',
        snippet: 'certbot renew --deploy-hook "nginx -s reload"',
      },
      {
        for: 'caddy',
        text: 'Caddy gets and renews a certificate for the site address by itself.',
        snippet: 'mcp.example.com {\n  reverse_proxy app:3000\n}',
      },
      {
        for: 'kubernetes',
        text: 'Let cert-manager issue the certificate.',
        snippet: 'metadata:\n  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc5280'],
    affected: 'All clients.',
  },
  'tls.not_yet_valid': {
    code: 'tls.not_yet_valid',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'The certificate starts in the future',
    explanation:
      'The certificate is valid only from a later time. The clock of the server or of the issuer is wrong, or the certificate was installed too early.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'servername', 'protocol', 'authorizationError', 'leaf', 'chain'],
    fixes: [
      {
        for: 'linux',
        text: 'Check the clock.',
        snippet: 'timedatectl set-ntp true',
      },
      {
        for: 'app',
        text: 'Issue the certificate again.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc5280'],
    affected: 'All clients.',
  },
  'tls.hostname_mismatch': {
    code: 'tls.hostname_mismatch',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'The certificate is for another name',
    explanation:
      'The name in the address is not among the names of the certificate. Often the default virtual host answers, because none is set up for this name.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'servername', 'protocol', 'authorizationError', 'leaf', 'chain'],
    fixes: [
      {
        for: 'nginx',
        text: 'Name the host in the server block that holds its certificate.',
        snippet:
          'server {\n  listen 443 ssl;\n  server_name mcp.example.com;\n  ssl_certificate /etc/letsencrypt/live/mcp.example.com/fullchain.pem;\n  ssl_certificate_key /etc/letsencrypt/live/mcp.example.com/privkey.pem;\n  location / {\n    proxy_pass http://app;\n  }\n}',
      },
      {
        for: 'kubernetes',
        text: 'Add the host to the TLS part of the Ingress.',
        snippet: 'spec:\n  tls:\n    - hosts: [mcp.example.com]\n      secretName: mcp-tls',
      },
      {
        for: 'certbot',
        text: 'Issue a certificate with the name.',
        snippet: 'certbot certonly --nginx -d mcp.example.com',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9525'],
    affected: 'All clients.',
  },
  'tls.chain_incomplete': {
    code: 'tls.chain_incomplete',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'The certificate chain is incomplete',
    explanation:
      'The server sends its own certificate without the intermediate one. Browsers fetch what is missing, so the site looks fine there; MCP clients do not and refuse the connection. When the cause is only suspected, the missing certificate could not be fetched: then the issuer may just as well be a private authority that no client trusts. The issuer named in the evidence tells its operator which of the two it is.',
    evidence: [
      'exchange',
      'request',
      'failure',
      'phase',
      'address',
      'servername',
      'protocol',
      'authorizationError',
      'leaf',
      'chain',
      'issuer',
      'issuerFetch',
    ],
    fixes: [
      {
        for: 'nginx',
        text: 'Send the full chain, not cert.pem.',
        snippet: 'ssl_certificate /etc/letsencrypt/live/mcp.example.com/fullchain.pem;',
      },
      {
        for: 'apache',
        text: 'Send the full chain.',
        snippet: 'SSLCertificateFile /etc/letsencrypt/live/mcp.example.com/fullchain.pem',
      },
      {
        for: 'private-authority',
        text: 'If the issuer is an authority of your own, a full chain does not help: use a certificate of a public one.',
      },
      {
        for: 'caddy',
        text: 'Caddy gets and renews a certificate for the site address by itself.',
        snippet: 'mcp.example.com {\n  reverse_proxy app:3000\n}',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8446', 'https://www.rfc-editor.org/rfc/rfc5280'],
    affected: 'Clients on Node and Python, which is nearly all MCP clients.',
  },
  'tls.untrusted': {
    code: 'tls.untrusted',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'No client trusts this issuer',
    explanation:
      'The certificate is self-signed or comes from a private authority. Hosted clients never trust it; a desktop client does only when its user installs the authority.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'servername', 'protocol', 'authorizationError', 'leaf', 'chain'],
    fixes: [
      {
        for: 'certbot',
        text: 'Use a public certificate.',
        snippet: 'certbot --nginx -d mcp.example.com',
      },
      {
        for: 'caddy',
        text: 'Caddy gets and renews a certificate for the site address by itself.',
        snippet: 'mcp.example.com {\n  reverse_proxy app:3000\n}',
      },
      {
        for: 'kubernetes',
        text: 'Let cert-manager issue the certificate.',
        snippet: 'metadata:\n  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt',
      },
      {
        for: 'node',
        text: 'A desktop client on Node can be told to trust the authority.',
        snippet: 'NODE_EXTRA_CA_CERTS=/path/to/ca.pem',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc5280', 'https://github.com/modelcontextprotocol/registry/issues/1579'],
    affected: 'All hosted clients; desktop clients without the authority.',
  },
  'tls.protocol_too_old': {
    code: 'tls.protocol_too_old',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'The server only offers outdated TLS',
    explanation: 'The server offers only TLS versions that clients have switched off. Clients require TLS 1.2 or 1.3.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'servername', 'protocol', 'authorizationError', 'leaf', 'chain'],
    fixes: [
      {
        for: 'nginx',
        text: 'Offer current versions.',
        snippet: 'ssl_protocols TLSv1.2 TLSv1.3;',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8996'],
    affected: 'All clients.',
  },
  'tls.not_tls': {
    code: 'tls.not_tls',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'Plain HTTP answers on an https address',
    explanation:
      'The address says https, but plain HTTP answers on the port. TLS is not switched on there, or the address should name another port or scheme.',
    evidence: ['exchange', 'request', 'failure', 'phase', 'address', 'servername', 'protocol', 'authorizationError', 'leaf', 'chain'],
    fixes: [
      {
        for: 'nginx',
        text: 'Switch TLS on for the port.',
        snippet: 'listen 443 ssl;',
      },
      {
        for: 'app',
        text: 'If the server has no TLS of its own, publish the address of the proxy in front of it.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8446'],
    affected: 'All clients.',
  },
  'tls.expected': {
    code: 'tls.expected',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'TLS answers on an http address',
    explanation:
      'The address says http, and the server on that port speaks TLS: it refused the request with an answer that says so. The address should say https, or name another port.',
    evidence: ['exchange', 'request', 'status', 'server', 'body', 'try'],
    fixes: [
      {
        for: 'client',
        text: 'Publish and configure the https address. A redirect on this port helps little: new clients take it for another origin.',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc9110', 'https://nginx.org/en/docs/http/ngx_http_ssl_module.html'],
    affected: 'All clients.',
  },
  'tls.handshake_failed': {
    code: 'tls.handshake_failed',
    layer: 'tls',
    severity: 'down',
    confidence: 'certain',
    title: 'The TLS handshake fails',
    explanation:
      'Client and server do not agree on an encrypted connection. The evidence holds the error code: a demand for a client certificate, an unknown name, or no common cipher.',
    evidence: [
      'exchange',
      'request',
      'failure',
      'phase',
      'address',
      'servername',
      'protocol',
      'authorizationError',
      'leaf',
      'chain',
      'status',
      'body',
    ],
    fixes: [
      {
        for: 'nginx',
        text: 'Offer the usual versions and ciphers. A list of ciphers must fit the kind of key in the certificate.',
        snippet: 'ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers HIGH:!aNULL:!MD5;',
      },
      {
        for: 'nginx',
        text: 'Name the host in the server block that holds its certificate: ssl_reject_handshake turns other names away.',
        snippet: 'server_name mcp.example.com;',
      },
      {
        for: 'nginx',
        text: 'Demand no client certificate: hosted clients have none.',
        snippet: 'ssl_verify_client off;',
      },
      {
        for: 'app',
        text: 'Demand no client certificate (mutual TLS) of MCP clients. Let them sign in with OAuth or a token.',
      },
      {
        for: 'openssl',
        text: 'See the handshake by hand.',
        snippet: 'openssl s_client -connect mcp.example.com:443 -servername mcp.example.com',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8446'],
    affected: 'All clients.',
  },
  'tls.expiring': {
    code: 'tls.expiring',
    layer: 'tls',
    severity: 'notice',
    confidence: 'certain',
    title: 'The certificate expires soon',
    explanation: 'The certificate still works and ends soon. Automatic renewal would have replaced it by now, so look whether it runs.',
    evidence: ['notAfter', 'daysLeft', 'subject', 'issuer'],
    fixes: [
      {
        for: 'certbot',
        text: 'Try the renewal without carrying it out.',
        snippet: 'certbot renew --dry-run',
      },
      {
        for: 'caddy',
        text: 'Caddy gets and renews a certificate for the site address by itself.',
        snippet: 'mcp.example.com {\n  reverse_proxy app:3000\n}',
      },
      {
        for: 'kubernetes',
        text: 'Let cert-manager issue the certificate.',
        snippet: 'metadata:\n  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc5280'],
    affected: 'Nobody yet; all clients from the day it ends.',
  },
} as const satisfies Record<string, CatalogueEntry>;
