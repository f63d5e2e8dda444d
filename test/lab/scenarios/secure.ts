import type { Bench } from '../kit/bench.ts';
import type { CertificateOptions } from '../kit/certificates.ts';
import type { Behaviour } from '../kit/mcp-server.ts';
import type { Setting } from '../kit/types.ts';

/** The name under which the settings of a network or certificate fault are reached. */
export const NAME = 'mcp.example.com';
/** Where certbot puts what nginx is told to use. */
export const FULLCHAIN = `/etc/letsencrypt/live/${NAME}/fullchain.pem`;
export const PRIVATE_KEY = `/etc/letsencrypt/live/${NAME}/privkey.pem`;

/** An address of https, with the port only where it must be named. */
export function httpsUrl(port: number): string {
  return `https://${NAME}${port === 443 ? '' : `:${port}`}/mcp`;
}

/** An MCP server that speaks TLS itself, with a certificate of the bench's authority, which the probe trusts. */
export async function secureApp(
  bench: Bench,
  options: { certificate?: CertificateOptions; behaviour?: Behaviour; host?: string; port?: number } = {},
): Promise<Setting> {
  const { key, fullchain } = await bench.certificate(options.certificate ?? { names: [NAME] });
  const port = options.port ?? bench.port(443);
  await bench.mcp({ ...options.behaviour, tls: { key, cert: fullchain } }, { host: options.host ?? bench.address, port });
  return { url: httpsUrl(port), deps: { extraCa: [await bench.authority.root()] } };
}

/** nginx in front of a healthy MCP server; `server` is what stands in the configuration, with `app` as the upstream. */
export async function behindNginx(
  bench: Bench,
  server: string,
  options: { ports?: readonly number[]; host?: string } = {},
): Promise<Setting> {
  const app = await bench.mcp();
  const port = bench.port(443);
  await bench.nginx(server, {
    upstream: `${app.host}:${app.port}`,
    ports: options.ports ?? [port],
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  return { url: httpsUrl(port), deps: { extraCa: [await bench.authority.root()] } };
}

/** Caddy as the catalogue prints it, in front of a healthy MCP server; the probe trusts Caddy's own authority. */
export async function behindCaddy(bench: Bench, site: string, options: { host?: string; port?: number } = {}): Promise<Setting> {
  const app = await bench.mcp();
  const port = options.port ?? bench.port(443);
  const caddy = await bench.caddy(site.replaceAll('app:3000', `${app.host}:${app.port}`), {
    ports: [port],
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  return { url: httpsUrl(port), deps: { extraCa: port === 80 ? [] : [caddy.root()] } };
}
