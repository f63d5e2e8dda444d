import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSignedIn } from './signed-in-page.ts';
import { violationsOf } from './violations.ts';

let page: Page;
openSignedIn((opened) => {
  ({ page } = opened);
});

/** Somebody else saves it, past the form that is open. */
async function meanwhile(path: string, data: object): Promise<void> {
  const answer = await page.request.patch(`/api/v1${path}`, { data });
  expect(answer.status()).toBe(200);
}
const read = async (path: string) => (await page.request.get(`/api/v1${path}`)).json();
const dialog = () => page.getByRole('dialog', { name: 'It was changed meanwhile' });

/** The ETag is read when the form appears; nothing may be changed behind it before. */
async function opened(url: string, path: string): Promise<void> {
  const known = page.waitForResponse(
    (response) => new URL(response.url()).pathname === `/api/v1${path}` && response.request().method() === 'GET',
  );
  await page.goto(url);
  await known;
}

test.each([
  {
    what: 'an endpoint',
    url: '/endpoints/ep_docs?tab=settings',
    path: '/endpoints/ep_docs',
    field: 'Name',
    member: 'name',
    other: { tags: ['theirs'] },
  },
  { what: 'a channel', url: '/channels/ch_hook', path: '/channels/ch_hook', field: 'Name', member: 'name', other: { remindMinutes: 45 } },
  {
    what: 'a status page',
    url: '/status-pages/sp_acme',
    path: '/status-pages/sp_acme',
    field: 'Title',
    member: 'title',
    other: { description: 'theirs' },
  },
  {
    what: 'the organization',
    url: '/settings/organization',
    path: '/organization',
    field: 'Name',
    member: 'name',
    other: { slug: 'theirs' },
  },
])('what somebody else saved of $what meanwhile is not overwritten unseen', async ({ url, path, field, member, other }) => {
  await opened(url, path);
  const input = page.getByRole('textbox', { name: field, exact: true }).first();
  await input.fill('Mine');
  await meanwhile(path, other);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog()
    .getByRole('rowheader', { name: Object.keys(other)[0] as string })
    .waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect((await read(path))[member]).not.toBe('Mine');

  // Theirs is shown, and a third change in the meantime is no less safe than the second.
  await meanwhile(path, { [member]: 'Third' });
  await dialog().getByRole('button', { name: 'Save mine over it' }).click();
  await dialog()
    .getByRole('rowheader', { name: `${member} you, too` })
    .waitFor();
  await dialog().getByRole('button', { name: 'Save mine over it' }).click();
  await expect.poll(async () => (await read(path))[member]).toBe('Mine');
  expect(await read(path)).toMatchObject(other);
  await dialog().waitFor({ state: 'detached' });

  await input.fill('Mine again');
  await meanwhile(path, { [member]: 'Theirs' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog().getByRole('button', { name: 'Reload, discard mine' }).click();
  await expect.poll(() => input.inputValue()).toBe('Theirs');
  expect((await read(path))[member]).toBe('Theirs');
});

test('a maintenance window that somebody else moved is not moved back unseen', async () => {
  await page.goto('/maintenance');
  const known = page.waitForResponse((response) => response.url().endsWith('/maintenance-windows/mw_now'));
  await page
    .getByRole('listitem')
    .filter({ hasText: 'New disks for Billing' })
    .getByRole('button', { name: /Change|Edit/ })
    .click();
  await known;
  await page.getByLabel('Name', { exact: true }).fill('Mine');
  await meanwhile('/maintenance-windows/mw_now', { description: 'Theirs' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog().getByRole('rowheader', { name: 'description' }).waitFor();
  await dialog().getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('Mine', { exact: true }).first().waitFor();
  expect(await read('/maintenance-windows/mw_now')).toMatchObject({ name: 'Mine', description: 'Theirs' });
});
