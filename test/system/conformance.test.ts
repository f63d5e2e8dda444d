import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Report, reportSchema } from '@rollcall/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { repository } from './rollcall.ts';

const run = promisify(execFile);
const suite = join(repository, 'test/conformance/run.mjs');
const client = join(repository, 'test/conformance/client.mjs');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly errorMessage?: string;
}

/** One client scenario of the official suite, played with `rollcall check`: its checks, and the report that was written. */
async function play(scenario: string): Promise<{ checks: Check[]; report: Report }> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-conformance-'));
  folders.push(folder);
  const command = `${process.execPath} ${client}`;
  await run(process.execPath, [suite, 'client', '--command', command, '--scenario', scenario, '--output-dir', folder], {
    cwd: folder,
    timeout: 120_000,
  });
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, found.find((path) => path.endsWith(name)) ?? name), 'utf8'));
  return { checks: read('checks.json') as Check[], report: reportSchema.parse(read('stdout.txt')) };
}

describe('rollcall check as the client of the MCP conformance suite', () => {
  it.each([
    ['initialize', 'mcp-client-initialization'],
    ['auth/client-credentials-basic', 'client-credentials-basic-auth'],
  ])('%s', async (scenario, id) => {
    const { checks, report } = await play(scenario);
    expect(checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING')).toEqual([]);
    expect(checks).toContainEqual(expect.objectContaining({ id, status: 'SUCCESS' }));
    expect([report.verdict, report.eras.legacy]).toEqual(['up', 'works']);
  });
});
