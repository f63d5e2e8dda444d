/** The pictures of the README, from mock data: `npm run screenshots [folder]`. Fails when one is too heavy for a README. */
import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { launchBrowser, signedIn } from './browser.ts';
import { startDashboard } from './dashboard.ts';

const MAX_BYTES = 200_000;
const SIZE = { width: 1280, height: 800 };

/** Name, path, and whether it is drawn in dark, too. */
const PICTURES = [
  { name: 'overview', path: '/', dark: true },
  { name: 'endpoint', path: '/endpoints/ep_billing', dark: true },
  { name: 'incident', path: '/incidents/inc_billing', dark: true },
  { name: 'status-page', path: '/status/calm', dark: false },
  { name: 'cause', path: '/docs/causes/redirect.method_lost', dark: false },
] as const;

const folder = process.argv[2] ?? join(import.meta.dirname, '../../../docs/images');
await mkdir(folder, { recursive: true });
const dashboard = await startDashboard();
const browser = await launchBrowser();
const heavy: string[] = [];
try {
  for (const theme of ['light', 'dark'] as const) {
    const context = await signedIn(browser, dashboard.url, { theme, width: SIZE.width });
    const page = await context.newPage();
    await page.setViewportSize(SIZE);
    // A server with a hostile name is for the tests; the banner of the demonstration goes with its servers.
    for (const path of ['endpoints/ep_hostile', 'demo']) await context.request.delete(`/api/v1/${path}`);
    for (const { name, path, dark } of PICTURES) {
      if (theme === 'dark' && !dark) continue;
      await page.goto(path);
      // The event stream of a page never rests: what waits is asked instead.
      await page.waitForFunction(() => document.querySelector('main .animate-pulse, main .animate-spin') === null);
      await page.evaluate(() => document.fonts.ready);
      const file = join(folder, `${name}${theme === 'dark' ? '-dark' : ''}.png`);
      await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
      const { size } = await stat(file);
      console.log(`${relative(process.cwd(), file)}  ${Math.round(size / 1000)} kB`);
      if (size > MAX_BYTES) heavy.push(file);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await dashboard.close();
}
if (heavy.length > 0) {
  console.error(`more than ${MAX_BYTES / 1000} kB: ${heavy.join(', ')}`);
  process.exitCode = 1;
}
