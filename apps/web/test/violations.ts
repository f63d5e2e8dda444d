import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
}

/** What axe-core finds wrong, one line each; empty when nothing. */
export async function violationsOf(page: Page): Promise<string[]> {
  const result = await page.evaluate(async (source) => {
    // Indirect eval: the page's own policy allows no script of ours, the debugger's evaluation does.
    // biome-ignore lint/security/noGlobalEval: axe-core comes as a script
    // biome-ignore lint/complexity/noCommaOperator: the form of an indirect eval
    (0, eval)(source);
    return (globalThis as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run();
  }, AXE);
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}
