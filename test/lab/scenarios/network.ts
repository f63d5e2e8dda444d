import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../kit/bench.ts';
import type { Answer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';
import { behindCaddy, behindNginx, FULLCHAIN, httpsUrl, NAME, PRIVATE_KEY, secureApp } from './secure.ts';

/** Documentation addresses (RFC 5737, 3849): routed in the lab's network, and nobody there, so that packets to them vanish. */
const NOBODY_V4 = '203.0.113.10';
const NOBODY_V6 = '2001:db8::10';

async function named(bench: Bench, names: Setting['names'] = {}): Promise<Setting> {
  const app = await bench.mcp();
  return { url: `http://${NAME}:${app.port}/mcp`, names };
}

/** A server that speaks TLS on public addresses of the bench. */
async function publicApp(bench: Bench, options: { v4: boolean; v6: boolean; names: readonly string[] }): Promise<Setting> {
  const { key, fullchain } = await bench.certificate({ names: [NAME] });
  const tls = { key, cert: fullchain };
  if (options.v4) await bench.mcp({ tls }, { host: bench.public, port: 443 });
  if (options.v6) await bench.mcp({ tls }, { host: publicV6(bench), port: 443 });
  return { url: httpsUrl(443), deps: { extraCa: [await bench.authority.root()] }, names: { [NAME]: options.names } };
}

function publicV6(bench: Bench): string {
  if (bench.publicV6 === null) throw new Error('this scenario needs a public address: it runs in the tests only');
  return bench.publicV6;
}

/** What DNS says. */
export const dns: readonly Scenario[] = [
  {
    code: 'dns.nxdomain',
    fault: (bench) => named(bench, { [NAME]: 'ENOTFOUND' }),
    twin: (bench) => named(bench),
  },
  {
    code: 'dns.servfail',
    fault: (bench) => named(bench, { [NAME]: 'ESERVFAIL' }),
    twin: (bench) => named(bench),
  },
  {
    code: 'dns.servfail',
    variant: 'no name server answers',
    fault: async (bench) => ({ ...(await named(bench)), deps: { resolve: () => new Promise(() => {}), deadlines: { dnsMs: 500 } } }),
    twin: (bench) => named(bench),
  },
  {
    code: 'dns.no_address',
    fault: (bench) => named(bench, { [NAME]: 'ENODATA' }),
    twin: (bench) => named(bench),
  },
  {
    code: 'dns.no_address',
    variant: 'an empty answer',
    fault: (bench) => named(bench, { [NAME]: [] }),
    twin: (bench) => named(bench),
  },
  {
    code: 'dns.private_address',
    publicAddress: true,
    noParity: 'the clients of the lab run inside the private network',
    // One of two is enough: hosted clients demand that every address is public.
    fault: async (bench) => ({
      ...(await publicApp(bench, { v4: true, v6: false, names: [bench.public, '10.0.0.7'] })),
      deps: { extraCa: [await bench.authority.root()], policy: { allowPrivate: false } },
    }),
    twin: async (bench) => ({
      ...(await publicApp(bench, { v4: true, v6: false, names: [bench.public] })),
      deps: { extraCa: [await bench.authority.root()], policy: { allowPrivate: false } },
    }),
  },
  {
    code: 'ipv6.only',
    publicAddress: true,
    fault: (bench) => publicApp(bench, { v4: false, v6: true, names: [publicV6(bench)] }),
    twin: (bench) => publicApp(bench, { v4: true, v6: true, names: [publicV6(bench), bench.public] }),
  },
];

/** Whether a connection comes about. */
export const tcp: readonly Scenario[] = [
  {
    code: 'tcp.refused',
    fault: async (bench) => ({ url: `http://${NAME}:${bench.freePort()}/mcp` }),
    twin: (bench) => named(bench),
  },
  {
    code: 'tcp.refused',
    variant: 'listens on loopback only',
    publicAddress: true,
    fault: async (bench) => {
      const setting = await secureApp(bench, { port: 443 });
      return { ...setting, names: { [NAME]: [bench.public] } };
    },
    twin: (bench) => publicApp(bench, { v4: true, v6: false, names: [bench.public] }),
  },
  {
    code: 'tcp.timeout',
    publicAddress: true,
    fault: (bench) => publicApp(bench, { v4: true, v6: false, names: [NOBODY_V4] }),
    twin: (bench) => publicApp(bench, { v4: true, v6: false, names: [bench.public] }),
  },
  {
    code: 'tcp.reset',
    variant: 'http to a TLS port',
    fault: async (bench) => {
      const setting = await secureApp(bench, { port: bench.freePort() });
      return { ...setting, url: setting.url.replace('https:', 'http:') };
    },
    twin: (bench) => secureApp(bench, { port: bench.freePort() }),
  },
  {
    code: 'tcp.reset',
    variant: 'hangs up on every request',
    fault: async (bench) => {
      const port = await bench.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
      return { url: `http://${NAME}:${port}/mcp` };
    },
    twin: (bench) => named(bench),
  },
  {
    code: 'tcp.reset',
    variant: 'hangs up during the TLS handshake',
    fault: async (bench) => ({ url: httpsUrl(await bench.tcp((socket) => socket.once('data', () => socket.destroy()))) }),
    twin: (bench) => secureApp(bench, { port: bench.freePort() }),
  },
  {
    code: 'ipv6.unreachable',
    variant: 'nginx',
    deep: true,
    publicAddress: true,
    fault: async (bench) => dualStack(bench, await ownHost(bench, `listen ${bench.public}:443 ssl;`)),
    twin: async (bench) => dualStack(bench, await ownHost(bench, bothFamilies(bench, 'ipv6.unreachable'))),
  },
  {
    code: 'ipv6.unreachable',
    variant: 'packets vanish',
    deep: true,
    publicAddress: true,
    fault: (bench) => publicApp(bench, { v4: true, v6: false, names: [bench.public, NOBODY_V6] }),
    twin: (bench) => publicApp(bench, { v4: true, v6: false, names: [bench.public] }),
  },
  {
    code: 'ipv6.content_differs',
    variant: 'nginx: default virtual host, another certificate',
    deep: true,
    publicAddress: true,
    fault: async (bench) => {
      const other = await bench.certificate({ names: ['www.example.com'] });
      return dualStack(bench, `${defaultHost(bench, other)}\n${await ownHost(bench, `listen ${bench.public}:443 ssl;`)}`);
    },
    twin: async (bench) => {
      const other = await bench.certificate({ names: ['www.example.com'] });
      return dualStack(bench, `${defaultHost(bench, other)}\n${await ownHost(bench, bothFamilies(bench, 'ipv6.content_differs'))}`);
    },
  },
  {
    code: 'ipv6.content_differs',
    variant: 'nginx: default virtual host, the same certificate',
    deep: true,
    publicAddress: true,
    fault: async (bench) => {
      const both = await bench.certificate({ names: ['www.example.com', NAME] });
      return dualStack(bench, `${defaultHost(bench, both)}\n${await ownHost(bench, `listen ${bench.public}:443 ssl;`, both)}`);
    },
    twin: async (bench) => {
      const both = await bench.certificate({ names: ['www.example.com', NAME] });
      return dualStack(bench, `${defaultHost(bench, both)}\n${await ownHost(bench, bothFamilies(bench, 'ipv6.content_differs'), both)}`);
    },
  },
];

type Files = { readonly fullchainFile: string; readonly keyFile: string };

function bothFamilies(bench: Bench, code: 'ipv6.unreachable' | 'ipv6.content_differs'): string {
  return bench.fix(code, 'nginx', { 'listen 443': `listen ${bench.public}:443`, '[::]': `[${publicV6(bench)}]` });
}

async function ownHost(bench: Bench, listen: string, files?: Files): Promise<string> {
  const { fullchainFile, keyFile } = files ?? (await bench.certificate({ names: [NAME] }));
  return `server { ${listen} server_name ${NAME}; ssl_certificate ${fullchainFile}; ssl_certificate_key ${keyFile}; location / { proxy_pass http://app; } }`;
}

function defaultHost(bench: Bench, { fullchainFile, keyFile }: Files): string {
  return `server { listen ${bench.public}:443 ssl default_server; listen [${publicV6(bench)}]:443 ssl default_server; server_name www.example.com;
    ssl_certificate ${fullchainFile}; ssl_certificate_key ${keyFile}; }`;
}

/** nginx under a name with addresses of both families. */
async function dualStack(bench: Bench, server: string): Promise<Setting> {
  const setting = await behindNginx(bench, server, { ports: [443], host: bench.public });
  return { ...setting, names: { [NAME]: [bench.public, publicV6(bench)] } };
}

/** No encryption where it is due. */
export const plaintext: readonly Scenario[] = [
  {
    code: 'http.plaintext',
    variant: 'nginx',
    publicAddress: true,
    fault: async (bench) =>
      openToAll(bench, `server { listen ${bench.public}:80; server_name ${NAME}; location / { proxy_pass http://app; } }`),
    twin: async (bench) => {
      const { fullchainFile, keyFile } = await bench.certificate({ names: [NAME] });
      const fill = {
        'listen 80': `listen ${bench.public}:80`,
        'listen 443': `listen ${bench.public}:443`,
        [FULLCHAIN]: fullchainFile,
        [PRIVATE_KEY]: keyFile,
      };
      return openToAll(bench, bench.fix('http.plaintext', 'nginx', fill));
    },
  },
  {
    code: 'http.plaintext',
    variant: 'caddy',
    publicAddress: true,
    fault: async (bench) => ({
      ...(await behindCaddy(bench, `http://${NAME} {\n  bind ${bench.public}\n  reverse_proxy app:3000\n}`, {
        host: bench.public,
        port: 80,
      })),
      url: `http://${NAME}/mcp`,
      names: { [NAME]: [bench.public] },
    }),
    twin: async (bench) => ({
      ...(await behindCaddy(bench, bench.fix('http.plaintext', 'caddy'), { host: bench.public, port: 443 })),
      url: `http://${NAME}/mcp`,
      names: { [NAME]: [bench.public] },
    }),
  },
];

async function openToAll(bench: Bench, server: string): Promise<Setting> {
  const setting = await behindNginx(bench, server, { ports: [80], host: bench.public });
  return { ...setting, url: `http://${NAME}/mcp`, names: { [NAME]: [bench.public] } };
}

/** How long the answers take. */
export const latency: readonly Scenario[] = [
  {
    code: 'latency.slow',
    noParity: 'time differs',
    fault: async (bench) => {
      const slowly = after(5200);
      const app = await bench.mcp({ answers: { initialize: slowly, 'legacy tools/list': slowly } });
      return { url: `http://${NAME}:${app.port}/mcp`, deps: { deadlines: { firstByteMs: 8000 } } };
    },
    twin: (bench) => named(bench),
  },
  {
    code: 'latency.cold_start',
    noParity: 'time differs',
    fault: async (bench) => {
      let cold = true;
      const app = await bench.mcp({
        answers: {
          every: async (call) => {
            if (cold) await sleep(4000);
            cold = false;
            call.healthy();
          },
        },
      });
      return { url: `http://${NAME}:${app.port}/mcp`, deps: { deadlines: { firstByteMs: 6000 } } };
    },
    twin: (bench) => named(bench),
  },
];

function after(ms: number): Answer {
  return (call) => sleep(ms).then(call.healthy);
}
