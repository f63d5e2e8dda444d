import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { newContext } from './browser.ts';
import type { Dashboard } from './dashboard.ts';
import { RECOVERY_CODES, TOTP_SECRET, totp } from './mock/accounts.ts';
import { openSignedIn } from './signed-in-page.ts';

let dashboard: Dashboard;
let browser: Browser;
let context: BrowserContext;
let page: Page;
openSignedIn((opened) => {
  ({ dashboard, browser, context, page } = opened);
});

/** By keyboard alone: focus, then Enter. */
async function press(target: Locator): Promise<void> {
  await target.focus();
  await page.keyboard.press('Enter');
}
const dialog = () => page.getByRole('dialog');

describe('by keyboard', () => {
  test('two-factor sign-in is turned on, its codes are taken once, made anew, and it is turned off', async () => {
    await page.goto('/settings/security');
    await press(page.getByRole('button', { name: 'Turn on' }));
    await dialog().getByLabel('Your password').fill('not it');
    await page.keyboard.press('Enter');
    await dialog().getByRole('alert').getByText('The password is wrong.').waitFor();
    await dialog().getByLabel('Your password').fill('correct horse');
    await page.keyboard.press('Enter');
    await dialog().getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await dialog()
      .getByText(TOTP_SECRET.match(/.{4}/g)?.join(' ') ?? '')
      .waitFor();
    const code = dialog().getByRole('textbox', { name: 'Code' });
    expect(await code.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await dialog().getByText('The code is wrong or was used already.').waitFor();
    await code.fill(totp(TOTP_SECRET));
    await page.keyboard.press('Enter');
    const codes = dialog().getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    expect(await codes.allTextContents()).toEqual(RECOVERY_CODES);
    const [file] = await Promise.all([page.waitForEvent('download'), press(dialog().getByRole('button', { name: 'Download' }))]);
    expect(file.suggestedFilename()).toBe('rollcall-recovery-codes.txt');
    await press(dialog().getByRole('button', { name: 'I have stored them' }));
    await page.getByText('asks for a code of your authenticator app').waitFor();
    expect(await page.content()).not.toContain(RECOVERY_CODES[0]);

    await press(page.getByRole('button', { name: 'New recovery codes' }));
    await dialog().getByLabel('Your password').fill('correct horse');
    await page.keyboard.press('Enter');
    await dialog()
      .getByText(RECOVERY_CODES[9] ?? '')
      .waitFor();
    await press(dialog().getByRole('button', { name: 'I have stored them' }));
    await press(page.getByRole('button', { name: 'Turn off' }));
    await dialog().getByLabel('Your password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Turn on' }).waitFor();
  });

  test('one session is ended, then all the others; this one stays', async () => {
    await page.goto('/settings/security');
    await press(page.getByRole('button', { name: 'End the session of Safari on iPhone' }));
    await page.getByText('Safari on iPhone').waitFor({ state: 'detached' });
    await press(page.getByRole('button', { name: 'End all others' }));
    await press(page.getByRole('alertdialog').getByRole('button', { name: 'End them' }));
    await page.getByText('Unknown device').waitFor({ state: 'detached' });
    await page.getByText('this one').waitFor();
  });

  test('somebody is invited, invited again and not any more', async () => {
    await page.goto('/settings/members');
    await press(page.getByRole('button', { name: 'Invite', exact: true }));
    await page.keyboard.type('new@example.com');
    await dialog().getByLabel('Role').selectOption('admin');
    await press(dialog().getByRole('button', { name: 'Send the invitation' }));
    const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'new@example.com' });
    await row.getByText('Admin').waitFor();
    await press(row.getByRole('button', { name: 'Send again to new@example.com' }));
    await page.getByText('The invitation is on its way to new@example.com.').first().waitFor();
    await press(row.getByRole('button', { name: 'Revoke the invitation of new@example.com' }));
    await press(page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }));
    await row.waitFor({ state: 'detached' });
  });

  test('a role is changed, a member removed, and the last owner learns why leaving is refused', async () => {
    await page.goto('/settings/members');
    await page.getByLabel('Role of Noor').selectOption('member');
    await page.getByText('Noor is member now.').waitFor();
    await press(page.getByRole('button', { name: 'What can be done about Jonas Weber' }));
    await press(page.getByRole('menuitem', { name: 'Remove' }));
    await press(dialog().getByRole('button', { name: 'Remove' }));
    await page.getByText('Jonas Weber', { exact: true }).waitFor({ state: 'detached' });
    await press(page.getByRole('button', { name: 'What can be done about Maya Lind' }));
    await press(page.getByRole('menuitem', { name: 'Leave the organization' }));
    await press(dialog().getByRole('button', { name: 'Leave' }));
    await dialog().getByText('This is the last owner').waitFor();
  });

  test('a key is made with an end, shown once, and rotated with an overlap', async () => {
    await page.goto('/settings/api-keys');
    await press(page.getByRole('button', { name: 'New key' }));
    await page.keyboard.type('CI');
    await dialog().getByLabel('Expires').selectOption({ label: 'In 90 days' });
    await press(dialog().getByRole('button', { name: 'Make the key' }));
    await dialog().getByText('rc_new1_this-is-shown-once').waitFor();
    await press(dialog().getByRole('button', { name: 'I have stored it' }));
    const row = page.getByRole('listitem').filter({ hasText: 'CI' });
    await row.getByText('works until').waitFor();
    expect(await page.content()).not.toContain('this-is-shown-once');
    await press(row.getByRole('button', { name: 'Rotate CI' }));
    await dialog().getByLabel('The former key works on for').selectOption({ label: 'One hour' });
    await press(dialog().getByRole('button', { name: 'Make the new key' }));
    await dialog().getByText('rc_new1_this-is-shown-once').waitFor();
    await press(dialog().getByRole('button', { name: 'I have stored it' }));
    await page.getByText('rotated, works until').waitFor();
  });

  test('a forgotten password is asked for and set anew', async () => {
    await context.clearCookies();
    await page.goto('/sign-in');
    await press(page.getByRole('link', { name: 'Forgot the password?' }));
    await page.waitForURL('**/reset-password');
    await page.getByLabel('Email').fill('maya@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('Look into your mail').waitFor();
    await page.goto('/reset-password?token=old-token');
    await page.getByLabel('New password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByText('The link was used already or has expired').waitFor();
    await page.goto('/reset-password?token=good-token');
    await page.getByLabel('New password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in?done=password');
    await page.getByText('Your new password is set.').waitFor();
  });
});

test('the name and the password are changed, and a wrong password is told', async () => {
  await page.goto('/settings/profile');
  await page.getByRole('textbox', { name: 'Name' }).fill('Maya L.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your name is changed.').waitFor();
  await page.getByLabel('Current password').fill('wrong');
  await page.getByLabel('New password').fill('a better horse');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('The password is wrong.').waitFor();
  await page.getByLabel('Current password').fill('correct horse');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('Everywhere else you are signed out.').waitFor();
});

test('the organization is renamed, and a slug that is taken is told at its field', async () => {
  await page.goto('/settings/organization');
  await page.getByLabel('Slug').fill('taken');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('is taken by another organization').waitFor();
  await page.getByLabel('Slug').fill('north');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The organization is saved.').waitFor();
  expect(await page.getByRole('meter', { name: 'Endpoints' }).getAttribute('aria-valuenow')).toBe('47');
});

test('the audit log shows what changed, is filtered by address, and loads more', async () => {
  await page.goto('/settings/audit-log');
  const entries = page.getByRole('region', { name: 'Entries' }).locator('details');
  expect(await entries.count()).toBe(50);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect.poll(() => entries.count(), { timeout: 20_000 }).toBe(64);
  await press(entries.first().locator('summary'));
  const changes = entries.first().getByRole('list', { name: 'What changed' });
  expect(await changes.locator('del, ins').allTextContents()).toEqual([
    '− Docs',
    '+ Documentation',
    '− 60',
    '+ 30',
    '− prod',
    '+ prod, team:docs',
    '− 1',
    '+ 12',
  ]);
  await page.getByLabel('Action').selectOption({ label: 'Channels' });
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.waitForURL(/action=channel/);
  await expect.poll(() => entries.count(), { timeout: 20_000 }).toBe(1);
  await page.reload();
  expect(await entries.count()).toBe(1);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => entries.count(), { timeout: 20_000 }).toBe(50);
  await page.goto('/settings/audit-log?from=yesterday');
  await page.getByRole('alert').getByText('must be an instant').waitFor();
});

test('another service that refuses leads back with the reason; the offered ones are those configured', async () => {
  await context.clearCookies();
  await page.goto('/sign-in');
  expect(await page.getByRole('button', { name: /^Continue with/ }).allTextContents()).toEqual([
    'Continue with GitHub',
    'Continue with Google',
    'Continue with single sign-on',
  ]);
  await page.getByRole('button', { name: 'Continue with GitHub' }).click();
  await page.getByText('the service does not vouch for the address').waitFor();
});

test('signing up says that a mail is on its way, and does not for an address that is known', async () => {
  const stranger = await newContext(browser, { baseURL: dashboard.url });
  const door = await stranger.newPage();
  await door.goto('/sign-up');
  await door.getByLabel('Name').fill('Kim');
  await door.getByLabel('Email').fill('maya@example.com');
  await door.getByLabel('Password').fill('correct horse');
  await door.keyboard.press('Enter');
  await door.getByText('There is an account with this address').waitFor();
  await door.getByLabel('Email').fill('kim@example.com');
  await door.keyboard.press('Enter');
  await door.getByText('A link is on its way to kim@example.com').waitFor();
  await stranger.close();
});

test('who belongs to several organizations changes between them in the menu', async () => {
  await page.goto('/incidents');
  await press(page.getByRole('button', { name: 'Account menu' }));
  const asked = page.waitForRequest('**/api/auth/organization/set-active');
  await press(page.getByRole('menuitemradio', { name: 'Contoso Labs' }));
  expect((await asked).postDataJSON()).toEqual({ organizationId: 'org_2' });
  await page.waitForURL(`${dashboard.url}/`);
});

test('the organization and the account are deleted only after their name and the password, with what goes along', async () => {
  await page.goto('/settings/danger-zone');
  expect(await page.getByRole('link', { name: 'Export the organization' }).getAttribute('href')).toBe('/api/v1/organization/export');
  await page.getByRole('button', { name: 'Delete the organization' }).click();
  await dialog().getByLabel('Type northwind to go on').fill('something');
  await dialog().getByLabel('Your password').fill('wrong');
  await page.keyboard.press('Enter');
  await dialog().getByText('Type northwind exactly.').waitFor();
  await dialog().getByLabel('Type northwind to go on').fill('northwind');
  await page.keyboard.press('Enter');
  await dialog().getByText('is not your password').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete the account' }).click();
  await dialog().getByText('Contoso Labs').waitFor();
  await dialog().getByLabel('Type maya@example.com to go on').fill('maya@example.com');
  await dialog().getByLabel('Your password').fill('correct horse');
  const sent = page.waitForRequest((request) => request.method() === 'DELETE');
  await page.keyboard.press('Enter');
  expect((await sent).postDataJSON()).toEqual({ confirm: 'maya@example.com', organizations: ['org_2'], password: 'correct horse' });
  await page.waitForURL('**/sign-in');
});

test('the page of the design is not there unless the web process is told to show it', async () => {
  const answer = await page.goto('/design');
  expect(answer?.status()).toBe(404);
});
