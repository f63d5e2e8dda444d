import { defineConfig } from 'vitest/config';

// One database server for the whole run (testkit's global set-up); every test file makes its own database from a template.
const shared = { testTimeout: 60_000, hookTimeout: 120_000, globalSetup: ['packages/testkit/src/global-setup.ts'], pool: 'forks' as const };
const patient = { ...shared, testTimeout: 300_000, hookTimeout: 300_000 };
const elsewhere = ['**/node_modules/**', '**/dist/**'];

// The groups run one after another, so that the fault lab, which measures time as well, has the machine to itself.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [
            'packages/**/*.test.{ts,tsx}',
            'apps/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'test/*.test.ts',
            'test/bench/*.test.ts',
            'test/chaos/**/*.test.ts',
          ],
          exclude: [...elsewhere, '**/*.browser.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...patient,
          name: 'system',
          include: ['test/system/**/*.test.ts', '**/*.browser.test.ts'],
          exclude: elsewhere,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...patient,
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          exclude: elsewhere,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
