import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

let root = '';
afterEach(() => rm(root, { recursive: true, force: true }));

/** A checkout whose build takes a while and leaves a program that says hello. */
async function checkout(): Promise<string> {
  root = await mkdtemp(join(tmpdir(), 'rollcall-bin-'));
  for (const folder of [
    'apps/cli/src',
    'packages/probe/src',
    'packages/net/src',
    'packages/contracts/src',
    'packages/client/src',
    'packages/core/src',
  ])
    await mkdir(join(root, folder), { recursive: true });
  for (const folder of ['node_modules', 'scripts']) await mkdir(join(root, folder));
  await writeFile(
    join(root, 'scripts/build-app.mjs'),
    `import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
appendFileSync('builds', 'x');
rmSync('apps/cli/dist', { recursive: true, force: true });
mkdirSync('apps/cli/dist');
writeFileSync('apps/cli/dist/main.js', "import './chunk.js';");
await new Promise((resolve) => setTimeout(resolve, 300));
writeFileSync('apps/cli/dist/chunk.js', 'console.log("hello")');`,
  );
  await mkdir(join(root, 'apps/cli/bin'));
  await cp(join(import.meta.dirname, '../bin/rollcall.mjs'), join(root, 'apps/cli/bin/rollcall.mjs'));
  return join(root, 'apps/cli/bin/rollcall.mjs');
}

const start = (bin: string) =>
  new Promise<{ error: unknown; stdout: string }>((resolve) =>
    execFile(process.execPath, [bin], (error, stdout) => resolve({ error, stdout })),
  );

it('npx rollcall, started several times at once on a fresh checkout, builds once and runs each time', async () => {
  const bin = await checkout();
  // What somebody who was killed left behind holds nobody up.
  await writeFile(join(root, 'apps/cli/.building'), '999999999');
  const runs = await Promise.all([start(bin), start(bin), start(bin)]);
  expect(runs).toEqual(runs.map(() => ({ error: null, stdout: 'hello\n' })));
  expect(await readFile(join(root, 'builds'), 'utf8')).toBe('x');
});
