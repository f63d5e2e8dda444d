import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../apps/api/test/harness.ts';
import { removeFolder, repository } from './rollcall.ts';

const run = promisify(execFile);
const suite = join(repository, 'test/conformance/run.mjs');

let api: TestApi;
let front: Server;
let url: string;
const folders: string[] = [];

/** The suite knows no credentials: this adds the key and passes everything else on as it is, Host and Origin included. */
function addKey(port: number, key: string): Server {
  return createServer((asked, answer) => {
    const headers = { ...asked.headers, authorization: `Bearer ${key}` };
    const onward = httpRequest({ host: '127.0.0.1', port, method: asked.method, path: asked.url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.once('error', () => answer.destroy());
    asked.pipe(onward);
  });
}

beforeAll(async () => {
  const port = await freePort();
  api = await startApi({ config: { publicUrl: `http://localhost:${port}` } });
  await api.app.listen({ port, host: '127.0.0.1' });
  front = addKey(port, api.ours.keys.read);
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(front.address() as AddressInfo).port}/mcp`;
});
afterAll(async () => {
  front.close();
  front.closeAllConnections();
  await api.close();
  for (const folder of folders) await removeFolder(folder);
});

interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly errorMessage?: string;
}

/** One server scenario of the official suite, played against `/mcp`. */
async function play(scenario: string): Promise<Check[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-conformance-'));
  folders.push(folder);
  // Its exit code says the same as its checks; these say which.
  await run(process.execPath, [suite, 'server', '--url', url, '--scenario', scenario, '--output-dir', folder], { timeout: 120_000 }).catch(
    () => undefined,
  );
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith('checks.json'));
  return JSON.parse(readFileSync(join(folder, found ?? 'checks.json'), 'utf8')) as Check[];
}

describe('/mcp as the server of the MCP conformance suite', () => {
  it.each([
    ['server-initialize', 'server-initialize'],
    ['ping', 'ping'],
    ['tools-list', 'tools-list'],
    ['dns-rebinding-protection', 'localhost-host-rebinding-rejected'],
    ['dns-rebinding-protection', 'localhost-host-valid-accepted'],
  ])('%s: %s', async (scenario, id) => {
    const checks = await play(scenario);
    expect(checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING')).toEqual([]);
    expect(checks).toContainEqual(expect.objectContaining({ id, status: 'SUCCESS' }));
  });
});
