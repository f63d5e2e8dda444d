import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@rollcall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newContext } from '../../apps/web/test/browser.ts';
import { eventually, npmStart, readCredentials, removeFolder, repository, type Started, startEverything, untilReady } from './rollcall.ts';

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

it('pages and their scripts come compressed', async () => {
  const page = await fetch(`${started.baseUrl}/sign-in`, { headers: { 'accept-encoding': 'gzip' } });
  expect(page.headers.get('content-encoding')).toBe('gzip');
  const script = /\/_next\/static\/[^"]+\.js/.exec(await page.text())?.[0];
  const sent = await fetch(`${started.baseUrl}${script}`, { headers: { 'accept-encoding': 'gzip' } });
  expect([sent.status, sent.headers.get('content-encoding')]).toEqual([200, 'gzip']);
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

/** The newest message to the address, as text; messages are files while no mail server is configured. */
async function mailTo(address: string, subject: string): Promise<string> {
  const folder = join(data, 'mail');
  return eventually(`a mail "${subject}" to ${address}`, async () => {
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
    const texts = files.map((name) =>
      readFileSync(join(folder, name), 'utf8')
        .replaceAll(/=\r?\n/g, '')
        .replaceAll('=3D', '='),
    );
    return texts.find((text) => text.includes(`To: ${address}`) && text.includes(`Subject: ${subject}`));
  });
}

/** The link of a mail, without the host: the address of the installation may be another than ours. */
function linkOf(mail: string, path: string): string {
  const found = new RegExp(`${path}\\?token=[\\w%.-]+`).exec(mail)?.[0];
  if (found === undefined) throw new Error(`no link to ${path} in:\n${mail}`);
  return found;
}

it('somebody is invited, follows the link of the mail, forgets the password and sets a new one by mail', { timeout: 240_000 }, async () => {
  const browser = await launchBrowser();
  try {
    const signIn = async (page: Page, email: string, password: string) => {
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };
    const owner = await (await newContext(browser, { baseURL: started.baseUrl })).newPage();
    const { email, password } = readCredentials(data);
    await owner.goto('/sign-in?next=/settings/members');
    await signIn(owner, email, password);
    await owner.waitForURL('**/settings/members');
    await owner.getByRole('button', { name: 'Invite', exact: true }).click();
    await owner.getByRole('dialog').getByLabel('Email').fill('kim@example.com');
    await owner.getByRole('dialog').getByLabel('Role').selectOption('viewer');
    await owner.getByRole('dialog').getByRole('button', { name: 'Send the invitation' }).click();
    await owner.getByText('The invitation is on its way to kim@example.com.').waitFor();

    const guest = await newContext(browser, { baseURL: started.baseUrl });
    const page = await guest.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const invitation = linkOf(await mailTo('kim@example.com', 'Invitation to'), '/invitation');
    await page.goto(invitation);
    await page.getByText('kim@example.com is invited to join').waitFor();
    await page.getByLabel('Name').fill('Kim');
    await page.getByLabel('Password').fill('the first of two');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${started.baseUrl}/`);
    await page.getByRole('button', { name: 'Account menu' }).getByText('Kim').waitFor();
    await page.goto('/settings/audit-log');
    await page.getByText('Owners and admins read the audit log').waitFor();
    await page.goto(invitation);
    await page.getByText('was used or revoked, or has expired').waitFor();

    await guest.clearCookies();
    await page.goto('/reset-password');
    await page.getByLabel('Email').fill('kim@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('Look into your mail').waitFor();
    await page.goto(linkOf(await mailTo('kim@example.com', 'Set a new password'), '/reset-password'));
    await page.getByLabel('New password').fill('the second of two');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in?done=password');
    await signIn(page, 'kim@example.com', 'the first of two');
    await page.getByText('The email or the password is wrong.').waitFor();
    await signIn(page, 'kim@example.com', 'the second of two');
    await page.waitForURL(`${started.baseUrl}/`);

    await owner.goto('/settings/audit-log?actor=kim%40example.com');
    await owner.getByText('Invitation accepted').waitFor();
    await owner.getByText('Password reset').waitFor();
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});
