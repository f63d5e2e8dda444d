import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, type ProbeTarget } from '@rollcall/probe';
import { parityOf, simulateClients } from '@rollcall/probe/simulate';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startModernServer, startSseServer } from '../../packages/probe/test/sdk-servers.ts';
import { commandOf, type PublishedServer, startPublished } from './published-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-published-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const quoted = (...words: string[]): string => words.map((word) => `"${word}"`).join(' ');
const memory = quoted(process.execPath, commandOf('@modelcontextprotocol/server-memory'));
const files = quoted(process.execPath, commandOf('@modelcontextprotocol/server-filesystem'), folder);
const NOTION_TOKEN = 'a-token-of-this-test-alone';

type Expected = {
  readonly server: PublishedServer;
  readonly transport: 'streamable-http' | 'sse';
  readonly modern: 'works' | 'absent' | 'untested';
  readonly more?: Partial<ProbeTarget>;
};
const gateway = (stdio: string, ...args: string[]): Pick<PublishedServer, 'command' | 'args' | 'env'> => ({
  command: 'supergateway',
  args: (port) => ['--stdio', stdio, '--port', String(port), '--logLevel', 'none', ...args],
  env: () => ({ MEMORY_FILE_PATH: join(folder, 'memory.jsonl') }),
});

const PUBLISHED: [string, Expected][] = [
  [
    'server-everything over Streamable HTTP',
    {
      server: {
        command: '@modelcontextprotocol/server-everything',
        args: () => ['streamableHttp'],
        env: (port) => ({ PORT: String(port) }),
        path: '/mcp',
      },
      transport: 'streamable-http',
      modern: 'absent',
    },
  ],
  [
    'server-everything over HTTP+SSE',
    {
      server: {
        command: '@modelcontextprotocol/server-everything',
        args: () => ['sse'],
        env: (port) => ({ PORT: String(port) }),
        path: '/sse',
      },
      transport: 'sse',
      modern: 'absent',
    },
  ],
  [
    'context7-mcp',
    {
      server: { command: '@upstash/context7-mcp', args: (port) => ['--transport', 'http', '--port', String(port)], path: '/mcp' },
      transport: 'streamable-http',
      modern: 'works',
    },
  ],
  [
    'notion-mcp-server, with its bearer token',
    {
      server: {
        command: '@notionhq/notion-mcp-server',
        args: (port) => ['--transport', 'http', '--port', String(port), '--auth-token', NOTION_TOKEN],
        env: () => ({ NOTION_TOKEN: 'ntn_none' }),
        path: '/mcp',
      },
      transport: 'streamable-http',
      modern: 'absent',
      more: { auth: { type: 'bearer', token: NOTION_TOKEN } },
    },
  ],
  [
    'playwright-mcp',
    {
      server: {
        command: '@playwright/mcp',
        args: (port) => ['--port', String(port), '--headless'],
        path: '/mcp',
        host: 'localhost',
      },
      transport: 'streamable-http',
      modern: 'absent',
    },
  ],
  [
    'server-memory behind supergateway, without sessions',
    {
      server: { ...gateway(memory, '--outputTransport', 'streamableHttp'), path: '/mcp' },
      transport: 'streamable-http',
      modern: 'absent',
    },
  ],
  [
    'server-filesystem behind supergateway, with sessions',
    {
      server: { ...gateway(files, '--outputTransport', 'streamableHttp', '--stateful'), path: '/mcp' },
      transport: 'streamable-http',
      modern: 'absent',
    },
  ],
  [
    'server-memory behind supergateway over HTTP+SSE',
    { server: { ...gateway(memory, '--outputTransport', 'sse'), path: '/sse' }, transport: 'sse', modern: 'absent' },
  ],
];

function target(url: string, more: Partial<ProbeTarget> = {}): ProbeTarget {
  const settings = { transport: 'auto', era: 'auto', headers: {}, auth: { type: 'none' }, timeoutMs: 30_000, deep: false } as const;
  return { url, ...settings, region: 'default', hint: null, expect: {}, baseline: null, ...more };
}

/** Probed, and run through the real SDK clients. */
async function look(url: string, more: Partial<ProbeTarget> = {}) {
  const deps = { policy: { allowPrivate: true } };
  const { report } = await check(target(url, more), deps);
  const simulations = await simulateClients(target(url, more), deps, { timeoutMs: 15_000 });
  const disagreements = simulations.filter((simulation) => {
    const verdict = report.clients.find(({ id }) => id === simulation.client);
    return verdict === undefined || parityOf(simulation, verdict, report.tools?.count ?? null) !== 'agree';
  });
  return { report, simulations, disagreements };
}

describe('a published server', () => {
  it.each(PUBLISHED)('%s is up with the tools that the SDK lists', async (_name, { server, transport, modern, more }) => {
    const running = await startPublished(server);
    cleanups.push(() => running.stop());
    const { report, simulations, disagreements } = await look(running.url, more);
    expect([report.verdict, report.cause?.code ?? null]).toEqual(['up', null]);
    expect(report.transport).toBe(transport);
    expect(report.eras).toEqual({ legacy: 'works', modern });
    const listed = simulations.find(({ client }) => client === 'ts-sdk-v1')?.tools;
    expect(listed?.length).toBeGreaterThan(0);
    expect(report.tools?.names).toEqual(listed);
    expect(disagreements).toEqual([]);
  });
});

describe('a server of the official SDK', () => {
  it.each([
    ['2.x, 2026-07-28 only', () => startModernServer('modern-only'), { modern: 'works', legacy: 'absent' }, 'ts-client-v2-modern'],
    ['2.x, both eras', () => startModernServer('dual'), { modern: 'works', legacy: 'works' }, 'ts-client-v2-modern'],
    ['1.x, HTTP+SSE', startSseServer, { modern: 'absent', legacy: 'works' }, 'ts-sdk-v1'],
  ] as const)('%s is up with the tools that the SDK lists', async (_name, start, eras, client) => {
    const running = await start();
    cleanups.push(() => running.close());
    const { report, simulations, disagreements } = await look(running.url);
    expect([report.verdict, report.cause?.code ?? null]).toEqual(['up', null]);
    expect(report.eras).toEqual(eras);
    expect(report.tools?.names).toEqual(simulations.find((simulation) => simulation.client === client)?.tools);
    expect(disagreements).toEqual([]);
  });
});
