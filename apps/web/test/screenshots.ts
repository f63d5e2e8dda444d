/** Pictures of the main pages in both themes and two widths: `npx tsx apps/web/test/screenshots.ts <folder> [page…]`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser, signedIn } from './browser.ts';
import { startDashboard } from './dashboard.ts';

const PAGES: Record<string, string> = {
  'sign-in': '/sign-in',
  overview: '/',
  endpoints: '/endpoints',
  new: '/endpoints/new',
  import: '/endpoints/new?from=file',
  endpoint: '/endpoints/ep_billing',
  'endpoint-up': '/endpoints/ep_docs',
  'endpoint-hostile': '/endpoints/ep_hostile',
  'endpoint-tools': '/endpoints/ep_billing?tab=tools',
  'endpoint-clients': '/endpoints/ep_billing?tab=clients',
  'endpoint-hostile-tools': '/endpoints/ep_hostile?tab=tools',
  'endpoint-settings': '/endpoints/ep_billing?tab=settings',
  probe: '/endpoints/ep_billing/probes/pr_ep_billing_0',
  incidents: '/incidents',
  incident: '/incidents/inc_billing',
  channels: '/channels',
  channel: '/channels/ch_hook',
  'channel-deliveries': '/channels/ch_hook?tab=deliveries',
  maintenance: '/maintenance',
  'status-pages': '/status-pages',
  'status-page': '/status-pages/sp_acme',
  'status-page-reports': '/status-pages/sp_acme?tab=reports',
  'status-page-subscribers': '/status-pages/sp_acme?tab=subscribers',
  profile: '/settings/profile',
  security: '/settings/security',
  organization: '/settings/organization',
  members: '/settings/members',
  'api-keys': '/settings/api-keys',
  'audit-log': '/settings/audit-log',
  'danger-zone': '/settings/danger-zone',
  'sign-up': '/sign-up',
  invitation: '/invitation?token=the-token-of-an-open-invitation',
  'reset-password': '/reset-password',
  status: '/status/acme',
  'status-calm': '/status/calm',
  'status-incident': '/status/acme/incidents/rp_open',
  'status-locked': '/status/locked',
  design: '/design',
  causes: '/docs/causes',
  cause: '/docs/causes/redirect.method_lost',
};

const [folder = 'docs/images', ...only] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const dashboard = await startDashboard({ designPage: true });
const browser = await launchBrowser();
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 360]) {
      const context = await signedIn(browser, dashboard.url, { theme, width });
      const page = await context.newPage();
      for (const [name, path] of Object.entries(PAGES)) {
        if (only.length > 0 && !only.includes(name)) continue;
        await page.goto(path, { waitUntil: 'load' });
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: true });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await dashboard.close();
}
