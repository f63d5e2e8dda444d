import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
}
interface Axe {
  run(options: { resultTypes: ['violations'] }): Promise<AxeResult>;
}

/** What axe-core finds wrong, one line each; empty when nothing. A document is given axe-core once. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis)))
    await page.evaluate((source) => {
      // Indirect eval: the page's own policy allows no script of ours, the debugger's evaluation does.
      // biome-ignore lint/security/noGlobalEval: axe-core comes as a script
      // biome-ignore lint/complexity/noCommaOperator: the form of an indirect eval
      (0, eval)(source);
    }, AXE);
  // A button that is let go is for a moment neither as it was nor as it will be.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
  const result = await page.evaluate(() =>
    // Every rule; of what passes, nothing is written down.
    (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}
