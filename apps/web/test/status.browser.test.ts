import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, newContext } from './browser.ts';
import { type Dashboard, startDashboard } from './dashboard.ts';
import { violationsOf } from './violations.ts';

const PAGES = [
  '/status/acme',
  '/status/calm',
  '/status/empty',
  '/status/locked',
  '/status/locked?wrong=1',
  '/status/calm?done=confirmation_sent',
  '/status/acme/incidents/rp_open',
  '/status/acme/incidents/rp_a',
  '/status/acme/confirm?token=abc',
  '/status/acme/unsubscribe?token=abc',
  '/status/nobody',
];

let dashboard: Dashboard;
let browser: Browser;
beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
});

interface Looks {
  theme: 'light' | 'dark';
  width: number;
  script?: boolean;
}

/** A reader without an account. */
async function reader({ theme, width, script = true }: Looks, work: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await newContext(browser, {
    baseURL: dashboard.url,
    colorScheme: theme,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    javaScriptEnabled: script,
  });
  try {
    await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

describe.each<Looks>([
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 360 },
  { theme: 'dark', width: 360 },
])('the status page in $theme at $width px', (looks) => {
  test.each(PAGES)('%s has no accessibility fault, no sideways scroll, no script of others and a quiet console', async (path) => {
    await reader(looks, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(path, { waitUntil: 'load' });
      await page.locator('h1').first().waitFor();
      expect(new URL(page.url()).pathname).toBe(path.split('?')[0]);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => '__hacked' in window)).toBe(false);
      expect(complaints).toEqual([]);
    });
  });
});

describe('without a script', () => {
  const plain = { theme: 'light', width: 1280, script: false } as const;

  test('everything can be read, and the state is in the tab', async () => {
    await reader(plain, async (page) => {
      await page.goto('/status/acme');
      expect(await page.locator('h1').textContent()).toBe('Some systems are out of service; one is not being measured');
      const search = page.locator('#search');
      expect(await search.textContent()).toMatch(/Search[\s\S]*98\.71%[\s\S]*Outage/);
      expect(await search.getByRole('toolbar').getByRole('button').count()).toBe(90);
      await search.locator('summary').click();
      expect(await search.getByText('worst down, down for 41 min 20 s').first().isVisible()).toBe(true);
      expect(await page.getByText('Uptime is 1 − downtime ÷ measured time').isVisible()).toBe(true);
      const icons = await page.locator('link[rel="icon"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(icons).toHaveLength(1);
      expect(icons[0]).toMatch(/^data:image\/svg\+xml,/);
      const feeds = await page.locator('head link[rel="alternate"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(feeds).toEqual(['/status/acme/feed.atom', '/status/acme/feed.rss', '/status/acme/feed.json']);
      expect(await page.title()).toBe('Acme tools');
      await page.getByRole('link', { name: 'Slow forecasts' }).click();
      expect(new URL(page.url()).pathname).toBe('/status/acme/incidents/rp_a');
      expect(await page.locator('h1').textContent()).toBe('Slow forecasts');
      expect(await page.getByText('Forecasts take longer than they should.').isVisible()).toBe(true);
    });
  });

  test('a reader subscribes, confirms and leaves by forms alone; a link in a message changes nothing by itself', async () => {
    await reader(plain, async (page) => {
      await page.goto('/status/calm');
      await page.getByLabel('E-mail address').fill('reader@example.com');
      await page.getByRole('button', { name: 'Subscribe' }).first().click();
      expect(await page.getByRole('status').textContent()).toContain('One more step');
      await page.goto('/status/calm/confirm?token=abc');
      await page.getByRole('button', { name: 'Subscribe' }).click();
      expect(await page.getByRole('status').textContent()).toContain('You are subscribed');
      await page.goto('/status/calm/unsubscribe?token=abc');
      await page.getByRole('button', { name: 'Unsubscribe' }).click();
      expect(await page.getByRole('status').textContent()).toContain('You are unsubscribed');
    });
  });

  test('a private page says nothing before its password, and opens with it', async () => {
    await reader(plain, async (page) => {
      await page.goto('/status/locked');
      expect(await page.content()).not.toContain('Weather');
      await page.getByLabel('Password').fill('open salami');
      await page.getByRole('button', { name: 'Open' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('This is not the password');
      await page.getByLabel('Password').fill('open sesame');
      await page.getByRole('button', { name: 'Open' }).click();
      expect(await page.locator('h1').textContent()).toBe('All systems operational');
    });
  });
});

test('the days are walked with the arrow keys and said in words', async () => {
  await reader({ theme: 'light', width: 1280 }, async (page) => {
    await page.goto('/status/acme', { waitUntil: 'networkidle' });
    const bars = page.locator('#search').getByRole('toolbar');
    await bars.getByRole('button').last().focus();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
      '97.13% up, down for 41 min 20 s, worst down',
    );
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(
      await bars
        .getByRole('button')
        .nth(1)
        .evaluate((node) => node === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('End');
    expect(
      await bars
        .getByRole('button')
        .last()
        .evaluate((node) => node === document.activeElement),
    ).toBe(true);
  });
});
