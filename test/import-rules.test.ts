import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** Lints one line as if it stood in that package, with the repository's own configuration. */
function lint(pkg: string, line: string): string {
  const folder = mkdtempSync(join(root, 'packages', pkg, 'src', 'rule-'));
  made.push(folder);
  const file = join(folder, 'trial.ts');
  writeFileSync(file, `${line}\n`);
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--only=style/noRestrictedImports', file],
    { cwd: root, encoding: 'utf8' },
  );
  return run.stdout + run.stderr;
}

describe('the import rule', () => {
  it.each([
    ['core', "import '@rollcall/db';"],
    ['core', "import 'undici';"],
    ['core', "import 'node:fs';"],
    ['probe', "import '@rollcall/services';"],
    ['net', "import '@rollcall/probe';"],
    ['contracts', "import '@rollcall/net';"],
    ['notify', "import '@rollcall/db';"],
    ['services', "import '@rollcall/api';"],
    ['queue', "import '@rollcall/db/migrate';"],
    ['services', "import '@rollcall/client';"],
    ['ui', "import '@rollcall/client';"],
    ['client', "import '@rollcall/contracts';"],
    ['client', "import '@rollcall/core';"],
    ['client', "import 'zod';"],
    ['client', "import 'node:fs';"],
  ])('refuses in %s: %s', (pkg, line) => {
    expect(lint(pkg, line)).toContain('noRestrictedImports');
  });

  it.each([
    ['core', "import 'zod';"],
    ['probe', "import '@rollcall/net';"],
    ['services', "import '@rollcall/db';"],
    ['notify', "import '@rollcall/net';"],
  ])('allows in %s: %s', (pkg, line) => {
    expect(lint(pkg, line)).not.toContain('noRestrictedImports');
  });
});
