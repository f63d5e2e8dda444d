import type { Bench } from './bench.ts';
import type { McpServer } from './mcp-server.ts';
import type { Setting } from './types.ts';

/**
 * Real nginx before the application, as `http://mcp.example.com`. `server` stands inside `server { }`, `http` before it; the
 * application is the upstream `app`.
 */
export async function nginxBefore(
  bench: Bench,
  app: Pick<McpServer, 'host' | 'port'>,
  { server, http = '', path = '/mcp' }: { server: string; http?: string; path?: string },
): Promise<Setting> {
  const port = bench.port(80);
  await bench.nginx(`${http}\nserver { listen ${bench.address}:${port}; server_name mcp.example.com;\n${server}\n}`, {
    upstream: `${app.host}:${app.port}`,
    ports: [port],
  });
  return { url: `http://mcp.example.com:${port}${path}` };
}

/** The same with TLS in nginx, as `https://mcp.example.com`. */
export async function tlsNginxBefore(
  bench: Bench,
  app: Pick<McpServer, 'host' | 'port'>,
  { server, http = '', name = 'mcp.example.com', path = '/mcp' }: { server: string; http?: string; name?: string; path?: string },
): Promise<Setting> {
  const port = bench.port(443);
  const certificate = await bench.certificate({ names: [name] });
  await bench.nginx(
    `${http}\nserver { listen ${bench.address}:${port} ssl; server_name ${name};
ssl_certificate ${certificate.fullchainFile}; ssl_certificate_key ${certificate.keyFile};\n${server}\n}`,
    { upstream: `${app.host}:${app.port}`, ports: [port] },
  );
  return { url: `https://${name}:${port}${path}`, deps: { extraCa: [await bench.authority.root()] } };
}
