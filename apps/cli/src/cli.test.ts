import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
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

async function mcpServer(mode: 'healthy' | 'gated' | 'hostile'): Promise<string> {
  const name = mode === 'hostile' ? '\u001b]0;owned\u0007\u001b[31mred\u202e' : 'demo';
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      if (mode === 'gated') return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      const message = text ? (JSON.parse(text) as { id?: number; method?: string }) : {};
      const answer = (result: unknown) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
      if (message.method === 'initialize')
        return answer({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name, version: '1' } });
      if (message.method === 'tools/list') return answer({ tools: [{ name: 'one', inputSchema: { type: 'object' } }] });
      if (message.method?.startsWith('notifications/')) return response.writeHead(202).end();
      return response.writeHead(request.method === 'POST' ? 400 : 405).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
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
    expect((await rollcall('check', 'http://127.0.0.1/mcp', '--era', 'bronze')).code).toBe(3);
    expect((await rollcall('check', 'http://127.0.0.1/mcp', '--oauth-client-id', 'x')).code).toBe(3);
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
