import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser, signedIn } from './browser.ts';
import { type Dashboard, startDashboard } from './dashboard.ts';

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly browser: Browser;
  readonly dashboard: Dashboard;
}

/** One dashboard and one browser for the file; for each test a fresh profile, signed in, with one page, handed to `give`. */
export function openSignedIn(give: (opened: Opened) => void): void {
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    dashboard = await startDashboard();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });
  beforeEach(async () => {
    context = await signedIn(browser, dashboard.url);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.setDefaultNavigationTimeout(120_000);
    give({ page, context, browser, dashboard });
  });
  afterEach(() => context.close());
}
