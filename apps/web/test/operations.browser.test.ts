import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSignedIn } from './signed-in-page.ts';
import { violationsOf } from './violations.ts';

let page: Page;
openSignedIn((opened) => {
  ({ page } = opened);
});

const preview = () => page.getByRole('region', { name: 'The page in small' });
/** What stands in the preview, which is a picture for the eye: no role leads there. */
const previewText = () => preview().textContent();
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

test('a status page is made, filled, ordered and published by keyboard alone, and the preview follows', async () => {
  await page.goto('/status-pages');
  await page.getByRole('button', { name: 'New status page' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Title').focus();
  await page.keyboard.type('Nörthwind servers');
  expect(await page.getByLabel('Slug').inputValue()).toBe('northwind-servers');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/status-pages\/sp_made/);
  const picker = page.getByRole('combobox', { name: 'Add an endpoint to the page' });
  for (const [typed, name] of [
    ['billing', 'Billing'],
    ['search', 'Search'],
  ] as const) {
    await picker.focus();
    await page.keyboard.type(typed);
    await page.getByRole('option', { name }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Move ${name} up` }).waitFor();
  }
  await expect.poll(previewText, { timeout: 20_000 }).toMatch(/Billing[\s\S]*Search/);
  await page.getByRole('button', { name: 'Move Search up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Search is now number 1 of 2.').waitFor();
  expect(await focused()).toBe('Move Search up');
  await expect.poll(previewText, { timeout: 20_000 }).toMatch(/Search[\s\S]*Billing/);
  await page.getByLabel('Published').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Saved. The public sees it now.').waitFor();
  await page.getByText('Everything is saved').waitFor();
  await page.reload();
  const rows = page.getByRole('button', { name: /^Move .* up$/ });
  await rows.first().waitFor();
  expect(await rows.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual(['Move Search up', 'Move Billing up']);
});

test('the handle drags a component to another place', async () => {
  await page.goto('/status-pages/sp_acme');
  const handle = page.locator('[data-drag="sc_search"]');
  const below = page.locator('li', { has: page.locator('[data-drag="sc_billing"]') }).last();
  await handle.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const from = await handle.boundingBox();
  const to = await below.boundingBox();
  if (from === null || to === null) throw new Error('no such rows');
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, to.y + to.height - 2, { steps: 5 });
  await page.mouse.up();
  await page.getByText('Search is now number 2 of 3.').waitFor();
  await page.getByText('Not saved yet').waitFor();
});

test('an accent colour that nobody could read is told what becomes of it; a wrong one is not sent', async () => {
  await page.goto('/status-pages/sp_acme');
  await page.getByText(/On light: shown as #[0-9a-f]{6}, because #ffe600 has less than 4.5:1/).waitFor();
  await page.getByText('On dark: as you chose it').waitFor();
  await page.getByRole('textbox', { name: /^Accent colour/ }).fill('#12');
  await page.getByText('Must be a colour like #3d4fd1.').waitFor();
  await page.getByText('Not saved like this: accentColor').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').filter({ hasText: 'accentColor' }).waitFor();
});

test('a taken slug is refused at its field', async () => {
  await page.goto('/status-pages/sp_partners');
  await page.getByLabel('Slug').fill('acme');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('is taken; choose another', { exact: true }).waitFor();
});

test('a report is written, gets its updates to the end, and is deleted', async () => {
  await page.goto('/status-pages/sp_acme?tab=reports');
  await page.getByRole('button', { name: 'Write a report' }).click();
  await page.getByLabel('Title').fill('Billing is slow');
  await page.getByLabel('What readers are told').fill('We are looking at it.');
  await page.getByLabel('Billing').selectOption('degraded');
  await page.getByLabel('Keep it as a draft').check();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep the draft' }).click();
  const card = page.getByRole('region', { name: 'Billing is slow' });
  await card.getByText('Billing: Degraded').waitFor();
  await card.getByRole('button', { name: 'Publish' }).click();
  await card.getByText('draft').waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Update' }).click();
  await page.getByRole('dialog').getByLabel('Status').selectOption('resolved');
  await page.getByLabel('What readers are told').fill('<b>It is over.</b>');
  await page.getByRole('button', { name: 'Publish the update' }).click();
  await card.getByText('<b>It is over.</b>').waitFor();
  await card.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await card.waitFor({ state: 'detached' });
});

test('subscribers say whether they are confirmed, and can be removed', async () => {
  await page.goto('/status-pages/sp_acme?tab=subscribers');
  await page.getByText('2 confirmed, 1 waiting').waitFor();
  await page.getByRole('button', { name: 'Remove late@customer.example' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('2 confirmed, 0 waiting').waitFor();
});

test('maintenance is announced for some endpoints in a zone, says where it is shown, and ends now with a way back', async () => {
  await page.goto('/maintenance');
  await page.getByText('every week on Mon, Thu').waitFor();
  await page.getByRole('button', { name: 'Announce maintenance' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Move Search');
  await dialog.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await dialog.getByLabel('Starts').fill('2027-03-01T02:00');
  await dialog.getByLabel('Ends').fill('2027-03-01T01:00');
  await dialog.getByRole('combobox', { name: 'Add an endpoint' }).fill('search');
  await dialog.getByRole('option', { name: 'Search' }).click();
  await dialog.getByRole('button', { name: 'Leave out Search' }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByLabel('Ends').fill('2027-03-01T05:00');
  await dialog.getByRole('button', { name: 'Announce it' }).click();
  await page.getByText('It is announced.').waitFor();
  const row = page.getByRole('listitem').filter({ hasText: 'Move Search' });
  await row.getByRole('link', { name: 'Acme tools' }).waitFor();
  expect(await row.locator('time').first().getAttribute('datetime')).toBe('2027-02-28T17:00:00.000Z');
  await page.getByRole('button', { name: 'End now New disks for Billing' }).click();
  await page.getByText('has ended. What fails from here on is told.').waitFor();
  await page.getByRole('region', { name: 'Past' }).getByRole('heading', { name: 'New disks for Billing' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('region', { name: 'Going on' }).getByRole('heading', { name: 'New disks for Billing' }).waitFor();
});

test('a channel gets routes, quiet hours and an escalation; a secret that is left empty stays', async () => {
  await page.goto('/channels/ch_hook');
  const sent = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.getByRole('button', { name: 'Add a route' }).click();
  const routes = page.getByRole('region', { name: 'Routes' });
  await routes.getByLabel('Tags').fill('prod, team:payments');
  await routes.getByLabel('Degraded').first().check();
  await routes.getByLabel('Recovered').check();
  await page.getByLabel('Keep quiet hours').check();
  await page.getByLabel('From').fill('23:30');
  await page.getByText('Of the next day.').waitFor();
  await page.getByLabel('Repeat every so many minutes').fill('30');
  await page.getByRole('button', { name: 'Add a step' }).click();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  const body = (await sent).postDataJSON();
  expect(body).toMatchObject({
    config: { url: 'https://hooks.example.com/rollcall', secret: '[redacted]' },
    routes: [{ tags: ['prod', 'team:payments'], severities: ['degraded'], events: ['endpoint.recovered'] }],
    quietHours: { from: '23:30', to: '07:00', through: ['endpoint.down'] },
    remindMinutes: 30,
    escalation: [{ afterMinutes: 15, channel: 'ch_mail' }],
  });
  // What stays as it was is not sent: somebody else may be changing it.
  expect(body).not.toHaveProperty('standby');
  await page.getByText('Saved. Send a test message to be sure.').waitFor();
});

test('the answer to a test message is shown as it was, and what was given up is sent again', async () => {
  await page.goto('/channels/ch_hook?tab=deliveries');
  await page.getByRole('button', { name: 'Send test' }).click();
  const answer = page.getByRole('alert').filter({ hasText: 'The test message did not reach Automation' });
  await answer.getByText('The receiver answered 503.').waitFor();
  await page.getByText('"status": 503').first().waitFor();
  const dead = page.getByRole('region', { name: 'Given up' });
  expect(await dead.getByRole('button').count()).toBe(2);
  await dead.getByRole('button', { name: /^Send again endpoint.down/ }).click();
  await page.getByText('It is tried again, for another day, under the same id.').waitFor();
  await expect.poll(() => dead.getByRole('button').count(), { timeout: 20_000 }).toBe(1);
  await page.getByRole('button', { name: 'Delivered', exact: true }).click();
  await page.getByText('Nothing was sent yet.').waitFor();
});

test('an incident is snoozed with a way back, silenced, published to a page in words, and gets its postmortem', async () => {
  await page.goto('/incidents/inc_search');
  await page.getByRole('button', { name: 'Snooze' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'No reminder for 1 hour' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('No reminder and no escalation until').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('No reminder and no escalation until').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Silence' }).click();
  await page.getByRole('menuitem', { name: 'Tell nobody for 1 day' }).click();
  await page.getByText('The endpoint is silent until').waitFor();
  await page.getByRole('button', { name: 'End the silence' }).click();
  await page.getByText('The endpoint is silent until').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Status page').selectOption('sp_acme');
  const sent = page.waitForRequest((request) => request.url().endsWith('/status-pages/sp_acme/reports'));
  expect(await dialog.getByLabel('Title').inputValue()).toMatch(/^Search is/);
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Publish' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ published: true, affected: [{ component: 'sc_search' }] });
  expect(JSON.stringify((await sent).postDataJSON())).not.toContain('sse.buffered');
  await page.getByText('Published. Subscribers are told.').waitFor();
  await page.getByRole('button', { name: 'Write it the postmortem' }).click();
  await page.getByRole('textbox', { name: 'Postmortem' }).fill('<i>The proxy</i> held the stream back.');
  await page.getByRole('button', { name: 'Save the postmortem' }).click();
  await page.getByText('<i>The proxy</i> held the stream back.').waitFor();
});
