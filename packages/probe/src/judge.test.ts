import { afterEach, describe, expect, it } from 'vitest';
import { INITIALIZE, result, startServer, TOOLS } from '../test/servers.ts';
import { check } from './check.ts';
import { CLIENT_PROFILES } from './clients/profiles.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function verdicts(overrides: Parameters<typeof startServer>[0]): Promise<Map<string, string>> {
  const server = await startServer(overrides);
  cleanups.push(() => server.close());
  const settings = {
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
  const { clients } = await check({ url: server.url, ...settings }, { policy: { allowPrivate: true } });
  return new Map(clients.map(({ id, verdict, because }) => [id, because ? `${verdict} ${because}` : verdict]));
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
});
