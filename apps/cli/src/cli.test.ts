import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportSchema } from '@rollcall/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { createPaint, harmless } from './paint.ts';

const bin = join(dirname(fileURLToPath(import.meta.url)), '../bin/rollcall.mjs');
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** The command as a person runs it: a process of its own, its exit code, what it printed. */
function rollcall(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], { env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;

/** A server on the loopback address; the promise is of its origin. */
async function serve(handle: Handle): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => handle(request, response, text));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function mcpServer(mode: 'healthy' | 'gated' | 'hostile'): Promise<string> {
  return `${await serve(mcp(mode))}/mcp`;
}

function mcp(mode: 'healthy' | 'gated' | 'hostile'): Handle {
  const name = mode === 'hostile' ? '\u001b]0;owned\u0007\u001b[31mred\u202e' : 'demo';
  return (request, response, text) => {
    if (mode === 'gated') return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    const message = text ? (JSON.parse(text) as { id?: number; method?: string }) : {};
    const answer = (result: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
    if (message.method === 'initialize')
      return answer({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name, version: '1' } });
    if (message.method === 'tools/list') return answer({ tools: [{ name: 'one', inputSchema: { type: 'object' } }] });
    if (message.method?.startsWith('notifications/')) return response.writeHead(202).end();
    return response.writeHead(request.method === 'POST' ? 400 : 405).end();
  };
}

/** A server that takes the token of its own authorization server, which gives it to one client for one scope. */
function signInServer(): Promise<string> {
  const give = (response: ServerResponse, document: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  return serve((request, response, text) => {
    const origin = `http://${request.headers.host}`;
    const authorization = request.headers.authorization ?? '';
    switch (request.url) {
      case '/.well-known/oauth-protected-resource/mcp':
        return give(response, { resource: `${origin}/mcp`, authorization_servers: [origin] });
      case '/.well-known/oauth-authorization-server':
        return give(response, { issuer: origin, token_endpoint: `${origin}/token` });
      case '/token': {
        const known = authorization === `Basic ${Buffer.from('cli:hush-4711').toString('base64')}`;
        if (!known || new URLSearchParams(text).get('scope') !== 'tools') return response.writeHead(401).end();
        return give(response, { access_token: 'tok_cli_88f1', token_type: 'Bearer', expires_in: 60 });
      }
      default:
        return mcp(authorization === 'Bearer tok_cli_88f1' ? 'healthy' : 'gated')(request, response, text);
    }
  });
}

describe('rollcall check', () => {
  it('prints the report alone with --json and exits 0 when up', async () => {
    const { code, stdout } = await rollcall('check', await mcpServer('healthy'), '--json');
    expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({ verdict: 'up', tools: { count: 1 } });
    expect(code).toBe(0);
  });

  it('exits 0 when gated, 2 when down, 3 for an unusable call or a refused address', async () => {
    expect((await rollcall('check', await mcpServer('gated'))).code).toBe(0);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const down = await rollcall('check', `http://127.0.0.1:${port}/mcp`);
    expect(down.code).toBe(2);
    expect(down.stdout).toContain('tcp.refused');
    expect(down.stdout).toContain('curl');
    expect((await rollcall('check')).code).toBe(3);
    const typo = await rollcall('check', 'mcp.example.com/mcp', '--json');
    expect([typo.code, typo.stdout]).toEqual([3, '']);
    expect((await rollcall('check', 'http://127.0.0.1/mcp', '--era', 'bronze')).code).toBe(3);
    expect((await rollcall('check', 'http://127.0.0.1/mcp', '--oauth-client-id', 'x')).code).toBe(3);
  });

  it('signs in with client credentials and prints neither secret nor token', async () => {
    const url = `${await signInServer()}/mcp`;
    const oauth = ['--oauth-client-id', 'cli', '--oauth-client-secret', 'hush-4711', '--oauth-scope', 'tools'];
    const signedIn = await rollcall('check', url, ...oauth, '--transcript');
    expect(signedIn.code).toBe(0);
    expect(signedIn.stdout).toContain('UP');
    expect(signedIn.stdout).toContain('token');
    expect(signedIn.stdout + signedIn.stderr).not.toMatch(/hush-4711|tok_cli_88f1/);
    const refused = await rollcall('check', url, ...oauth.with(3, 'wrong-secret'));
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('auth.token_expired');
  });

  it('shows escape sequences of the server instead of obeying them, and no colour in a pipe', async () => {
    const { stdout } = await rollcall('check', await mcpServer('hostile'), '--transcript');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u202e');
    expect(stdout).toContain('UP');
  });
});

describe('what is printed', () => {
  it('is coloured on a terminal only, and NO_COLOR has the last word', () => {
    expect(createPaint({ isTTY: true }, {}).red('x')).not.toBe('x');
    expect(createPaint({ isTTY: false }, {}).red('x')).toBe('x');
    expect(createPaint({ isTTY: true }, { NO_COLOR: '1' }).red('x')).toBe('x');
  });
  it('holds no control character but line ends and tabs', () => {
    expect(harmless('a\u001b[31m\u0000\tb\n\u202ec')).toBe('a\\u001b[31m\\u0000\tb\n\\u202ec');
  });
});
