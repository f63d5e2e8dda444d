import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type ClientConfigFormat, clientConfigsFor, readClientConfig, type SnippetSubject } from './index.ts';

const endpoint: SnippetSubject = {
  name: 'Search (prod) "x"',
  url: "https://mcp.example.com/mcp?a=it's&b=$HOME`id`",
  transport: 'streamable-http',
  headers: ['X-Team'],
  auth: 'bearer',
};
const block = (subject: SnippetSubject, id: string) => clientConfigsFor(subject).find((config) => config.id === id)?.content ?? '';

describe('clientConfigsFor', () => {
  it.each<[string, ClientConfigFormat]>([
    ['mcp-json', 'mcp-json'],
    ['claude-desktop', 'claude-desktop'],
    ['vscode', 'vscode'],
    ['cursor', 'cursor'],
    ['windsurf', 'windsurf'],
    ['gemini-cli', 'gemini-cli'],
  ])('writes for %s what our own reader takes for the same server, without fault', (id, format) => {
    for (const subject of [endpoint, { ...endpoint, url: 'https://mcp.example.com/sse', transport: 'sse' as const }]) {
      const given = {
        SEARCH_PROD_X_TOKEN: 't',
        SEARCH_PROD_X_X_TEAM: 'red',
        'input:search-prod-x-token': 't',
        'input:search-prod-x-x-team': 'red',
      };
      const { servers, findings } = readClientConfig({ content: block(subject, id) }, { format, variables: given });
      expect(findings.filter(({ code }) => code !== 'variable.placeholder')).toEqual([]);
      const [server] = servers;
      const known = id === 'cursor' || id === 'windsurf' ? 'auto' : subject.transport;
      expect(server).toMatchObject({
        name: 'Search-prod-x',
        reason: null,
        target: { url: subject.url.replace('$', '%24'), transport: known },
      });
      if (id !== 'claude-desktop') expect(server?.target).toMatchObject({ bearer: 't', headers: { 'X-Team': 'red' } });
    }
  });

  it('writes a command line that a shell reads as it was meant', () => {
    const line = block(endpoint, 'claude-code').replace('claude mcp add', 'printf "%s\\n"');
    const { stdout } = spawnSync('sh', ['-c', line], {
      encoding: 'utf8',
      env: { SEARCH_PROD_X_TOKEN: 'a b', SEARCH_PROD_X_X_TEAM: 'red' },
    });
    expect(stdout.split('\n')).toEqual([
      '--transport',
      'http',
      'Search-prod-x',
      endpoint.url,
      '--header',
      'Authorization: Bearer a b',
      '--header',
      'X-Team: red',
      '',
    ]);
  });

  it('honours the transport in the snippets, and needs nothing where no secret is', () => {
    const plain: SnippetSubject = { ...endpoint, name: '検索', headers: [], auth: 'none', transport: 'sse' };
    expect(block(plain, 'python')).toMatch(/sse_client\(URL, headers=HEADERS\)/);
    expect(block(plain, 'typescript')).toMatch(/new SSEClientTransport\(new URL\(".*"\)\);/);
    expect(block(endpoint, 'typescript')).toMatch(/"Authorization": `Bearer \$\{process\.env\["SEARCH_PROD_X_TOKEN"\]\}`/);
    expect(block(endpoint, 'python')).toMatch(/"Authorization": "Bearer " \+ os\.environ\["SEARCH_PROD_X_TOKEN"\]/);
    expect(block(plain, 'mcp-json')).toContain('"server"');
    expect(
      clientConfigsFor(plain)
        .map(({ note }) => note)
        .join(''),
    ).not.toContain('Set ');
    expect(block({ ...plain, url: 'http://localhost:1/sse' }, 'claude-desktop')).toContain('--allow-http');
  });
});
