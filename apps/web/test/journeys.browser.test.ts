import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { openSignedIn } from './signed-in-page.ts';

let dashboard: Dashboard;
let context: BrowserContext;
let page: Page;
openSignedIn((opened) => {
  ({ dashboard, context, page } = opened);
});

test('without a session every page leads to sign-in, and signing in leads back', async () => {
  await context.clearCookies();
  await page.goto('/endpoints/ep_docs?tab=probes');
  await page.waitForURL('**/sign-in?next=*');
  await page.getByLabel('Email').fill('maya@example.com');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The email or the password is wrong.').waitFor();
  await page.getByLabel('Password').fill('correct horse');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/endpoints/ep_docs?tab=probes');
  await page.getByRole('heading', { name: 'Documentation' }).waitFor();
});

test('a session that ended leads to sign-in, too', async () => {
  await context.clearCookies();
  await context.addCookies([{ name: 'better-auth.session_token', value: 'expired', url: dashboard.url }]);
  await page.goto('/incidents');
  await page.waitForURL('**/sign-in?next=%2Fincidents');
});

test('a pasted URL is checked step by step, saved, and turns up without a reload', async () => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Add an endpoint' }).first().click();
  await page.getByLabel('URL').fill('https://new.example.com/mcp');
  await page.keyboard.press('Enter');
  await page.getByText('Shake hands (initialize)').waitFor();
  await page.getByRole('heading', { name: 'It works' }).waitFor();
  await page.getByLabel('Name').fill('New one');
  await page.getByLabel('Tags').fill('prod, team:new');
  await page.getByRole('button', { name: 'Save and monitor' }).click();
  await page.waitForURL(/\/endpoints\/ep_made/);
  await page.getByRole('heading', { name: 'New one' }).waitFor();
  await page.getByRole('main').getByText('Up', { exact: true }).waitFor();
});

test('a URL that fails is told with its cause and the line that mends it, and can still be saved', async () => {
  await page.goto('/endpoints/new');
  await page.getByLabel('URL').fill('https://down.example.com/mcp');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('heading', { name: 'Clients cannot use it' }).waitFor();
  await page.getByRole('heading', { name: 'A redirect turns the POST into a GET' }).waitFor();
  await page.getByRole('tab', { name: 'nginx' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText('redir /mcp/ https://{host}/mcp 308').waitFor();
  expect(await page.getByRole('button', { name: 'Save and monitor' }).isEnabled()).toBe(true);
});

test('the table is searched, filtered by status and by tag, and the filter is in the address', async () => {
  await page.goto('/endpoints');
  await page.getByRole('searchbox', { name: 'Search by name or URL' }).fill('fleet-7.');
  await page.getByText('Fleet server 7', { exact: true }).waitFor();
  await expect.poll(() => page.getByRole('row').count(), { timeout: 20_000 }).toBe(2);
  await page.getByRole('searchbox', { name: 'Search by name or URL' }).fill('');
  await page.getByLabel('Status').selectOption('down');
  await expect.poll(() => page.url(), { timeout: 20_000 }).toContain('status=down');
  await expect.poll(() => page.getByRole('row').count(), { timeout: 20_000 }).toBe(2);
  await page.getByRole('button', { name: 'team:payments' }).click();
  await expect.poll(() => page.url(), { timeout: 20_000 }).toContain('tag=team:payments');
});

test('pages follow each other by cursor', async () => {
  await page.goto('/endpoints?tag=fleet');
  await page.getByText('Fleet server 1', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByText('Fleet server 60', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'First page' }).click();
  await page.getByText('Fleet server 1', { exact: true }).first().waitFor();
});

test('an endpoint is probed now, paused, resumed, renamed and deleted', async () => {
  await page.goto('/endpoints/ep_fleet010');
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByText('Result of the probe you just ran').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('main').getByText('Paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('main').getByText('Pending', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'settings' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Renamed');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Renamed' }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL('**/endpoints');
});

test('a probe shows its transcript and its curl line', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/endpoints/ep_billing?tab=probes');
  await page.getByRole('list').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Transcript' }).waitFor();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), { timeout: 20_000 }).toMatch(/^curl -i -X POST/);
});

test('an incident is acknowledged and gets a note', async () => {
  await page.goto('/incidents/inc_billing');
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('Acknowledged by Maya Lind').first().waitFor();
  await page.getByLabel('Note').fill('<b>rolled back</b>');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('listitem').getByText('<b>rolled back</b>').waitFor();
});

test('a webhook channel is added, shows its secret once, and is tested', async () => {
  await page.goto('/channels');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type').selectOption('webhook');
  await dialog.getByLabel('Name').fill('Deploy bot');
  await dialog.getByLabel('URL').fill('https://hooks.example.com/new');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('whsec_shown-once').waitFor();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Deploy bot' });
  await row.getByRole('button', { name: 'Send test' }).click();
  await page.getByText('The test message did not reach Deploy bot').waitFor();
});

test('the theme is remembered by the server, so the first paint has it', async () => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  const html = await (await context.request.get('/')).text();
  expect(html).toContain('data-theme="dark"');
});

test('the demonstration servers go with one click', async () => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Remove them' }).click();
  await page.getByText('These are demonstration servers').waitFor({ state: 'detached' });
});

test('the whole way from the list to the curl line can be gone by keyboard', async () => {
  await page.goto('/endpoints');
  await page.keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to content' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Billing' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Billing' }).waitFor();
  await page.getByRole('toolbar', { name: 'Uptime by day, last 90 days' }).getByRole('button').last().focus();
  await page.keyboard.press('ArrowLeft');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('100% up');
});
