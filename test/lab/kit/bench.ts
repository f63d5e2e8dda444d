import { mkdtempSync, rmSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CauseCode, catalogue } from '@rollcall/probe';
import { type Certificate, CertificateAuthority, type CertificateOptions } from './certificates.ts';
import { type Behaviour, type McpServer, startMcpServer } from './mcp-server.ts';
import { startCaddy, startNginx } from './proxies.ts';

let nextHost = 0;
const provedFixes = new Set<string>();

/** Which snippets of the catalogue a twin has used: `code product snippet`. */
export function fixesProved(): ReadonlySet<string> {
  return provedFixes;
}

export interface BenchOptions {
  /** The bench may use ports below 1024. */
  readonly lowPorts: boolean;
  /** First 16 bits of the public IPv4 network and the /64 of the public IPv6 network that the namespace holds, or null outside of one. */
  readonly publicV4: string | null;
  readonly publicV6: string | null;
}

/**
 * A workplace for one setting: an address of its own in 127.0.0.0/8, so that settings do not share ports; servers, proxies and
 * certificates that end together with it.
 */
export class Bench {
  /** Private (loopback) address of this bench. */
  readonly address: string;
  /** Public addresses of this bench; null outside the tests' network namespace. */
  readonly publicV4: string | null;
  readonly publicV6: string | null;
  readonly folder: string;
  #options: BenchOptions;
  #closers: (() => unknown)[] = [];
  #authority: CertificateAuthority | undefined;
  #nextPort = 3000;

  constructor(options: BenchOptions) {
    nextHost += 1;
    const high = 1 + (nextHost >> 8);
    const low = nextHost & 255;
    this.address = `127.${60 + (process.pid % 100)}.${high}.${low}`;
    this.publicV4 = options.publicV4 === null ? null : `${options.publicV4}.${high}.${low}`;
    this.publicV6 = options.publicV6 === null ? null : `${options.publicV6}${nextHost.toString(16)}`;
    this.#options = options;
    this.folder = mkdtempSync(join(tmpdir(), 'rollcall-lab-'));
  }

  /** The port itself where low ports may be used, else one like it above 8000. */
  port(wanted: number): number {
    return wanted >= 1024 || this.#options.lowPorts ? wanted : 8000 + wanted;
  }

  /** Another port, not used on this bench so far. */
  freePort(): number {
    this.#nextPort += 1;
    return this.#nextPort;
  }

  /** The public IPv4 address, for scenarios that declared `publicAddress`. */
  get public(): string {
    if (this.publicV4 === null) throw new Error('this scenario needs a public address: it runs in the tests only');
    return this.publicV4;
  }

  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** An MCP server that is healthy but for what `behaviour` says. */
  async mcp(behaviour: Behaviour = {}, at: { host?: string; port?: number } = {}): Promise<McpServer> {
    const server = await startMcpServer(behaviour, at.host ?? this.address, at.port ?? this.freePort());
    this.onClose(() => server.close());
    return server;
  }

  /** An HTTP server of the scenario's own. Answers its port. */
  async http(server: HttpServer, at: { host?: string; port?: number } = {}): Promise<number> {
    const port = at.port ?? this.freePort();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, at.host ?? this.address, resolve);
    });
    this.onClose(() => {
      server.closeAllConnections();
      server.close();
    });
    return port;
  }

  /** A TCP server that hands over raw connections. Answers its port. */
  async tcp(onConnection: (socket: Socket) => void, at: { host?: string; port?: number } = {}): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => {});
      onConnection(socket);
    });
    const port = at.port ?? this.freePort();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, at.host ?? this.address, resolve);
    });
    this.onClose(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return port;
  }

  /** A throw-away certificate authority of this bench. */
  get authority(): CertificateAuthority {
    this.#authority ??= new CertificateAuthority(this.folder);
    return this.#authority;
  }

  /** A certificate issued by the bench's authority. */
  certificate(options: CertificateOptions): Promise<Certificate> {
    return this.authority.issue(options);
  }

  /**
   * Real nginx. `config` is what stands inside `http { }`; the upstream `app` is declared for it when `upstream` is given,
   * so that the catalogue's `proxy_pass http://app;` stands there as printed. `ports` are waited for.
   */
  async nginx(config: string, options: { upstream?: string; ports: readonly number[]; host?: string }): Promise<void> {
    const upstream = options.upstream === undefined ? '' : `upstream app { server ${options.upstream}; }\n`;
    const stop = await startNginx(this.folder, upstream + config, options.host ?? this.address, options.ports);
    this.onClose(stop);
  }

  /** Real Caddy with this Caddyfile; automatic certificates come from its internal authority (`root()`). `env`: what it finds in its environment. */
  async caddy(
    config: string,
    options: { ports: readonly number[]; host?: string; httpPort?: number; httpsPort?: number; env?: Readonly<Record<string, string>> },
  ): Promise<{ root(): string }> {
    const listen = { http: options.httpPort ?? this.port(80), https: options.httpsPort ?? this.port(443) };
    const caddy = await startCaddy(this.folder, config, options.host ?? this.address, options.ports, listen, options.env);
    this.onClose(caddy.stop);
    return caddy;
  }

  /** The snippet that the catalogue prints for this cause and product, with its placeholders filled in; counted as proved. */
  fix(code: CauseCode, product: string, fill: Readonly<Record<string, string>> = {}, nth = 0): string {
    const snippets = catalogue[code].fixes
      .filter((fix) => fix.for === product && fix.snippet !== undefined)
      .map((fix) => fix.snippet ?? '');
    const snippet = snippets[nth];
    if (snippet === undefined) throw new Error(`the catalogue has no snippet ${nth} of ${code} for ${product}`);
    provedFixes.add(`${code} ${product} ${snippet}`);
    let text = snippet;
    for (const [placeholder, value] of Object.entries(fill)) {
      if (!text.includes(placeholder)) throw new Error(`the snippet of ${code} for ${product} has no ${JSON.stringify(placeholder)}`);
      text = text.replaceAll(placeholder, value);
    }
    return text;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
