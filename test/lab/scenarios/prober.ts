import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../kit/bench.ts';
import type { Scenario, Setting } from '../kit/types.ts';
import { behindNginx, httpsUrl, NAME } from './secure.ts';

async function at(bench: Bench, write: (host: string, port: number) => string): Promise<Setting> {
  const app = await bench.mcp();
  return { url: write(NAME, app.port) };
}

/** What is on the side of the monitor. */
export const prober: readonly Scenario[] = [
  {
    code: 'prober.address_blocked',
    noParity: 'the clients are not bound by the policy of the monitor',
    fault: async (bench) => ({ url: (await bench.mcp()).url, deps: { policy: { allowPrivate: false } } }),
    twin: async (bench) => ({ url: (await bench.mcp()).url, deps: { policy: { allowPrivate: true } } }),
  },
  {
    code: 'prober.address_blocked',
    variant: 'localhost',
    noParity: 'the clients are not bound by the policy of the monitor',
    fault: async (bench) => ({ url: `http://localhost:${(await bench.mcp()).port}/mcp`, deps: { policy: { allowPrivate: false } } }),
    twin: async (bench) => ({ url: `http://localhost:${(await bench.mcp()).port}/mcp` }),
  },
  {
    code: 'prober.internal',
    variant: 'the monitor is shut down',
    noParity: 'the fault is not the server’s',
    fault: async (bench) => {
      const app = await bench.mcp({ answers: { every: (call) => sleep(1500).then(call.healthy) } });
      return { url: app.url, deps: { signal: AbortSignal.timeout(300) } };
    },
    twin: async (bench) => ({ url: (await bench.mcp()).url, deps: { signal: new AbortController().signal } }),
  },
  {
    code: 'prober.internal',
    variant: 'a defect of the monitor',
    noParity: 'the fault is not the server’s',
    fault: async (bench) => ({
      ...(await at(bench, (host, port) => `http://${host}:${port}/mcp`)),
      deps: { resolve: () => Promise.reject(new TypeError('Cannot read properties of undefined')) },
    }),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'prober.offline',
    variant: 'no route',
    publicAddress: true,
    noParity: 'the fault is not the server’s',
    fault: async (bench) => ({ ...(await at(bench, (host, port) => `http://${host}:${port}/mcp`)), names: { [NAME]: ['198.51.100.10'] } }),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'prober.offline',
    variant: 'IPv6 only, and no IPv6 here',
    also: ['ipv6.only'],
    publicAddress: true,
    noParity: 'the fault is not the server’s',
    fault: async (bench) => ({
      ...(await at(bench, (host, port) => `http://${host}:${port}/mcp`)),
      names: { [NAME]: ['2001:db8:ffff::10'] },
    }),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'prober.offline',
    variant: 'nobody to ask for names',
    noParity: 'the fault is not the server’s',
    fault: async (bench) => ({ ...(await at(bench, (host, port) => `http://${host}:${port}/mcp`)), names: { [NAME]: 'ECONNREFUSED' } }),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'probe.timeout',
    noParity: 'time differs',
    fault: async (bench) => {
      const app = await bench.mcp({ wires: ['legacy'], answers: { every: (call) => sleep(800).then(call.healthy) } });
      return { url: app.url, target: { timeoutMs: 3000 } };
    },
    twin: async (bench) => ({ url: (await bench.mcp({ wires: ['legacy'] })).url, target: { timeoutMs: 3000 } }),
  },
];

/** What is wrong with the address before anything is sent. */
export const addresses: readonly Scenario[] = [
  {
    code: 'url.malformed',
    fault: (bench) => at(bench, (host, port) => `${host}/mcp?port=${port}`),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'url.malformed',
    variant: 'a space in the host',
    fault: (bench) => at(bench, (host, port) => `http://${host.replace('.', ' ')}:${port}/mcp`),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'url.scheme_unsupported',
    fault: (bench) => at(bench, (host, port) => `mcp://${host}:${port}/mcp`),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'url.credentials_in_url',
    fault: (bench) => at(bench, (host, port) => `http://monitor:secret@${host}:${port}/mcp`),
    twin: (bench) => at(bench, (host, port) => `http://${host}:${port}/mcp`),
  },
  {
    code: 'url.blocked_port',
    fault: (bench) => behindPort(bench, `listen ${bench.address}:6000 ssl;`, 6000),
    twin: (bench) => {
      const port = bench.port(443);
      return behindPort(bench, bench.fix('url.blocked_port', 'nginx', { 'listen 443': `listen ${bench.address}:${port}` }), port);
    },
  },
];

async function behindPort(bench: Bench, listen: string, port: number): Promise<Setting> {
  const { fullchainFile, keyFile } = await bench.certificate({ names: [NAME] });
  const server = `server { ${listen} server_name ${NAME}; ssl_certificate ${fullchainFile}; ssl_certificate_key ${keyFile}; location / { proxy_pass http://app; } }`;
  return { ...(await behindNginx(bench, server, { ports: [port] })), url: httpsUrl(port) };
}
