import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const example = join(root, 'docs/examples/rollcall.yaml');
const secrets = { SEARCH_TOKEN: 'search-secret', ORDERS_KEY: 'orders-secret', ON_CALL_URL: 'https://hook.example/in?key=hook-secret' };
let api: TestApi;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  api = await startApi();
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.app.server.address() as AddressInfo;
  env = { ROLLCALL_URL: `http://127.0.0.1:${port}`, ROLLCALL_API_KEY: api.ours.keys.write };
  folder = await mkdtemp(join(tmpdir(), 'rollcall-config-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await api.close();
});

function rollcall(args: string[], more: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env, ...more } };
    execFile(process.execPath, [join(root, 'apps/cli/bin/rollcall.mjs'), ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}
const written = async () =>
  JSON.stringify([await api.db.endpoint.findMany(), await api.db.channel.findMany(), await api.db.maintenanceWindow.findMany()]);

describe('rollcall against a server', () => {
  it('applies a file, then nothing; exports it, and the export applied is nothing either', async () => {
    const planned = await rollcall(['apply', example, '--dry-run'], secrets);
    expect(planned.stdout, planned.stderr).toContain('shop: 6 to create, 0 unchanged');
    expect(await api.db.endpoint.count()).toBe(0);
    const first = await rollcall(['apply', example], secrets);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/\+ channel on-call\n {4}signing secret, shown this once: whsec_/);
    const before = await written();
    expect((await rollcall(['apply', example, '--prune'], secrets)).stdout).toBe('shop: nothing to do, 6 unchanged\n');

    const { stdout: yaml } = await rollcall(['export', '--name', 'shop']);
    expect(yaml).not.toMatch(/secret-|-secret|whsec_/);
    await writeFile(join(folder, 'export.yaml'), yaml);
    expect((await rollcall(['apply', 'export.yaml'])).stderr).toMatch(/export\.yaml:\d+:\d+: the variable SEARCH_TOKEN is not set/);
    expect((await rollcall(['apply', 'export.yaml', '--keep-secrets', '--prune'])).stdout).toBe('shop: nothing to do, 6 unchanged\n');
    const { stdout: json } = await rollcall(['export', '--json']);
    await writeFile(join(folder, 'export.json'), json);
    expect((await rollcall(['apply', 'export.json', '--keep-secrets'])).stdout).toBe('rollcall: nothing to do, 6 unchanged\n');
    expect(await written()).toBe(before);

    await writeFile(
      join(folder, 'less.yaml'),
      'version: 1\nname: shop\nendpoints:\n  staging:\n    url: https://staging.example.com/mcp\n    intervalSeconds: 60\n    tags: [staging]\n',
    );
    const less = await rollcall(['apply', 'less.yaml', '--prune']);
    expect(less.stdout).toContain('~ endpoint staging\n    intervalSeconds: 300 → 60\n');
    expect(less.stdout).toContain('shop: 1 changed, 5 deleted, 0 unchanged\n');
    const refused = await rollcall(['apply', 'less.yaml'], { ROLLCALL_API_KEY: api.ours.keys.read });
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('write')]);
  }, 120_000);

  it('imports a file of a client, and again', async () => {
    await writeFile(join(folder, '.mcp.json'), '{"mcpServers":{"a":{"type":"http","url":"https://a.example/mcp"},"b":{"command":"npx"}}}');
    expect((await rollcall(['import', '.mcp.json'])).stdout).toContain('+ created  a  https://a.example/mcp');
    expect((await rollcall(['import', '.mcp.json'])).stdout).toContain('= exists   a  https://a.example/mcp');
    expect(await api.db.endpoint.count({ where: { url: 'https://a.example/mcp' } })).toBe(1);
  });
});
