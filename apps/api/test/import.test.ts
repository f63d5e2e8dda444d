import type { Endpoint } from '@rollcall/contracts';
import { type ClientConfig, type ImportResult, readClientConfig } from '@rollcall/contracts/client-config';
import { createSealer } from '@rollcall/crypto';
import { openCredentials } from '@rollcall/services';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rowCounts, SECRET, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.db.endpoint.deleteMany();
});

async function post(body: object, target = api): Promise<ImportResult> {
  const answer = await target.call('POST', '/api/v1/import', { body });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ImportResult>();
}
const shown = ({ endpoints }: ImportResult) => endpoints.map(({ name, status, url, transport }) => `${name} ${status} ${transport} ${url}`);

const FILE = `{
  "mcpServers": {
    "search": { "type": "http", "url": "https://search.example/mcp", "headers": { "Authorization": "Bearer \${TOKEN}", "X-Team": "red" } },
    "events": { "type": "sse", "url": "https://events.example/sse" },
    "same": { "type": "http", "url": "https://SEARCH.example:443/mcp" },
    "files": { "command": "npx", "args": ["-y", "server-filesystem"] },
    "wrong": { "url": "https://wrong.example/mcp" }
  }
}`;

describe('POST /import', () => {
  it('registers what the file names, says why of the rest, and does it once', async () => {
    const first = await post({ content: FILE, variables: { TOKEN: 's3cret' }, tags: ['imported'] });
    expect(first.format).toBe('mcp-json');
    expect(shown(first)).toEqual([
      'search created streamable-http https://search.example/mcp',
      'events created sse https://events.example/sse',
      'same exists streamable-http https://SEARCH.example:443/mcp',
      'files skipped null null',
      'wrong created auto https://wrong.example/mcp',
    ]);
    expect(first.endpoints[3]?.reason).toMatch(/local program/);
    expect(first.findings.map(({ code, line, path }) => [code, line, path])).toContainEqual(['type.missing', 7, '/mcpServers/wrong']);
    const again = await post({ content: FILE });
    expect(again.endpoints.map(({ status }) => status)).toEqual(['exists', 'exists', 'exists', 'skipped', 'exists']);
    expect(again.endpoints[0]?.id).toBe(first.endpoints[0]?.id);
    const rows = await api.db.endpoint.findMany({ orderBy: { name: 'asc' } });
    expect(rows.map(({ name, tags }) => [name, tags])).toEqual(['events', 'search', 'wrong'].map((name) => [name, ['imported']]));
    const search = rows[1];
    expect(openCredentials(createSealer(SECRET), search?.id ?? '', search?.credentials ?? null)).toEqual({
      headers: { 'X-Team': 'red' },
      auth: { type: 'bearer', token: 's3cret' },
    });
    expect(await api.db.auditLog.count({ where: { action: 'endpoint.created', target: search?.id ?? '' } })).toBe(1);
  });

  it('writes nothing on a dry run and says what it would do', async () => {
    const before = await rowCounts(api.db);
    const answer = await post({ content: FILE, dryRun: true });
    expect(answer.endpoints.map(({ status, id }) => [status, id])[0]).toEqual(['created', null]);
    expect(answer.endpoints[0]?.reason).toMatch(/left out: header "Authorization" needs "TOKEN"/);
    expect(await rowCounts(api.db)).toEqual(before);
  });

  it('skips what this installation may not call, and registers the rest', async () => {
    const guarded = await startApi({ allowPrivate: false });
    try {
      const document = {
        mcpServers: {
          inside: { type: 'http', url: 'http://127.0.0.1:9/mcp' },
          user: { type: 'http', url: 'https://u:p@user.invalid/mcp' },
          outside: { type: 'http', url: 'https://outside.invalid/mcp' },
        },
      };
      const answer = await post({ document }, guarded);
      expect(answer.endpoints.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'created']);
      expect(answer.endpoints[0]?.reason).toMatch(/not public/);
      expect(answer.endpoints[1]?.reason).toMatch(/user or password/);
    } finally {
      await guarded.close();
    }
  });

  it('tells nobody of the endpoints of another organization', async () => {
    await api.call('POST', '/api/v1/endpoints', {
      key: api.theirs.keys.admin,
      body: { name: 'theirs', url: 'https://search.example/mcp' },
    });
    const answer = await post({ content: FILE });
    expect(answer.endpoints[0]?.status).toBe('created');
  });
});

describe('GET /endpoints/{id}/client-configs', () => {
  it('gives back, for each client, a block that names the endpoint and none of its secrets', async () => {
    const body = {
      name: 'Search',
      url: 'https://search.example/sse',
      transport: 'sse',
      auth: { type: 'bearer', token: 'hidden-token' },
      headers: { 'X-Key': 'hidden-key' },
    };
    const { id } = (await api.call('POST', '/api/v1/endpoints', { body })).json<Endpoint>();
    const answer = await api.call('GET', `/api/v1/endpoints/${id}/client-configs`);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.body).not.toContain('hidden');
    const { data } = answer.json<{ data: ClientConfig[] }>();
    expect(data.map((block) => block.id)).toEqual([
      'claude-code',
      'mcp-json',
      'claude-desktop',
      'vscode',
      'cursor',
      'windsurf',
      'gemini-cli',
      'python',
      'typescript',
    ]);
    const block = data.find((config) => config.id === 'mcp-json');
    const [server] = readClientConfig(
      { content: block?.content ?? '' },
      { variables: { Search_TOKEN: '', SEARCH_TOKEN: 't', SEARCH_X_KEY: 'k' } },
    ).servers;
    expect(server?.target).toEqual({ url: body.url, transport: 'sse', bearer: 't', headers: { 'X-Key': 'k' } });
  });
});
