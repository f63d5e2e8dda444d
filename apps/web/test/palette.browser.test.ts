import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSignedIn } from './signed-in-page.ts';
import { violationsOf } from './violations.ts';

let page: Page;
openSignedIn((opened) => {
  ({ page } = opened);
});

const palette = () => page.getByRole('combobox', { name: 'Command or search' });

test('the palette finds pages, endpoints and incidents, and does what fits the page', async () => {
  await page.goto('/endpoints');
  await page.keyboard.press('Control+k');
  await palette().waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.type('billing.example');
  await page
    .getByRole('option', { name: /Billing/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/endpoints/ep_billing');
  await page.getByRole('heading', { name: 'Billing' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('check this');
  await page.getByRole('option', { name: 'Check this endpoint now' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Down: A redirect turns the POST into a GET').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sse.buffered');
  await page.getByRole('option', { name: /Incident: Search/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/incidents/inc_search');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme']), { timeout: 20_000 }).toBe('dark');
});

test('single keys go to places, walk lists and acknowledge, never from within a field, and can be switched off', async () => {
  await page.goto('/incidents');
  await page.getByRole('main').getByRole('link', { name: 'Billing' }).waitFor();
  await page.keyboard.press('j');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  expect(first).toMatch(/^\/incidents\/inc_/);
  await page.keyboard.press('j');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).not.toBe(first);
  await page.keyboard.press('k');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(first);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${first}`);
  await page.goto('/incidents/inc_billing');
  await page.getByLabel('Note').focus();
  await page.keyboard.type('a? gj/');
  expect(await page.getByLabel('Note').inputValue()).toBe('a? gj/');
  expect(await page.getByRole('button', { name: 'Acknowledge' }).isVisible()).toBe(true);
  await page.getByRole('main').focus();
  await page.keyboard.press('a');
  await page.getByText('Acknowledged by Maya Lind').first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.waitForURL('**/endpoints');
  await page.getByRole('searchbox').first().waitFor();
  await page.keyboard.press('/');
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type)).toBe('search');
  await page.getByRole('main').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByLabel('Single keys do something').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await palette().waitFor();
  expect(await page.getByRole('dialog').count()).toBe(1);
});
