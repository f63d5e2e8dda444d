import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Looks, launchBrowser, signedIn } from './browser.ts';
import { type Dashboard, startDashboard } from './dashboard.ts';
import { violationsOf } from './violations.ts';

const PAGES = [
  '/sign-in',
  '/sign-in?error=account_not_linked&next=%2Fincidents',
  '/sign-up',
  '/verify-email',
  '/verify-email?error=TOKEN_EXPIRED',
  '/reset-password',
  '/reset-password?token=good-token',
  '/invitation?token=the-token-of-an-open-invitation',
  '/invitation?token=cut',
  '/',
  '/endpoints',
  '/endpoints?q=nothing-like-this',
  '/endpoints/new',
  '/endpoints/new?from=file',
  '/endpoints/ep_billing',
  '/endpoints/ep_docs',
  '/endpoints/ep_hostile',
  '/endpoints/ep_new',
  '/endpoints/ep_billing?tab=probes',
  '/endpoints/ep_billing?tab=tools',
  '/endpoints/ep_billing?tab=clients',
  '/endpoints/ep_hostile?tab=tools',
  '/endpoints/ep_hostile?tab=clients',
  '/endpoints/ep_billing?tab=incidents',
  '/endpoints/ep_billing?tab=settings',
  '/endpoints/ep_billing/probes/pr_ep_billing_0',
  '/endpoints/ep_missing',
  '/incidents',
  '/incidents/inc_search',
  '/channels',
  '/channels/ch_hook',
  '/channels/ch_hook?tab=deliveries',
  '/maintenance',
  '/status-pages',
  '/status-pages/sp_acme',
  '/status-pages/sp_acme?tab=reports',
  '/status-pages/sp_acme?tab=subscribers',
  '/status-pages/sp_partners',
  '/settings/profile',
  '/settings/security',
  '/settings/organization',
  '/settings/members',
  '/settings/api-keys',
  '/settings/audit-log',
  '/settings/audit-log?actor=nobody',
  '/settings/danger-zone',
  '/design',
  '/docs/causes',
  '/docs/causes/redirect.method_lost',
];
const LOOKS: Looks[] = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 360 },
  { theme: 'dark', width: 360 },
];

let dashboard: Dashboard;
let browser: Browser;
beforeAll(async () => {
  dashboard = await startDashboard({ designPage: true });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
});

describe.each(LOOKS)('in $theme at $width px', (looks) => {
  test.each(PAGES)('%s has no accessibility fault, no sideways scroll, no script of others and a quiet console', async (path) => {
    const context = await signedIn(browser, dashboard.url, looks);
    try {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(path, { waitUntil: 'load' });
      await page.locator('h1').first().waitFor();
      // Hydrated: React has attached itself to the document.
      await page.waitForFunction(
        () => Object.keys(document.body).some((key) => key.startsWith('__react')) || document.querySelector('main') !== null,
      );
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => '__hacked' in window)).toBe(false);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
