import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const turbo = JSON.parse(readFileSync(join(import.meta.dirname, '../turbo.json'), 'utf8')) as {
  tasks: Record<string, { inputs: string[] }>;
};

// A named glob takes what Git ignores, too. The client is not there before the first build and is there before the second one.
it('what the build generates is no input of the build: the second npm start builds nothing again', () => {
  expect(turbo.tasks['build']?.inputs).toContain('!$TURBO_ROOT$/packages/*/src/generated/**');
});
