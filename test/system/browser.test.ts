import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newContext } from '../../apps/web/test/browser.ts';
import { freePort, npmStart, readCredentials, removeFolder, repository, type Started, startEverything, untilReady } from './rollcall.ts';

let started: Started;
let data: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'rollcall-browser-'));
  started = npmStart(repository, { ROLLCALL_DATA_DIR: data }, await freePort());
  await untilReady(started, 240_000);
});

afterAll(async () => {
  await started.stop();
  await removeFolder(data);
});

it('a person signs in in a real browser, sees the demonstration and its named cause, adds an endpoint and watches it turn up', {
  timeout: 240_000,
}, async () => {
  const server = await startEverything('streamableHttp', await freePort());
  const browser = await launchBrowser();
  try {
    const context = await newContext(browser, { baseURL: started.baseUrl });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const { email, password } = readCredentials(data);

    await page.goto('/');
    await page.waitForURL('**/sign-in**');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${started.baseUrl}/`);
    await page.getByText('These are demonstration servers').first().waitFor();
    const broken = page.getByRole('link', { name: /behind a redirect that loses the method/ }).first();
    await broken.waitFor();
    await broken.click();
    await page.getByText('redirect.method_lost').first().waitFor();

    await page.goto('/');
    await page.getByRole('link', { name: 'Add an endpoint' }).first().click();
    await page.getByLabel('URL').fill(server.url);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'It works' }).waitFor();
    await page.getByLabel('Name').fill('Everything');
    await page.getByRole('button', { name: 'Save and monitor' }).click();
    await page.waitForURL(/\/endpoints\/ep_/);
    await page.getByRole('heading', { name: 'Everything' }).waitFor();
    await page.getByRole('main').getByText('Up', { exact: true }).first().waitFor();
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await server.stop();
  }
});
