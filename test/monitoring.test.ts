import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const RULES = 'docs/alerts.rules.yml';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}
const dashboard = JSON.parse(read('docs/grafana/rollcall.json')) as Dashboard;
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

it('the alert rules are ones that Prometheus takes', () => {
  const run = spawnSync('promtool', ['check', 'rules', join(root, RULES)], { encoding: 'utf8' });
  expect(run.status, `${run.error ?? ''}${run.stderr}`).toBe(0);
  expect(run.stdout).toMatch(/SUCCESS: \d+ rules found/);
});

it('the queries of the dashboard are ones that Prometheus takes', () => {
  const rules = expressions.map((expr, i) => ({ record: `panel:${i}`, expr }));
  const dir = mkdtempSync(join(tmpdir(), 'rollcall-rules-'));
  try {
    const file = join(dir, 'dashboard.json');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    const run = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

it('rules and dashboard ask for metrics that there are', () => {
  const made = ['apps/worker/src/metrics.ts', 'apps/api/src/health.ts', 'packages/services/src/metrics/organization-metrics.ts']
    .map(read)
    .join('\n');
  const names = [read(RULES), ...expressions].join('\n').match(/rollcall_[a-z_]+/g) ?? [];
  expect(names.length).toBeGreaterThan(20);
  for (const name of new Set(names.map((text) => text.replace(/_(bucket|count|sum)$/, '')))) expect(made, name).toContain(`'${name}'`);
});
