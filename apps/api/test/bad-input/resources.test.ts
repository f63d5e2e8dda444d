import type { Problem } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import type { TestApi } from '../harness.ts';
import { startUntouched } from './untouched.ts';

let api: TestApi;
let endpointId: string;
const expectNothingWritten = startUntouched((started) => {
  ({ api, endpointId } = started);
});

const mail = { type: 'email', name: 'x', config: { to: 'a@b.example' } };

describe('POST /channels', () => {
  it.each<[string, unknown, string]>([
    ['an unknown type', { type: 'pigeon', name: 'x', config: {} }, '/type'],
    ['a webhook without a URL', { type: 'webhook', name: 'x', config: {} }, '/config/url'],
    [
      'an unknown member of the configuration',
      { type: 'webhook', name: 'x', config: { url: 'https://a.example', uri: 'x' } },
      '/config/uri',
    ],
    ['a mail address that is none', { type: 'email', name: 'x', config: { to: 'nobody' } }, '/config/to'],
    ['a webhook to a script', { type: 'webhook', name: 'x', config: { url: 'javascript:alert(1)' } }, '/config/url'],
    [
      'a route of an unknown event',
      { type: 'email', name: 'x', config: { to: 'a@b.example' }, routes: [{ events: ['endpoint.exploded'] }] },
      '/routes/0/events/0',
    ],
    ['a route of an unknown severity', { ...mail, routes: [{ severities: ['fatal'] }] }, '/routes/0/severities/0'],
    ['quiet hours of no clock', { ...mail, quietHours: { from: '24:00', to: '07:00' } }, '/quietHours/from'],
    ['quiet hours without an end', { ...mail, quietHours: { from: '22:00', to: '22:00' } }, '/quietHours/to'],
    ['quiet hours of no place', { ...mail, quietHours: { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' } }, '/quietHours/timeZone'],
    ['quiet hours with an unknown member', { ...mail, quietHours: { from: '22:00', to: '07:00', except: [] } }, '/quietHours/except'],
    ['a reminder every minute', { ...mail, remindMinutes: 1 }, '/remindMinutes'],
    ['an escalation to nobody', { ...mail, escalation: [{ afterMinutes: 5, channel: 'ch_nobody' }] }, '/escalation/0/channel'],
    ['an escalation after no time', { ...mail, escalation: [{ afterMinutes: 0, channel: 'x' }] }, '/escalation/0/afterMinutes'],
    [
      'an escalation that goes back in time',
      {
        ...mail,
        escalation: [
          { afterMinutes: 10, channel: 'x' },
          { afterMinutes: 5, channel: 'y' },
        ],
      },
      '/escalation',
    ],
    ['a configuration that is a list', { type: 'email', name: 'x', config: [] }, '/config'],
    [
      'a header with a line break',
      { type: 'webhook', name: 'x', config: { url: 'https://a.example', headers: { 'X-A': 'a\r\nb: c' } } },
      '/config/headers/X-A',
    ],
  ])('refuses %s, naming it', async (_what, body, pointer) => {
    const answer = await api.call('POST', '/api/v1/channels', { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toEqual([expect.stringContaining(pointer)]);
    await expectNothingWritten();
  });
});

describe('silence and snooze', () => {
  it.each<[unknown, string]>([
    [{}, '/minutes'],
    [{ minutes: 0 }, '/minutes'],
    [{ minutes: 10_081 }, '/minutes'],
    [{ minutes: 1.5 }, '/minutes'],
    [{ minutes: '60' }, '/minutes'],
    [{ minutes: 60, until: 'tomorrow' }, '/until'],
    [null, ''],
  ])('refuse %j', async (body, pointer) => {
    for (const path of [`/endpoints/${endpointId}/silence`, '/incidents/inc_1/snooze']) {
      const answer = await api.call('POST', `/api/v1${path}`, { body });
      expect(answer.statusCode, answer.body).toBe(400);
      expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toEqual([expect.stringContaining(pointer)]);
    }
    await expectNothingWritten();
  });
});

describe('PATCH /incidents/{id} and the preview of a page', () => {
  it.each<[string, string, unknown, string]>([
    ['PATCH', '/incidents/inc_1', {}, '/postmortem'],
    ['PATCH', '/incidents/inc_1', { postmortem: ' ' }, '/postmortem'],
    ['PATCH', '/incidents/inc_1', { postmortem: 'x'.repeat(50_001) }, '/postmortem'],
    ['PATCH', '/incidents/inc_1', { postmortem: 'x', status: 'resolved' }, '/status'],
    ['POST', '/status-pages/sp_1/preview', {}, ''],
    ['POST', '/status-pages/sp_1/preview', { title: '' }, '/title'],
    ['POST', '/status-pages/sp_1/preview', { accentColor: 'red' }, '/accentColor'],
    ['POST', '/status-pages/sp_1/preview', { title: 'x', draft: true }, '/draft'],
  ])('refuse %s %s %j', async (method, path, body, pointer) => {
    const answer = await api.call(method as 'PATCH' | 'POST', `/api/v1${path}`, { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toEqual([expect.stringContaining(pointer)]);
    await expectNothingWritten();
  });
});

describe('POST /import', () => {
  it.each<[string, unknown, string]>([
    ['neither content nor document', {}, '/content'],
    ['both', { content: '{}', document: {} }, '/document'],
    ['an unknown format', { content: '{}', format: 'emacs' }, '/format'],
    ['an unknown member', { content: '{}', dry: true }, '/dry'],
    ['content that is no JSON', { content: 'mcpServers:' }, '/content'],
    ['content that nests too deep', { content: '['.repeat(50_000) }, '/content'],
    ['content that reaches the prototype', { content: '{"mcpServers":{"__proto__":{}}}' }, '/content'],
    ['a document of something else', { document: { name: 'x' } }, '/document'],
    ['a document that is a number', { document: 7 }, '/document'],
  ])('refuses %s, naming it', async (_what, body, pointer) => {
    const answer = await api.call('POST', '/api/v1/import', { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toContain(pointer);
    await expectNothingWritten();
  });
});

describe('PUT /config', () => {
  const config = (more: object) => ({ config: { version: 1, ...more } });
  const window = { startsAt: '2027-01-01T00:00:00Z', endsAt: '2027-01-01T01:00:00Z' };
  it.each<[string, unknown, string]>([
    ['no file', {}, '/config'],
    ['another version', { config: { version: 2 } }, '/config/version'],
    ['an unknown member', { ...config({}), force: true }, '/force'],
    ['an unknown section', config({ endpoint: {} }), '/config/endpoint'],
    ['a name that is none', config({ name: 'My File' }), '/config/name'],
    ['an endpoint without a URL', config({ endpoints: { 'a/b': {} } }), '/config/endpoints/a~1b/url'],
    ['a URL that is none', config({ endpoints: { a: { url: 'nope' } } }), '/config/endpoints/a/url'],
    [
      'a secret that nobody filled in',
      config({ endpoints: { a: { url: 'https://a.example/mcp', auth: { type: 'bearer', token: `\${T}` } } } }),
      '/config/endpoints/a/auth/token',
    ],
    [
      'a channel of another shape',
      config({ channels: { c: { type: 'email', config: { to: 'nobody' } } } }),
      '/config/channels/c/config/to',
    ],
    [
      'a route to nobody',
      config({ channels: { c: { type: 'email', config: { to: 'a@b.example' }, routes: [{ endpoints: ['x'] }] } } }),
      '/config/channels/c/routes/0/endpoints/0',
    ],
    [
      'a window that ends first',
      config({ maintenanceWindows: { m: { ...window, endsAt: window.startsAt } } }),
      '/config/maintenanceWindows/m/endsAt',
    ],
    [
      'a window of nobody',
      config({ maintenanceWindows: { m: { ...window, endpoints: ['ep_nobody'] } } }),
      '/config/maintenanceWindows/m/endpoints/0',
    ],
    [
      '1,001 endpoints',
      config({ endpoints: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`e${n}`, { url: 'https://a.example/mcp' }])) }),
      '/config/endpoints',
    ],
    [
      'one bad item among good ones',
      config({ endpoints: { good: { url: 'https://a.example/mcp' }, bad: { url: 'https://a.example/mcp', intervalSeconds: 1 } } }),
      '/config/endpoints/bad/intervalSeconds',
    ],
  ])('refuses %s, naming it, and does nothing of the rest', async (_what, body, pointer) => {
    const answer = await api.call('PUT', '/api/v1/config', { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toContain(pointer);
    await expectNothingWritten();
  });

  it.each([
    ['__proto__', '{"config":{"version":1,"endpoints":{"__proto__":{"url":"https://a.example/mcp"}}}}'],
    ['40 levels', `{"config":{"version":1,"channels":{"c":{"type":"email","config":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}}}}`],
    ['more than 4 MiB', JSON.stringify({ config: { version: 1, name: 'x'.repeat(5 * 1024 * 1024) } })],
  ])('refuses %s', async (_what, raw) => {
    const answer = await api.call('PUT', '/api/v1/config', { raw });
    expect([400, 413], answer.body).toContain(answer.statusCode);
    await expectNothingWritten();
  });
});

describe('members, invitations and accounts', () => {
  it.each<[string, 'POST' | 'PATCH' | 'DELETE', string, unknown, string]>([
    ['an unknown role', 'PATCH', '/members/mem_x', { role: 'king' }, '/role'],
    ['an unknown member', 'PATCH', '/members/mem_x', { role: 'admin', name: 'x' }, '/name'],
    ['an address that is none', 'POST', '/members/invitations', { email: 'nobody' }, '/email'],
    ['an invited owner', 'POST', '/members/invitations', { email: 'a@b.example', role: 'owner' }, '/role'],
    ['a slug with capitals', 'PATCH', '/organization', { slug: 'Acme' }, '/slug'],
    ['a plan of ones own choice', 'PATCH', '/organization', { plan: 'standard' }, '/plan'],
    ['an overlap below zero', 'POST', '/api-keys/key_x/rotate', { overlapSeconds: -1 }, '/overlapSeconds'],
    ['a deletion that confirms nothing', 'DELETE', '/organization', {}, '/confirm'],
    ['a deletion with more than it takes', 'DELETE', '/organization', { confirm: 'x', yes: true }, '/yes'],
    ['an invitation without its secret', 'POST', '/invitations/read', {}, '/token'],
    ['a short password', 'POST', '/invitations/accept', { token: 'x'.repeat(40), name: 'x', password: 'short' }, '/password'],
  ])('refuses %s, naming it', async (_what, method, path, body, pointer) => {
    const answer = await api.call(method, `/api/v1${path}`, { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toEqual([pointer]);
    await expectNothingWritten();
  });
});
