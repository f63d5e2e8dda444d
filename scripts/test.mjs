// npm test: installs what is missing, builds, then runs every test. Arguments go to vitest (npm test -- packages/core).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTestPrograms } from './lib/debian.mjs';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './lib/workspace.mjs';

requireNode();
await ensureInstalled();
await ensureTestPrograms();
await ensureBuilt();

const results = mkdtempSync(join(tmpdir(), 'rollcall-results-'));
const file = join(results, 'results.json');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { code } = await run(process.execPath, [
  vitest,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  ...process.argv.slice(2),
]);
let passed = 0;
let failed = 0;
try {
  const summary = JSON.parse(readFileSync(file, 'utf8'));
  passed = summary.numPassedTests;
  // A file that could not even be loaded has no tests to count, and counts as one.
  failed =
    summary.numFailedTests +
    summary.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'))
      .length;
  const skipped = summary.numPendingTests + summary.numTodoTests;
  if (skipped > 0) process.stdout.write(`${skipped} tests were not run; nothing may be skipped.\n`);
  if (skipped > 0 && process.argv.length === 2) failed += skipped;
} catch (error) {
  process.stderr.write(`vitest left no readable result: ${error.message}\n`);
  failed += 1;
}
rmSync(results, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(code !== 0 || failed > 0 ? 1 : 0);
