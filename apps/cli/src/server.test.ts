// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of the files.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfigResult, Problem } from '@rollcall/contracts';
import type { ImportResult } from '@rollcall/contracts/client-config';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const bin = join(dirname(fileURLToPath(import.meta.url)), '../bin/rollcall.mjs');
let folder: string;
let server: Server;
let url: string;
/** What the server was asked, and what it answers. */
let asked: { line: string; authorization: string | undefined; body: unknown }[] = [];
let reply: { status: number; body: unknown };
/** Answered before that one, in order. */
let replies: (typeof reply)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-cli-'));
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({
        line: `${request.method} ${request.url}`,
        authorization: request.headers.authorization,
        body: text === '' ? null : JSON.parse(text),
      });
      const { status, body } = replies.shift() ?? reply;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked = [];
});

function rollcall(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ROLLCALL_URL: url, ROLLCALL_API_KEY: 'rc_key', ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', (code) => resolve({ code, stdout, stderr: stderr.replace(/^rollcall: building.*\n/m, '') }));
  });
}

const YAML =
  'version: 1\nname: shop\nendpoints:\n  search:\n    url: https://search.example/mcp\n    auth:\n      type: bearer\n      token: ${TOKEN}\n';

describe('rollcall apply', () => {
  const result: ConfigResult = {
    name: 'shop',
    dryRun: false,
    counts: { create: 1, update: 1, delete: 1, unchanged: 2 },
    items: [
      { kind: 'endpoint', key: 'search', action: 'create', id: 'ep_1', changes: [] },
      {
        kind: 'endpoint',
        key: 'orders\u001b[31m',
        action: 'update',
        id: 'ep_2',
        changes: [
          { member: 'intervalSeconds', before: 60, after: 30 },
          { member: 'auth', before: { type: 'bearer' }, after: { type: 'bearer' } },
        ],
      },
      { kind: 'channel', key: 'old', action: 'delete', id: 'ch_1', changes: [] },
      { kind: 'channel', key: 'same', action: 'unchanged', id: 'ch_2', changes: [] },
    ],
  };

  it('fills the secrets in on this side, sends the file, and prints what was done like a diff', async () => {
    await writeFile(join(folder, 'rollcall.yaml'), YAML);
    reply = { status: 200, body: result };
    const { code, stdout, stderr } = await rollcall(['apply', 'rollcall.yaml', '--prune'], { TOKEN: 's3cret' });
    expect([code, stderr]).toEqual([0, '']);
    expect(asked).toMatchObject([
      {
        line: 'PUT /api/v1/config',
        authorization: 'Bearer rc_key',
        body: { prune: true, dryRun: false, config: { name: 'shop', endpoints: { search: { auth: { token: 's3cret' } } } } },
      },
    ]);
    expect(stdout).toBe(
      [
        '+ endpoint search',
        '~ endpoint orders\\u001b[31m',
        '    intervalSeconds: 60 → 30',
        '    auth: (secret changed)',
        '- channel old',
        '',
        'shop: 1 created, 1 changed, 1 deleted, 2 unchanged',
        '',
      ].join('\n'),
    );
    reply = { status: 200, body: { ...result, dryRun: true } };
    expect((await rollcall(['apply', 'rollcall.yaml', '--dry-run'], { TOKEN: 's3cret' })).stdout).toMatch(
      /1 to create, 1 to change, 1 to delete/,
    );
    expect(JSON.parse((await rollcall(['apply', 'rollcall.yaml', '--json'], { TOKEN: 's3cret' })).stdout)).toMatchObject({
      counts: { create: 1 },
    });
  });

  it('asks the server nothing when the file is wrong, and says where', async () => {
    await writeFile(join(folder, 'unset.yaml'), YAML);
    const unset = await rollcall(['apply', 'unset.yaml']);
    expect([unset.code, unset.stderr]).toEqual([3, 'rollcall: unset.yaml:8:14: the variable TOKEN is not set\n']);
    await writeFile(join(folder, 'wrong.yaml'), YAML.replace('auth:', 'intervall: 5\n    intervalSeconds: 1\n    auth:'));
    const wrong = await rollcall(['apply', 'wrong.yaml'], { TOKEN: 't' });
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toMatch(
      /wrong\.yaml:7:5: endpoints\.search\.intervalSeconds: .*\n.*wrong\.yaml:6:5: endpoints\.search\.intervall: is not known here/,
    );
    const none = await rollcall(['apply', 'nowhere.yaml']);
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('nowhere.yaml')]);
    expect(asked).toEqual([]);
  });

  it('puts the refusals of the server to the lines they are about', async () => {
    await writeFile(join(folder, 'rollcall.yaml'), YAML);
    const problem: Problem = {
      type: '/docs/problems/invalid_request',
      title: 'Bad Request',
      status: 400,
      code: 'invalid_request',
      detail: 'The file cannot be applied.',
      errors: [{ pointer: '/config/endpoints/search/url', message: 'is not a public address' }],
    };
    reply = { status: 400, body: problem };
    const { code, stderr } = await rollcall(['apply', 'rollcall.yaml', '--keep-secrets']);
    expect([code, stderr]).toEqual([3, 'rollcall: rollcall.yaml:5:5: endpoints.search.url: is not a public address\n']);
    expect(asked[0]?.body).toMatchObject({ config: { endpoints: { search: { auth: { token: '${TOKEN}' } } } } });
  });
});

describe('rollcall endpoints', () => {
  const endpoint = (name: string) => ({
    id: `ep_${name}`,
    name,
    url: `https://${name}.example/mcp`,
    state: { status: 'up', latencyMs: 12, cause: null },
  });

  it('reads every page, and says whose fault it is when nobody answers as Rollcall', async () => {
    replies = [{ status: 200, body: { data: [endpoint('b')], nextCursor: 'n&1' } }];
    reply = { status: 200, body: { data: [endpoint('a')], nextCursor: null } };
    const { code, stdout } = await rollcall(['endpoints']);
    expect([code, stdout.match(/\w+\.example/g)]).toEqual([0, ['a.example', 'b.example']]);
    expect(asked.map(({ line }) => line)).toEqual(['GET /api/v1/endpoints?limit=200', 'GET /api/v1/endpoints?limit=200&cursor=n%261']);
    reply = { status: 502, body: '' };
    expect(await rollcall(['status'])).toMatchObject({ code: 3, stderr: 'rollcall: The server answered 502. Is ROLLCALL_URL right?\n' });
    const nobody = await rollcall(['status'], { ROLLCALL_URL: 'http://127.0.0.1:1/' });
    expect(nobody.stderr).toMatch(/^rollcall: http:\/\/127\.0\.0\.1:1 does not answer \(.+\)\. Is ROLLCALL_URL right\?\n$/);
  });
});

describe('rollcall export', () => {
  it('prints a file that apply takes', async () => {
    reply = {
      status: 200,
      body: { version: 1, endpoints: { search: { url: 'https://a.example/${x}', auth: { type: 'bearer', token: '${SEARCH_TOKEN}' } } } },
    };
    const { code, stdout } = await rollcall(['export', '--name', 'shop']);
    expect(code).toBe(0);
    expect(asked[0]?.line).toBe('GET /api/v1/config?name=shop');
    expect(stdout).toBe(
      `# yaml-language-server: $schema=${url}/api/v1/config/schema.json\nversion: 1\nendpoints:\n  search:\n    url: https://a.example/$\${x}\n    auth:\n      type: bearer\n      token: \${SEARCH_TOKEN}\n`,
    );
    await writeFile(join(folder, 'back.yaml'), stdout);
    reply = {
      status: 200,
      body: { name: 'rollcall', dryRun: false, counts: { create: 0, update: 0, delete: 0, unchanged: 1 }, items: [] },
    };
    const back = await rollcall(['apply', 'back.yaml'], { SEARCH_TOKEN: 't' });
    expect([back.code, back.stdout]).toEqual([0, 'rollcall: nothing to do, 1 unchanged\n']);
    expect(asked[1]?.body).toMatchObject({ config: { endpoints: { search: { url: 'https://a.example/${x}', auth: { token: 't' } } } } });
  });
});

describe('rollcall import', () => {
  const CLIENT =
    '{\n "mcpServers": {\n  "search": { "url": "https://search.example/mcp", "headers": { "Authorization": "Bearer ${TOKEN}" } },\n  "files": { "command": "npx" }\n } }';
  const result: ImportResult = {
    format: 'mcp-json',
    dryRun: false,
    endpoints: [
      { name: 'search', url: 'https://search.example/mcp', transport: 'auto', status: 'created', reason: null, id: 'ep_1' },
      { name: 'files', url: null, transport: null, status: 'skipped', reason: 'a local program', id: null },
    ],
    findings: [
      {
        severity: 'error',
        code: 'type.missing',
        path: '/mcpServers/search',
        line: 3,
        message: '"type" is missing.',
        fix: 'Add "type": "http".',
      },
    ],
  };

  it('sends the file with the variables that it needs and no others, and prints what became of each server', async () => {
    await writeFile(join(folder, '.mcp.json'), CLIENT);
    reply = { status: 200, body: result };
    const { code, stdout } = await rollcall(['import', '.mcp.json', '--tag', 'a', '--tag', 'b'], { TOKEN: 't', OTHER: 'x' });
    expect(code).toBe(0);
    expect(asked[0]).toMatchObject({
      line: 'POST /api/v1/import',
      body: { content: CLIENT, format: 'mcp-json', variables: { TOKEN: 't' }, tags: ['a', 'b'], dryRun: false },
    });
    expect(stdout).toContain(
      '.mcp.json: read as mcp-json\n  + created  search  https://search.example/mcp\n  - skipped  files   (a local program)\n',
    );
    expect(stdout).toContain('✘ line 3  /mcpServers/search  type.missing\n      "type" is missing.\n      Add "type": "http".');
  });

  it('only lints without a server, and its exit code is the worst finding', async () => {
    await writeFile(join(folder, '.mcp.json'), CLIENT);
    const nobody = { ROLLCALL_URL: 'http://127.0.0.1:1', ROLLCALL_API_KEY: '' };
    const bad = await rollcall(['import', '--lint', '.mcp.json'], nobody);
    expect([bad.code, bad.stdout.split('\n')[0]]).toEqual([2, '.mcp.json: read as mcp-json, 2 servers, 1 remote']);
    await writeFile(join(folder, 'clean.json'), '{"mcpServers":{"a":{"type":"http","url":"https://a.example/mcp"}}}');
    const clean = await rollcall(['import', '--lint', 'clean.json'], nobody);
    expect([clean.code, clean.stdout]).toEqual([0, 'clean.json: read as mcp-json, 1 server, 1 remote\n  ✔ nothing to remark\n']);
    expect(JSON.parse((await rollcall(['import', '--lint', '--json', '.mcp.json'], nobody)).stdout)).toMatchObject({
      format: 'mcp-json',
      findings: [{ line: 3 }],
    });
    await writeFile(join(folder, 'broken.json'), '{"mcpServers":');
    const broken = await rollcall(['import', '--lint', 'broken.json'], nobody);
    expect([broken.code, broken.stderr]).toEqual([3, expect.stringContaining('line 1')]);
    expect(asked).toEqual([]);
  });

  it('reads the YAML of LibreChat, and needs a key to write', async () => {
    await writeFile(
      join(folder, 'librechat.yaml'),
      'version: 1.2.1\nmcpServers:\n  a:\n    type: streamable-http\n    url: https://a.example/mcp\n',
    );
    reply = { status: 200, body: { ...result, format: 'librechat' } };
    await rollcall(['import', 'librechat.yaml', '--dry-run']);
    expect(asked[0]?.body).toMatchObject({
      document: { mcpServers: { a: { type: 'streamable-http' } } },
      format: 'librechat',
      dryRun: true,
    });
    const keyless = await rollcall(['import', 'librechat.yaml'], { ROLLCALL_API_KEY: '' });
    expect([keyless.code, keyless.stderr]).toEqual([3, 'rollcall: ROLLCALL_API_KEY is not set.\n']);
  });
});
