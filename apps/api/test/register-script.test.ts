import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

const SCRIPT = join(import.meta.dirname, '../../../docs/examples/register.sh');
const run = promisify(execFile);
let api: TestApi;
let folder: string;
let url: string;
beforeAll(async () => {
  api = await startApi();
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'rollcall-register-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await api.close();
});

const register = (key: string) =>
  run('sh', [SCRIPT, join(folder, 'servers.tsv')], {
    env: { PATH: process.env['PATH'] ?? '', ROLLCALL_URL: url, ROLLCALL_API_KEY: key },
  });

it('a script of 20 lines with curl alone registers 1,000 endpoints from a file, twice, and ends with 1,000', async () => {
  expect((await readFile(SCRIPT, 'utf8')).trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  const names = Array.from({ length: 1000 }, (_, n) => (n === 7 ? 'The "seventh" of \\many' : `Server ${n}`));
  await writeFile(join(folder, 'servers.tsv'), names.map((name, n) => `${name}\thttps://s${n}.example/mcp?a=1&b=2\n`).join(''));
  await expect(register(api.ours.keys.read)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('forbidden') });
  const first = JSON.parse((await register(api.ours.keys.write)).stdout) as { counts: object };
  expect(first.counts).toMatchObject({ created: 1000, failed: 0 });
  const second = JSON.parse((await register(api.ours.keys.write)).stdout) as { counts: object };
  expect(second.counts).toMatchObject({ created: 0, exists: 1000, failed: 0 });
  const endpoints = await api.db.endpoint.findMany({ where: { organizationId: api.ours.id }, select: { name: true, url: true } });
  expect(endpoints.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(endpoints.find(({ name }) => name.includes('seventh'))?.url).toBe('https://s7.example/mcp?a=1&b=2');
});
