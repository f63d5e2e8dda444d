import type { Endpoint } from '@rollcall/contracts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { openSignedIn } from './signed-in-page.ts';

let dashboard: Dashboard;
let page: Page;
openSignedIn((opened) => {
  ({ dashboard, page } = opened);
});

/** The page is live when it says so, and nothing that moved before is counted. */
async function isLive(): Promise<void> {
  await page.locator('[data-live=live]').first().waitFor();
  await page.evaluate(() => {
    const seen = globalThis as unknown as { shifts: number; loaded: number };
    seen.shifts = 0;
    seen.loaded = performance.timeOrigin;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: false });
  });
}
const shifted = () => page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts);

function endpoint(id: string): Endpoint {
  const found = dashboard.api.data.endpoints.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

test('a change shows on the overview and in the table as it happens, and nothing moves, no focus and no typed word is lost', async () => {
  await page.goto('/');
  await isLive();
  const count = page.getByRole('link', { name: /^Up/ }).first();
  const before = Number((await count.textContent())?.replace(/\D/g, ''));
  await count.focus();
  endpoint('ep_fleet020').state.status = 'no_data';
  dashboard.api.tell({ type: 'endpoint.state', id: 'ep_fleet020' });
  await expect.poll(async () => Number((await count.textContent())?.replace(/\D/g, '')), { timeout: 60_000 }).toBe(before - 1);
  expect(await count.evaluate((link) => link === document.activeElement)).toBe(true);
  expect(await shifted()).toBe(0);

  await page.goto('/endpoints?q=fleet-22.');
  await isLive();
  const search = page.getByRole('searchbox', { name: 'Search by name or URL' });
  await page.getByRole('row').filter({ hasText: 'Fleet server 22' }).getByText('Up', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Views' }).focus();
  endpoint('ep_fleet021').state.status = 'degraded';
  dashboard.api.tell({ type: 'endpoint.state', id: 'ep_fleet021' });
  await page.getByRole('row').filter({ hasText: 'Fleet server 22' }).getByText('Degraded', { exact: true }).first().waitFor();
  expect(await search.inputValue()).toBe('fleet-22.');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Views');
  expect(await shifted()).toBe(0);
});

test('rows stay under the hand of who uses the page: a new incident waits behind a button, and comes by itself when the page rests', async () => {
  const [known] = dashboard.api.data.incidents;
  if (known === undefined) throw new Error('no incident');
  const open = (id: string, name: string) => {
    dashboard.api.data.incidents.unshift({ ...known, id, status: 'open', resolvedAt: null, endpoint: { ...known.endpoint, name } });
    dashboard.api.tell({ type: 'incident', id });
  };
  await page.goto('/incidents');
  await isLive();
  const rows = page.getByRole('main').getByRole('listitem');
  const top = () => rows.first().getByRole('link').textContent();
  const first = await top();
  await page.mouse.move(600, 400);
  open('inc_new1', 'First new server');
  const button = page.getByRole('button', { name: '1 new incident' });
  await button.waitFor();
  expect(await top()).toBe(first);
  expect(await shifted()).toBe(0);
  await button.click();
  await rows.first().getByText('First new server').waitFor();
  expect(await button.count()).toBe(0);
  open('inc_new2', 'Second new server');
  await button.waitFor();
  // Nobody points at anything any more.
  await rows.first().getByText('Second new server').waitFor();
});

test('the page of an endpoint follows it, and what is half typed in its settings stays', async () => {
  await page.goto('/endpoints/ep_fleet022?tab=settings');
  await isLive();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Half ty');
  endpoint('ep_fleet022').state.status = 'degraded';
  dashboard.api.tell({ type: 'endpoint.state', id: 'ep_fleet022' });
  await page.getByRole('main').getByText('Degraded', { exact: true }).waitFor();
  expect(await name.inputValue()).toBe('Half ty');
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
});

test('what changed elsewhere is not asked for, and one stream serves every page of the tab', async () => {
  await page.goto('/endpoints/ep_fleet023');
  await isLive();
  const { opened } = dashboard.api.streams();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  dashboard.api.tell({ type: 'endpoint.state', id: 'ep_another' });
  dashboard.api.tell({ type: 'channel', id: 'ch_another' });
  dashboard.api.tell({ type: 'endpoint.state', id: 'ep_fleet023' });
  await expect.poll(() => asked.includes('/api/v1/endpoints/ep_fleet023'), { timeout: 60_000 }).toBe(true);
  expect(asked.filter((path) => path.includes('another') || path.startsWith('/api/v1/channels'))).toEqual([]);
  await page.getByRole('link', { name: 'Incidents', exact: true }).first().click();
  await page.waitForURL('**/incidents');
  expect(dashboard.api.streams().opened).toBe(opened);
});

test('a stream that is cut says so, the page is asked for every few seconds, and comes back by itself', async () => {
  await page.goto('/endpoints/ep_fleet024');
  await isLive();
  dashboard.api.cutStreams(true);
  await page.locator('[data-live=reconnecting]').first().getByText('Reconnecting').waitFor();
  endpoint('ep_fleet024').state.status = 'no_data';
  await page.getByRole('main').getByText('No data', { exact: true }).first().waitFor();
  dashboard.api.cutStreams(false);
  await page.locator('[data-live=live]').first().getByText('Live').waitFor({ timeout: 60_000 });
});

test('an acknowledgement is taken back by the button, a pause by the key', async () => {
  await page.goto('/incidents/inc_billing');
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('Acknowledged by Maya Lind').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Acknowledge', exact: true }).waitFor();

  await page.goto('/endpoints/ep_fleet025');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('main').getByText('Paused', { exact: true }).waitFor();
  await page.getByText('is paused.').waitFor();
  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  expect(endpoint('ep_fleet025').state.status).not.toBe('paused');
});
