import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { sse } from '../../test/faults.ts';
import { INITIALIZE, result, startServer } from '../../test/servers.ts';
import { simulateClients } from './simulate-clients.ts';
import type { SimulationOptions } from './types.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function simulate(faults: Parameters<typeof startServer>[0], options: SimulationOptions, more: Record<string, unknown> = {}) {
  const server = await startServer(faults);
  cleanups.push(() => server.close());
  const target = { url: server.url, transport: 'auto', headers: {}, auth: { type: 'none' }, ...more } as const;
  return { server, results: await simulateClients(target, { policy: { allowPrivate: true } }, options) };
}

/** Sockets and timers that hold the process. */
function held(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'Timeout').length;
}
/** The number once it has come down to what is wanted, or after one second: a server drops an idle connection only after five. */
async function atLast(count: () => number | Promise<number>, wanted: number): Promise<number> {
  for (let i = 0; i < 20 && (await count()) > wanted; i += 1) await sleep(50);
  return count();
}

describe('a simulation ends', () => {
  it.each([
    ['that never answers', { every: () => undefined }],
    ['whose stream never greets', sse({ endpoint: null })],
    ['whose list never comes', { 'tools/list': () => undefined }],
  ] as const)('by our clock at a server %s, and leaves nothing open', async (_name, faults) => {
    const before = held();
    const since = Date.now();
    const { server, results } = await simulate(faults, { timeoutMs: 400, clients: ['ts-sdk-v1', 'ts-client-v2', 'ts-client-v2-auto'] });
    expect(results.map(({ outcome, tools, error }) => [outcome, tools, error])).toEqual(
      results.map(() => ['hangs', null, 'no result within 400 ms']),
    );
    expect(Date.now() - since).toBeLessThan(5000);
    expect(await atLast(() => server.connections(), 0)).toBe(0);
    await server.close();
    expect(await atLast(held, before)).toBeLessThanOrEqual(before);
  });

  it.each(['ts-sdk-v1', 'ts-client-v2'] as const)('and closes the session that %s got, even when the list hung', async (client) => {
    const aborter = new AbortController();
    const options = { clients: [client] };
    // Ended when the session stands and the list is asked for, however long that takes here.
    const server = await startServer({ 'tools/list': () => aborter.abort() });
    cleanups.push(() => server.close());
    const target = { url: server.url, transport: 'auto', headers: {}, auth: { type: 'none' } } as const;
    const results = await simulateClients(target, { policy: { allowPrivate: true }, signal: aborter.signal }, options);
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual([['hangs', 'cancelled']]);
    expect(server.seen.filter((method) => method === 'DELETE')).toHaveLength(1);
  });

  it('when the caller cancels it', async () => {
    const aborter = new AbortController();
    const server = await startServer({ every: () => undefined });
    cleanups.push(() => server.close());
    const target = { url: server.url, transport: 'auto', headers: {}, auth: { type: 'none' } } as const;
    setTimeout(() => aborter.abort(), 300);
    const results = await simulateClients(target, { policy: { allowPrivate: true }, signal: aborter.signal }, {});
    expect(results.map(({ outcome }) => outcome)).toEqual(['hangs']);
  });
});

describe('a simulation tells no secret', () => {
  it('although the server echoes it in errors, addresses and session ids', async () => {
    const token = 'tok_6f1c9a2e7b';
    const { results } = await simulate(
      {
        initialize: (response, message, request) =>
          result(response, message, INITIALIZE, { 'mcp-session-id': `session-${request.headers.authorization}`.replace(' ', '-') }),
        'tools/list': (response, _message, request) => response.writeHead(500).end(JSON.stringify(request.headers)),
      },
      { clients: ['ts-sdk-v1', 'ts-client-v2'] },
      { auth: { type: 'bearer', token }, headers: { 'X-Api-Key': 'key-8d2f41aa90' } },
    );
    const text = JSON.stringify(results);
    expect(text).toContain('[redacted]');
    for (const secret of [token, 'key-8d2f41aa90', 'session-Bearer']) expect(text).not.toContain(secret);
    for (const { error } of results) expect(error?.length).toBeLessThanOrEqual(500);
  });
});

describe('who only imports it', () => {
  it('loads no SDK', async () => {
    const entry = new URL('./index.ts', import.meta.url).pathname;
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    const sdks = imports.filter(({ path }) => path.startsWith('@modelcontextprotocol/'));
    expect(new Set(sdks.map(({ kind }) => kind))).toEqual(new Set(['dynamic-import']));
  });
});
