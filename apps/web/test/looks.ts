import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Looks } from './browser.ts';
import { violationsOf } from './violations.ts';

const LOOKS: readonly Looks[] = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'dark', width: 360 },
  { theme: 'light', width: 360 },
];

interface Look {
  /** The profile that looks; one for all pages, as a reader has one. */
  context(): BrowserContext;
  /** Resolves when the page is there in whole, with everything open that is to be looked at. */
  arrived(page: Page, path: string): Promise<void>;
}

/**
 * Every page in every theme and width, each a case of its own. A page is loaded once, at the first of its looks, and turned in
 * place for the others: the theme and the width are the system's, as when a reader's evening comes or a window is dragged.
 */
export function describeLooks(pages: readonly string[], { context, arrived }: Look): void {
  describe.each(pages)('%s', (path) => {
    let page: Page;
    const complaints: string[] = [];
    let arrival: unknown = null;
    beforeAll(async () => {
      page = await context().newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      // A page that does not arrive fails its cases, not the file.
      await turn(page, LOOKS[0] as Looks);
      await page
        .goto(path, { waitUntil: 'load' })
        .then(() => arrived(page, path))
        .catch((error: unknown) => {
          arrival = error;
        });
    });
    afterAll(() => page?.close());

    test.each(LOOKS)('in $theme at $width px has no accessibility fault, no sideways scroll and a quiet console', async (looks) => {
      expect(arrival).toBeNull();
      await turn(page, looks);
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => '__hacked' in window)).toBe(false);
      expect(complaints.splice(0)).toEqual([]);
    });
  });
}

/** Waits until what follows the width and the theme (observers, charts, transitions) has been drawn. */
async function turn(page: Page, { theme, width }: Looks): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: width < 500 ? 780 : 860 });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
}
