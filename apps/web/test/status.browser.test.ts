import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Looks, launchBrowser, newContext } from './browser.ts';
import { type Dashboard, startDashboard } from './dashboard.ts';
import { describeLooks } from './looks.ts';
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

interface Reader extends Looks {
  script?: boolean;
}

/** A reader without an account. */
async function reader(
  { theme, width, script = true }: Reader,
  work: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
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

describe('the status page', () => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await newContext(browser, { baseURL: dashboard.url, reducedMotion: 'reduce' });
  });
  afterAll(() => context?.close());

  describeLooks(PAGES, {
    context: () => context,
    arrived: async (page, path) => {
      await page.locator('h1').first().waitFor();
      expect(new URL(page.url()).pathname).toBe(path.split('?')[0]);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
    },
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
      expect(await search.getByRole('img', { name: 'Search: uptime by day, last 90 days' }).isVisible()).toBe(true);
      await search.locator('summary').click();
      expect(await search.getByText('97.13% up, down for 41 mins 20 secs').first().isVisible()).toBe(true);
      expect(await page.getByText('Uptime is 1 − downtime ÷ measured time').isVisible()).toBe(true);
      const icons = await page.locator('link[rel="icon"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(icons).toHaveLength(1);
      expect(icons[0]).toMatch(/^data:image\/svg\+xml,/);
      const feeds = await page
        .locator('head link[rel="alternate"][type]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
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

test('the days are walked with the arrow keys and by pointer, and said in words', async () => {
  await reader({ theme: 'light', width: 1280 }, async (page) => {
    await page.goto('/status/acme');
    const bars = page.locator('#search').getByRole('slider', { name: 'Search: uptime by day, last 90 days' });
    await bars.focus();
    const said = () => bars.getAttribute('aria-valuetext');
    expect(await said()).toMatch(/^\d+ \S+ \d{4}: 97\.13% up, down for 41 mins 20 secs$/);
    expect(await page.locator('#search').getByText('down for 41 mins 20 secs').first().isVisible()).toBe(true);
    await page.keyboard.press('ArrowLeft');
    expect([await bars.getAttribute('aria-valuenow'), await said()]).toEqual(['89', expect.stringContaining(': 100% up')]);
    await page.keyboard.press('Home');
    expect(await bars.getAttribute('aria-valuenow')).toBe('1');
    await page.keyboard.press('End');
    expect(await bars.getAttribute('aria-valuenow')).toBe('90');
    const hostile = page.locator('#hostile').getByRole('slider');
    await hostile.hover({ position: { x: 3, y: 10 } });
    expect([await hostile.getAttribute('aria-valuenow'), await hostile.getAttribute('aria-valuetext')]).toEqual([
      '1',
      expect.stringMatching(/: not measured$/),
    ]);
    expect(await violationsOf(page)).toEqual([]);
  });
});

test('the page speaks the language of its reader, and the one that he chooses', async () => {
  const context = await browser.newContext({ baseURL: dashboard.url, locale: 'fr-CA', javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto('/status/acme');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.locator('h1').textContent()).toBe('Certains systèmes sont hors service ; un système n’est pas mesuré');
    for (const [name, lang, heading, incident] of [
      ['Deutsch', 'de', 'Einige Systeme sind ausgefallen; eines wird nicht gemessen', 'Search ist ausgefallen'],
      ['日本語', 'ja', '一部のシステムが停止しています(測定されていないもの: 1 件)', 'Search が停止しています'],
      ['简体中文', 'zh-CN', '部分系统服务中断;1 个未被测量', 'Search 服务中断'],
      ['Español', 'es', 'Algunos sistemas están fuera de servicio; uno no se está midiendo', 'Search está fuera de servicio'],
    ] as const) {
      await page.getByRole('contentinfo').getByRole('link', { name }).click();
      expect([await page.locator('html').getAttribute('lang'), await page.locator('h1').textContent()]).toEqual([lang, heading]);
      expect(await page.getByRole('link', { name: incident, exact: true }).isVisible()).toBe(true);
    }
    // The choice is kept on the way.
    await page.getByRole('link', { name: 'Slow forecasts' }).click();
    expect([await page.locator('html').getAttribute('lang'), new URL(page.url()).search]).toEqual(['es', '?lang=es']);
  } finally {
    await context.close();
  }
});

test('all its script is less than 60 kB on the wire', async () => {
  await reader({ theme: 'light', width: 1280 }, async (page) => {
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto('/status/acme', { waitUntil: 'load' });
    const bodies = await Promise.all(scripts);
    expect(bodies).toHaveLength(1);
    expect(gzipSync(Buffer.concat(bodies)).length).toBeLessThan(60_000);
  });
});

describe('the widget', () => {
  test('shows the state on a site that allows little, in less than 3 kB', async () => {
    const script = await fetch(`${dashboard.url}/embed/status.js`);
    const text = await script.text();
    expect(gzipSync(text).length).toBeLessThan(3000);
    expect(script.headers.get('access-control-allow-origin')).toBe('*');
    const known = await fetch(`${dashboard.url}/embed/status.js`, { headers: { 'if-none-match': String(script.headers.get('etag')) } });
    expect(known.status).toBe(304);
    const tag = (more: string) => `<script async src="${dashboard.url}/embed/status.js" ${more}></script>`;
    const policy = `default-src 'none'; script-src ${dashboard.url}; connect-src ${dashboard.url}; require-trusted-types-for 'script'`;
    const site = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
      response.end(
        `<!doctype html><html lang="en"><title>Site</title><main><h1>Site</h1>${tag('data-page="acme"')}${tag('data-page="acme" data-component="weather" data-theme="dark"')}${tag('data-page="nobody"')}</main></html>`,
      );
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', () => resolve()));
    try {
      await reader({ theme: 'light', width: 1280 }, async (page) => {
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (/Content Security Policy|Trusted|require/.test(message.text())) complaints.push(message.text());
        });
        await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
        const whole = page.getByRole('link', { name: 'Some systems are out of service; one is not being measured' });
        await whole.waitFor();
        expect(await whole.getAttribute('href')).toBe('https://status.example.com/status/acme');
        await page.getByRole('link', { name: 'Weather: operational' }).waitFor();
        await page.getByRole('link', { name: 'Status', exact: true }).waitFor();
        expect(await page.locator('a svg').count()).toBe(3);
        expect(await violationsOf(page)).toEqual([]);
        expect(complaints).toEqual([]);
      });
    } finally {
      await new Promise((resolve) => site.close(resolve));
    }
  });
});

test('a link to the page is shown with a picture of its state, which tells nothing of a private one', async () => {
  const image = await fetch(`${dashboard.url}/status/acme/og.png`);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
  const bytes = Buffer.from(await image.arrayBuffer());
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  expect((await fetch(`${dashboard.url}/status/locked/og.png`)).status).toBe(404);
});

describe('the public checker', () => {
  test('a stranger pastes an address, sees the steps, and passes on the link to the report', async () => {
    await reader({ theme: 'dark', width: 360 }, async (page) => {
      await page.goto('/check');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByLabel('Address of the server').fill('down.example.com/mcp');
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByRole('heading', { name: 'Clients cannot use it' }).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'Link to this report' }).click();
      await page.getByText('this link is good until').waitFor();
      expect(new URL(page.url()).pathname).toBe('/check/abcdefghijklmnopqrstuv');
      expect(await page.locator('meta[name="robots"]').getAttribute('content')).toBe('noindex');
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      expect(await violationsOf(page)).toEqual([]);
    });
  });
});
