import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser, signedIn } from './browser.ts';
import { type Dashboard, startDashboard } from './dashboard.ts';
import { describeLooks } from './looks.ts';

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

let dashboard: Dashboard;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  dashboard = await startDashboard({ designPage: true });
  browser = await launchBrowser();
  context = await signedIn(browser, dashboard.url);
});
afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
});

describeLooks(PAGES, {
  context: () => context,
  arrived: async (page, path) => {
    await page.locator('h1').first().waitFor();
    // Hydrated: React has attached itself to the document, and what it loads later is there.
    await page.waitForFunction(
      () => Object.keys(document.body).some((key) => key.startsWith('__react')) || document.querySelector('main') !== null,
    );
    // The page of the design shows what waits on purpose; a page that is not there leaves it unseen.
    if (path !== '/design')
      await page.waitForFunction(() => [...document.querySelectorAll('.animate-pulse')].every((waiting) => !waiting.checkVisibility()));
  },
});
