import { afterEach, describe, expect, it } from 'vitest';
import { INITIALIZE, result, startServer, TOOLS } from '../test/servers.ts';
import { check } from './check.ts';
import { CLIENT_PROFILES } from './clients/profiles.ts';
import { diagnose } from './diagnose.ts';
import { judge } from './judge.ts';
import type { CheckResult } from './types.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const SETTINGS = {
  transport: 'auto',
  era: 'auto',
  headers: {},
  auth: { type: 'none' },
  timeoutMs: 15_000,
  deep: false,
  region: 'default',
  hint: null,
  expect: {},
  baseline: null,
} as const;

async function checked(overrides: Parameters<typeof startServer>[0]): Promise<CheckResult> {
  const server = await startServer(overrides);
  cleanups.push(() => server.close());
  return check({ url: server.url, ...SETTINGS }, { policy: { allowPrivate: true } });
}

const byClient = (clients: CheckResult['clients']) =>
  new Map(clients.map(({ id, verdict, because }) => [id, because ? `${verdict} ${because}` : verdict]));

async function verdicts(overrides: Parameters<typeof startServer>[0]): Promise<Map<string, string>> {
  return byClient((await checked(overrides)).clients);
}

describe('judge', () => {
  it('a healthy legacy server works for everybody but a client that speaks 2026-07-28 alone', async () => {
    const found = await verdicts({});
    for (const { id } of CLIENT_PROFILES)
      expect([id, found.get(id)]).toEqual([id, id === 'ts-client-v2-modern' ? 'fails protocol.legacy_only' : 'works']);
  });

  it('a server at the wrong path fails for all of them', async () => {
    const found = await verdicts({ every: (response) => response.writeHead(404).end() });
    expect(new Set(found.values())).toEqual(new Set(['fails transport.wrong_path']));
  });

  it('one malformed tool fails the SDK clients; what it does to others stays unknown', async () => {
    const found = await verdicts({
      'tools/list': (response, message) => result(response, message, { tools: [...TOOLS, { name: 'bad' }] }),
    });
    expect(found.get('ts-sdk-v1')).toBe('fails tools.schema_invalid');
    expect(found.get('gemini-cli')).toBe('fails tools.schema_invalid');
    expect(found.get('zed')).toBe('unknown tools.schema_invalid');
  });

  it('a tool list that nobody announced is empty for the v2 client and works for v1', async () => {
    const found = await verdicts({ initialize: (response, message) => result(response, message, { ...INITIALIZE, capabilities: {} }) });
    expect(found.get('ts-client-v2')).toBe('fails tools.capability_missing');
    expect(found.get('ts-sdk-v1')).toBe('works');
  });

  it('a server that chokes on the new question fails clients that ask it first', async () => {
    const found = await verdicts({ 'server/discover': (response) => response.writeHead(500).end() });
    expect(found.get('ts-client-v2-auto')).toBe('fails modern.fallback_poisoned');
    expect(found.get('ts-client-v2')).toBe('works');
  });

  it('an empty list stops the one client that refuses it', async () => {
    const found = await verdicts({ 'tools/list': (response, message) => result(response, message, { tools: [] }) });
    expect(found.get('gemini-cli')).toBe('fails tools.empty');
    expect(found.get('ts-sdk-v1')).toBe('works');
  });

  it('a port that fetch refuses stops the clients on fetch alone', async () => {
    const { observation } = await checked({});
    const there = { ...observation, target: { ...observation.target, port: 6000 } };
    const found = byClient(judge(there, diagnose(there)));
    expect(found.get('ts-sdk-v1')).toBe('fails url.blocked_port');
    expect(found.get('python-sdk')).toBe('works');
  });

  it('a name with an internal address fails hosted clients; others may be in that network', async () => {
    const resolve = async () => [{ address: '10.0.0.7', family: 4 as const }];
    const target = { url: 'https://mcp.example.com/mcp', ...SETTINGS };
    const { clients } = await check(target, { policy: { allowPrivate: false }, resolve });
    expect(byClient(clients).get('claude-connectors')).toBe('fails dns.private_address');
    expect(byClient(clients).get('claude-code')).toBe('unknown dns.private_address');
  });

  it('a password in the address fails clients on fetch; what others make of it stays unknown', async () => {
    const target = { url: 'https://monitor:secret@mcp.example.com/mcp', ...SETTINGS };
    const { clients } = await check(target, { policy: { allowPrivate: true } });
    expect(byClient(clients).get('ts-client-v2')).toBe('fails url.credentials_in_url');
    expect(byClient(clients).get('python-sdk')).toBe('unknown url.credentials_in_url');
  });

  it('a schema that only one SDK refuses fails its clients and no others', async () => {
    const broken = { type: 'object', properties: { a: { $ref: '#/nowhere' } } };
    const found = await verdicts({
      'tools/list': (response, message) => result(response, message, { tools: [{ ...TOOLS[0], outputSchema: broken }] }),
    });
    expect(found.get('ts-sdk-v1')).toBe('fails tools.schema_invalid');
    expect(found.get('mcp-remote')).toBe('fails tools.schema_invalid');
    expect(found.get('ts-client-v2')).toBe('works');
  });

  it('a server that asks for a sign-in at the first question says nothing of who can sign in', async () => {
    const found = await verdicts({ every: (response) => response.writeHead(401).end() });
    expect(new Set([...found.values()].map((verdict) => verdict.split(' ')[0]))).toEqual(new Set(['unknown']));
  });

  it('a discover that is forbidden stops who asks it first', async () => {
    const found = await verdicts({ 'server/discover': (response) => response.writeHead(403).end() });
    expect(found.get('ts-client-v2-auto')).toBe('fails modern.fallback_poisoned');
    expect(found.get('ts-client-v2')).toBe('works');
  });
});
