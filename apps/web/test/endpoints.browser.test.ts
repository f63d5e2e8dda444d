import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSignedIn } from './signed-in-page.ts';

let context: BrowserContext;
let page: Page;
openSignedIn((opened) => {
  ({ context, page } = opened);
});

test('a change of the tools is read word by word and accepted as the new baseline, by keyboard alone', async () => {
  await page.goto('/endpoints/ep_billing?tab=tools');
  await page.getByText('The tools differ from their baseline').waitFor();
  const change = page.getByRole('listitem').filter({ hasText: 'Breaking: 1 tool removed' });
  await change.getByText('4 differences').focus();
  await page.keyboard.press('Enter');
  expect(await change.getByRole('insertion').filter({ hasText: 'id_rsa' }).count()).toBe(1);
  expect(await change.getByRole('deletion').filter({ hasText: '500' }).textContent()).toBe('removed: 500');
  await change.getByRole('button', { name: 'Accept as new baseline' }).focus();
  await page.keyboard.press('Enter');
  await change.getByText('Accepted by Maya Lind').waitFor();
});

test('a tool is found and its definition opened', async () => {
  await page.goto('/endpoints/ep_billing?tab=tools');
  await page.getByRole('searchbox', { name: 'Search the tools' }).fill('delete');
  await expect.poll(() => page.getByText('get_balance', { exact: true }).count()).toBe(0);
  await page.getByText('delete_customer', { exact: true }).click();
  await page.getByText('"Account id"').first().waitFor();
});

test('the clients tab says who fails and why, and copies the configuration of a client', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/endpoints/ep_billing?tab=clients');
  const row = page.getByRole('row').filter({ hasText: 'Claude Code' });
  await row.getByText('A redirect turns the POST into a GET').waitFor();
  await page.getByRole('tab', { name: 'VS Code' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tabpanel').getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('https://billing.example.com/mcp');
});

test('everything that an endpoint can be told is set by keyboard, and an error stands at its field', async () => {
  await page.goto('/endpoints/ep_fleet020?tab=settings');
  const sent: Record<string, unknown>[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') sent.push(request.postDataJSON());
  });
  await page.getByLabel('Latency budget in ms').fill('800');
  await page.getByLabel('Tool to call').fill('forecast');
  await page.getByText('Every probe calls this tool for real').waitFor();
  await page.getByLabel('Arguments').fill('{"city": "Oslo"');
  await page.getByRole('button', { name: 'Add an assertion' }).press('Enter');
  await page.getByLabel('Value').fill('Oslo');
  await page.getByLabel('Confirmations of a failure').fill('1');
  await page.getByRole('button', { name: 'Add an override' }).press('Enter');
  await page.getByLabel('Code').fill('auth.required');
  await page.getByLabel('Counts as').selectOption('down');
  await page.getByLabel('Reason').fill('it must be open');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('must be a JSON object').first().waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('callArguments');
  expect(sent).toEqual([]);
  await page.getByLabel('Arguments').fill('{"city": "Oslo"}');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Make it a failure' }).press('Space');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('Saved.').waitFor();
  // What was not touched is not sent: the URL named again would begin the endpoint anew.
  expect(sent.at(-1)).toEqual({
    expect: {
      latencyMs: 800,
      call: { tool: 'forecast', arguments: { city: 'Oslo' }, assert: [{ path: '/content/0/text', contains: 'Oslo' }] },
    },
    policy: { confirmations: 1, overrides: [{ code: 'auth.required', severity: 'down', reason: 'it must be open', force: true }] },
  });
});

test('rows are chosen by keyboard, over pages and all that match, and paused, tagged, checked and deleted together', async () => {
  await page.goto('/endpoints?tag=fleet&sort=name');
  await page.getByRole('checkbox', { name: 'Select Fleet server 1', exact: true }).press('Space');
  const bar = page.getByRole('region', { name: 'Selected endpoints' });
  await bar.getByText('1 selected').waitFor();
  await page.getByRole('checkbox', { name: 'Select Fleet server 12', exact: true }).click({ modifiers: ['Shift'] });
  await bar.getByText('4 selected').waitFor();
  await bar.getByRole('button', { name: 'Check now' }).press('Enter');
  await page.getByText('4 endpoints probed within a minute.').waitFor();
  await page.getByRole('checkbox', { name: 'Select every endpoint on this page' }).press('Space');
  await bar.getByText('50 selected').waitFor();
  await bar.getByRole('button', { name: 'Select all that match' }).press('Enter');
  await bar.getByRole('button', { name: 'Pause' }).press('Enter');
  await page.getByText('60 endpoints paused.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByText('60 endpoints probed again.').waitFor();
  await page.getByRole('checkbox', { name: 'Select Fleet server 2', exact: true }).press('Space');
  await bar.getByRole('button', { name: 'Tag' }).press('Enter');
  await page.getByRole('dialog').getByLabel('Tag').fill('old');
  await page.keyboard.press('Enter');
  await page.getByText('1 endpoint tagged.').waitFor();
  await page.getByRole('searchbox', { name: 'Tag' }).fill('old');
  await expect.poll(() => page.getByRole('row').count(), { timeout: 20_000 }).toBe(2);
  await page.getByRole('checkbox', { name: 'Select Fleet server 2', exact: true }).press('Space');
  await bar.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByText('No endpoint matches').waitFor();
});

test('a view is kept under a name, and is an address', async () => {
  await page.goto('/endpoints');
  await page.getByRole('button', { name: 'A redirect turns the POST into a GET' }).filter({ visible: true }).click();
  await expect.poll(() => page.url(), { timeout: 20_000 }).toContain('cause=redirect.method_lost');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('latency');
  await expect.poll(() => page.url(), { timeout: 20_000 }).toContain('sort=latency');
  await page.getByRole('button', { name: 'Views' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Save this view' }).press('Enter');
  await page.getByLabel('Name of the view').fill('Redirects');
  await page.keyboard.press('Enter');
  await page.goto('/endpoints');
  await page.getByRole('button', { name: 'Views' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Redirects' }).press('Enter');
  await expect.poll(() => page.getByRole('row').count(), { timeout: 20_000 }).toBe(2);
  expect(page.url()).toContain('cause=redirect.method_lost');
});

test('a pasted configuration file is planned, remarked upon and registered', async () => {
  await page.goto('/endpoints/new');
  const file = {
    mcpServers: {
      search: { type: 'http', url: 'https://search.example.com/mcp' },
      local: { command: 'npx' },
      '<b>': { url: 'https://b.example.com/mcp' },
    },
  };
  await page.getByLabel('URL', { exact: true }).focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text', text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, JSON.stringify(file));
  await page.getByRole('button', { name: 'Show what it would do' }).press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'local' }).getByText('Skipped').waitFor();
  await page.getByRole('heading', { name: 'Remarks on the file' }).waitFor();
  await page.getByRole('button', { name: /^Register \d endpoints?$/ }).press('Enter');
  await page.getByRole('heading', { name: 'What was done' }).waitFor();
  expect(await page.getByRole('link', { name: 'search' }).getAttribute('href')).toMatch(/^\/endpoints\/ep_/);
});

test('what a check suggests is expected when it is ticked', async () => {
  await page.goto('/endpoints/new');
  await page.getByLabel('URL', { exact: true }).fill('https://new.example.com/mcp');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'At least 12 tools' }).press('Space');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/endpoints'));
  await page.getByRole('button', { name: 'Save and monitor' }).press('Enter');
  expect((await sent).postDataJSON()).toMatchObject({ intervalSeconds: 60, expect: { certificateDays: 14, minTools: 12 } });
});

test('the first page comes with at most 250 kB of JavaScript, and so does the table', async () => {
  for (const path of ['/', '/endpoints']) {
    const html = await (await context.request.get(path)).text();
    // What only browsers without modules load is loaded by none that the dashboard supports.
    const tags = (html.match(/<(?:script|link)\b[^>]*>/g) ?? []).filter((tag) => !/nomodule/i.test(tag));
    const named = new Set(tags.flatMap((tag) => /(?:src|href)="(\/_next\/[^"?]+\.js)/.exec(tag)?.[1] ?? []));
    expect(named.size).toBeGreaterThan(3);
    let bytes = 0;
    for (const source of named) bytes += gzipSync(await (await context.request.get(source)).body()).length;
    expect(bytes, `${path}: ${bytes} bytes in ${named.size} scripts`).toBeLessThanOrEqual(250_000);
  }
});

test('the latency is walked with the arrow keys, is a table when asked, and keeps its window in the address', async () => {
  await page.goto('/endpoints/ep_billing');
  for (const window of ['24 hours', '7 days', '30 days', '90 days']) {
    const figure = page
      .locator('div')
      .filter({ has: page.getByText(`Uptime, ${window}`, { exact: true }) })
      .last();
    expect(await figure.textContent()).toMatch(/98\.73%down for 47 min[\d.]+% not measured30 min maintenance$/);
  }
  const chart = page.getByRole('slider', { name: 'Latency, point by point' });
  await chart.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => chart.getAttribute('aria-valuenow')).toBe('1');
  await page.keyboard.press('End');
  await expect
    .poll(() => chart.getAttribute('aria-valuetext'))
    .toMatch(/UTC\)?, Median \d+ ms, 95th percentile \d+ ms, 99th percentile \d+ ms, 3 of 15 probes failed, A redirect turns the POST/);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => chart.getAttribute('aria-valuenow')).toBe(String(Number(await chart.getAttribute('aria-valuemax')) - 1));
  await page.getByText('30d', { exact: true }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('window')).toBe('30d');
  await page.reload();
  expect(await page.getByRole('radio', { name: '30d' }).isChecked()).toBe(true);
  await page.getByText('As a table').click();
  const table = page.getByRole('region', { name: 'Latency by time' }).getByRole('table');
  await table.waitFor();
  expect(await table.getByRole('columnheader').allTextContents()).toEqual([
    'Time',
    'Median',
    '95th percentile',
    '99th percentile',
    'Probes',
    'During',
  ]);
  await table.getByRole('cell', { name: 'Maintenance' }).first().waitFor();
  const bands = page.getByRole('list', { name: 'Incidents and maintenance of the window' });
  expect(await bands.getByRole('link').first().getAttribute('href')).toBe('/incidents/inc_billing');
});
