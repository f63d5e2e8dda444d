import { createServer } from 'node:http';
import type { Bench } from '../kit/bench.ts';
import type { CertificateOptions } from '../kit/certificates.ts';
import type { Scenario, Setting } from '../kit/types.ts';
import { behindCaddy, behindNginx, FULLCHAIN, httpsUrl, NAME, PRIVATE_KEY, secureApp } from './secure.ts';

const DAYS = { expired: { fromDays: -91, untilDays: -1 }, early: { fromDays: 1, untilDays: 90 }, ending: { fromDays: -80, untilDays: 10 } };

/** nginx with a certificate, in the form in which people write it. */
async function nginxWith(bench: Bench, options: Omit<CertificateOptions, 'names'>, directives = ''): Promise<Setting> {
  const certificate = await bench.certificate({ names: [NAME], ...options });
  return behindNginx(bench, tlsServer(bench, certificate.fullchainFile, certificate.keyFile, directives));
}

function tlsServer(bench: Bench, chainFile: string, keyFile: string, directives = ''): string {
  return `server {
    listen ${bench.address}:${bench.port(443)} ssl;
    server_name ${NAME};
    ssl_certificate ${chainFile};
    ssl_certificate_key ${keyFile};
    ${directives}
    location / { proxy_pass http://app; }
  }`;
}

/** Certificates and handshakes. */
export const tls: readonly Scenario[] = [
  {
    code: 'tls.expired',
    fault: (bench) => nginxWith(bench, DAYS.expired),
    twin: (bench) => behindCaddy(bench, bench.fix('tls.expired', 'caddy')),
  },
  {
    code: 'tls.not_yet_valid',
    fault: (bench) => nginxWith(bench, DAYS.early),
    twin: (bench) => nginxWith(bench, {}),
  },
  {
    code: 'tls.hostname_mismatch',
    variant: 'nginx: default virtual host',
    fault: async (bench) => behindNginx(bench, await defaultHost(bench)),
    twin: async (bench) => {
      const own = await bench.certificate({ names: [NAME] });
      const fix = bench.fix('tls.hostname_mismatch', 'nginx', {
        'listen 443': `listen ${bench.address}:${bench.port(443)}`,
        [FULLCHAIN]: own.fullchainFile,
        [PRIVATE_KEY]: own.keyFile,
      });
      return behindNginx(bench, `${await defaultHost(bench)}\n${fix}`);
    },
  },
  {
    code: 'tls.hostname_mismatch',
    variant: 'address instead of a name',
    fault: async (bench) => {
      const { url, ...rest } = await secureApp(bench);
      return { ...rest, url: url.replace(NAME, bench.address) };
    },
    twin: async (bench) => {
      const { url, ...rest } = await secureApp(bench, { certificate: { names: [NAME, bench.address] } });
      return { ...rest, url: url.replace(NAME, bench.address) };
    },
  },
  {
    code: 'tls.untrusted',
    variant: 'self-signed',
    fault: (bench) => nginxWith(bench, { selfSigned: true }),
    twin: (bench) => behindCaddy(bench, bench.fix('tls.untrusted', 'caddy')),
  },
  {
    code: 'tls.untrusted',
    variant: 'private authority',
    fault: async (bench) => ({ ...(await nginxWith(bench, { intermediate: true })), deps: {} }),
    twin: (bench) => nginxWith(bench, { intermediate: true }),
  },
  {
    code: 'tls.untrusted',
    variant: 'private authority without its intermediate',
    fault: async (bench) => ({ ...(await withoutIntermediate(bench, true)), deps: {} }),
    twin: (bench) => nginxWith(bench, { intermediate: true }),
  },
  {
    code: 'tls.chain_incomplete',
    variant: 'nginx: cert.pem, its issuer can be fetched',
    fault: (bench) => withoutIntermediate(bench, true),
    twin: async (bench) => {
      const { fullchainFile, keyFile } = await bench.certificate({ names: [NAME], intermediate: true });
      const fix = bench.fix('tls.chain_incomplete', 'nginx', { [FULLCHAIN]: fullchainFile });
      return behindNginx(
        bench,
        `server { listen ${bench.address}:${bench.port(443)} ssl; ${fix} ssl_certificate_key ${keyFile}; location / { proxy_pass http://app; } }`,
      );
    },
  },
  {
    code: 'tls.chain_incomplete',
    variant: 'cert.pem, its issuer is named nowhere',
    fault: (bench) => withoutIntermediate(bench, false),
    twin: (bench) => behindCaddy(bench, bench.fix('tls.chain_incomplete', 'caddy')),
  },
  {
    code: 'tls.protocol_too_old',
    variant: 'nginx: TLS 1.0 and 1.1',
    fault: (bench) => nginxWith(bench, {}, 'ssl_protocols TLSv1 TLSv1.1; ssl_ciphers DEFAULT@SECLEVEL=0;'),
    twin: (bench) => nginxWith(bench, {}, bench.fix('tls.protocol_too_old', 'nginx')),
  },
  {
    code: 'tls.not_tls',
    variant: 'nginx',
    fault: (bench) =>
      behindNginx(
        bench,
        `server { listen ${bench.address}:${bench.port(443)}; server_name ${NAME}; location / { proxy_pass http://app; } }`,
      ),
    twin: async (bench) => {
      const { fullchainFile, keyFile } = await bench.certificate({ names: [NAME] });
      const fix = bench.fix('tls.not_tls', 'nginx', { 'listen 443': `listen ${bench.address}:${bench.port(443)}` });
      return behindNginx(
        bench,
        `server { ${fix} server_name ${NAME}; ssl_certificate ${fullchainFile}; ssl_certificate_key ${keyFile}; location / { proxy_pass http://app; } }`,
      );
    },
  },
  {
    code: 'tls.not_tls',
    variant: 'app',
    fault: async (bench) => {
      const app = await bench.mcp();
      return { url: `https://${NAME}:${app.port}/mcp` };
    },
    twin: async (bench) => {
      const app = await bench.mcp();
      return { url: `http://${NAME}:${app.port}/mcp` };
    },
  },
  {
    code: 'tls.expected',
    variant: 'nginx',
    fault: async (bench) => overHttp(bench, await nginxWith(bench, {})),
    twin: (bench) => nginxWith(bench, {}),
  },
  {
    code: 'tls.expected',
    variant: 'caddy',
    fault: async (bench) => overHttp(bench, await behindCaddy(bench, `${NAME} {\n  reverse_proxy app:3000\n}`)),
    twin: (bench) => behindCaddy(bench, `${NAME} {\n  reverse_proxy app:3000\n}`),
  },
  {
    code: 'tls.handshake_failed',
    variant: 'nginx: ciphers of another kind of key',
    // The certificate has an elliptic-curve key, the list of ciphers knows only RSA.
    fault: (bench) => nginxWith(bench, {}, 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256;'),
    twin: (bench) => nginxWith(bench, {}, bench.fix('tls.handshake_failed', 'nginx')),
  },
  {
    code: 'tls.handshake_failed',
    variant: 'nginx: unknown names are turned away',
    fault: (bench) => behindNginx(bench, strictDefault(bench)),
    twin: async (bench) => {
      const { fullchainFile, keyFile } = await bench.certificate({ names: [NAME] });
      const fix = bench.fix('tls.handshake_failed', 'nginx', {}, 1);
      const own = `server { listen ${bench.address}:${bench.port(443)} ssl; ${fix} ssl_certificate ${fullchainFile}; ssl_certificate_key ${keyFile}; location / { proxy_pass http://app; } }`;
      return behindNginx(bench, `${strictDefault(bench)}\n${own}`);
    },
  },
  {
    code: 'tls.handshake_failed',
    variant: 'nginx: a client certificate is demanded',
    fault: (bench) => mutual(bench, 'ssl_verify_client on;'),
    twin: (bench) => mutual(bench, bench.fix('tls.handshake_failed', 'nginx', {}, 2)),
  },
  {
    code: 'tls.handshake_failed',
    variant: 'app: a client certificate is demanded',
    fault: async (bench) => {
      const { key, fullchain } = await bench.certificate({ names: [NAME] });
      const app = await bench.mcp({ tls: { key, cert: fullchain, requestCert: true, rejectUnauthorized: true } });
      return { url: httpsUrl(app.port), deps: { extraCa: [await bench.authority.root()] } };
    },
    twin: (bench) => secureApp(bench),
  },
  {
    code: 'tls.handshake_failed',
    variant: 'caddy: a client certificate is demanded',
    fault: (bench) =>
      behindCaddy(bench, `${NAME} {\n  tls {\n    client_auth {\n      mode require\n    }\n  }\n  reverse_proxy app:3000\n}`),
    twin: (bench) => behindCaddy(bench, `${NAME} {\n  reverse_proxy app:3000\n}`),
  },
  {
    code: 'tls.handshake_failed',
    variant: 'no answer to the greeting',
    fault: async (bench) => {
      const port = await bench.tcp(() => {});
      return { url: httpsUrl(port) };
    },
    twin: (bench) => secureApp(bench),
  },
  {
    code: 'tls.expiring',
    fault: (bench) => nginxWith(bench, DAYS.ending),
    // Caddy's own certificate lives for half a day: short-lived is not the same as ending.
    twin: (bench) => behindCaddy(bench, bench.fix('tls.expiring', 'caddy')),
  },
  {
    code: 'tls.expiring',
    variant: 'short-lived',
    fault: (bench) => nginxWith(bench, { fromDays: -6, untilDays: 1 }),
    twin: (bench) => nginxWith(bench, { fromDays: -1, untilDays: 6 }),
  },
];

/** The address as somebody wrote it who knows the port, and not that it speaks TLS. */
function overHttp(bench: Bench, setting: Setting): Setting {
  const url = new URL(setting.url);
  return { ...setting, url: `http://${url.hostname}:${url.port === '' ? bench.port(443) : url.port}${url.pathname}` };
}

/** A virtual host of another name, which answers for every name that has none of its own. */
async function defaultHost(bench: Bench): Promise<string> {
  const other = await bench.certificate({ names: ['www.example.com'] });
  return `server {
    listen ${bench.address}:${bench.port(443)} ssl default_server;
    server_name www.example.com;
    ssl_certificate ${other.fullchainFile};
    ssl_certificate_key ${other.keyFile};
  }`;
}

/** nginx that knows an authority of client certificates. */
async function mutual(bench: Bench, verify: string): Promise<Setting> {
  const { fullchainFile, keyFile, certFile } = await bench.certificate({ names: [NAME] });
  return behindNginx(bench, tlsServer(bench, fullchainFile, keyFile, `ssl_client_certificate ${certFile}; ${verify}`));
}

function strictDefault(bench: Bench): string {
  return `server { listen ${bench.address}:${bench.port(443)} ssl default_server; ssl_reject_handshake on; }`;
}

/** nginx was given cert.pem: the leaf without the intermediate certificate. */
async function withoutIntermediate(bench: Bench, issuerNamed: boolean): Promise<Setting> {
  const port = bench.freePort();
  const { certFile, keyFile, issuerDer } = await bench.certificate({
    names: [NAME],
    intermediate: true,
    ...(issuerNamed ? { issuerUrl: `http://${bench.address}:${port}/intermediate.der` } : {}),
  });
  if (issuerNamed) {
    const issuer = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/pkix-cert' }).end(issuerDer),
    );
    await bench.http(issuer, { port });
  }
  return behindNginx(bench, tlsServer(bench, certFile, keyFile));
}
