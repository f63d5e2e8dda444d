import { connect } from 'node:net';
import type { BulkAnswer, Endpoint, Problem } from '@rollcall/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rowCounts, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let endpointId: string;
let before: Record<string, number>;
let stored: string;
beforeAll(async () => {
  api = await startApi();
  endpointId = (await api.call('POST', '/api/v1/endpoints', { body: { name: 'Kept', url: 'https://kept.example/mcp' } })).json<Endpoint>()
    .id;
});
afterAll(() => api.close());

const snapshot = async () => JSON.stringify([await api.db.endpoint.findMany(), await api.db.endpointSchedule.findMany()]);
beforeEach(async () => {
  before = await rowCounts(api.db);
  stored = await snapshot();
});
const expectNothingWritten = async () => {
  expect(await rowCounts(api.db)).toEqual(before);
  expect(await snapshot()).toBe(stored);
};

const good = { name: 'Weather', url: 'https://mcp.example.com/mcp' };
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** What is wrong, the body, the pointers that must be named. */
const BAD_ENDPOINTS: [string, unknown, string[]][] = [
  ['no body members', {}, ['/name', '/url']],
  ['a list', [], ['']],
  ['a number', 7, ['']],
  ['null', null, ['']],
  ['an unknown member', { ...good, intervall: 5 }, ['/intervall']],
  ['two unknown members', { ...good, a: 1, 'b/c~d': 2 }, ['/a', '/b~1c~0d']],
  ['an unknown member of a member', { ...good, expect: { tools: 3 } }, ['/expect/tools']],
  ['a URL that is none', { ...good, url: 'not a url' }, ['/url']],
  ['a relative URL', { ...good, url: '/mcp' }, ['/url']],
  ['another scheme', { ...good, url: 'ftp://mcp.example.com/' }, ['/url']],
  ['a script', { ...good, url: 'javascript:alert(1)' }, ['/url']],
  ['a file', { ...good, url: 'file:///etc/passwd' }, ['/url']],
  ['a WebSocket', { ...good, url: 'wss://mcp.example.com/mcp' }, ['/url']],
  ['credentials in the URL', { ...good, url: 'https://user:pass@mcp.example.com/mcp' }, ['/url']],
  ['a user in the URL', { ...good, url: 'https://user@mcp.example.com/mcp' }, ['/url']],
  ['a URL of 3000 characters', { ...good, url: `https://mcp.example.com/${'x'.repeat(3000)}` }, ['/url']],
  ['a URL without a host', { ...good, url: 'https://' }, ['/url']],
  ['a port out of range', { ...good, url: 'https://mcp.example.com:70000/' }, ['/url']],
  ['a port that no browser calls', { ...good, url: 'http://mcp.example.com:25/' }, ['/url']],
  ['an empty URL', { ...good, url: '' }, ['/url']],
  ['a line break in a URL', { ...good, url: 'https://mcp.exa\nmple.com/mcp' }, ['/url']],
  ['a tab in a URL', { ...good, url: 'https://mcp.example.com/m\tcp' }, ['/url']],
  ['white space around a URL', { ...good, url: ' https://mcp.example.com/mcp' }, ['/url']],
  ['a control character in a URL', { ...good, url: 'https://mcp.example.com/\u0007' }, ['/url']],
  ['port 0', { ...good, url: 'http://mcp.example.com:0/' }, ['/url']],
  ['an empty name', { ...good, name: '   ' }, ['/name']],
  ['a name of 201 characters', { ...good, name: 'x'.repeat(201) }, ['/name']],
  ['a name that is a number', { ...good, name: 5 }, ['/name']],
  ['an interval of 1 second', { ...good, intervalSeconds: 1 }, ['/intervalSeconds']],
  ['an interval of a week', { ...good, intervalSeconds: 604_800 }, ['/intervalSeconds']],
  ['half a second', { ...good, intervalSeconds: 10.5 }, ['/intervalSeconds']],
  ['an interval as text', { ...good, intervalSeconds: '60' }, ['/intervalSeconds']],
  ['an interval of null', { ...good, intervalSeconds: null }, ['/intervalSeconds']],
  ['a negative timeout', { ...good, timeoutMs: -1 }, ['/timeoutMs']],
  ['a timeout beyond all numbers', { ...good, timeoutMs: 1e308 }, ['/timeoutMs']],
  ['an unknown transport', { ...good, transport: 'stdio' }, ['/transport']],
  ['an unknown era', { ...good, era: 'ancient' }, ['/era']],
  ['no region', { ...good, regions: [] }, ['/regions']],
  ['a region that is no name', { ...good, regions: ["'; drop table endpoint; --"] }, ['/regions/0']],
  ['a tag with spaces', { ...good, tags: ['ok', 'not ok'] }, ['/tags/1']],
  ['51 tags', { ...good, tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }, ['/tags']],
  ['a header name with a line break', { ...good, headers: { 'X-A\r\nX-B': '1' } }, ['/headers/X-A\r\nX-B']],
  ['a header value with a line break', { ...good, headers: { 'X-A': '1\r\nX-B: 2' } }, ['/headers/X-A']],
  ['an unknown kind of auth', { ...good, auth: { type: 'basic' } }, ['/auth/type']],
  ['a bearer without token', { ...good, auth: { type: 'bearer' } }, ['/auth/token']],
  ['an unknown member of auth', { ...good, auth: { type: 'none', token: 'x' } }, ['/auth/token']],
  ['U+0000 in the name', { ...good, name: 'a\0b' }, ['/name']],
  ['U+0000 in a required tool', { ...good, expect: { requiredTools: ['a\0'] } }, ['/expect/requiredTools/0']],
  ['paused as text', { ...good, paused: 'yes' }, ['/paused']],
  ['eleven confirmations', { ...good, policy: { confirmations: 11 } }, ['/policy/confirmations']],
  [
    'an override of no code',
    { ...good, policy: { overrides: [{ code: 'no.such', severity: 'down', reason: 'x' }] } },
    ['/policy/overrides/0/code'],
  ],
  [
    'an override without a reason',
    { ...good, policy: { overrides: [{ code: 'tools.empty', severity: 'down' }] } },
    ['/policy/overrides/0/reason'],
  ],
  [
    'an override to nonsense',
    { ...good, policy: { overrides: [{ code: 'tools.empty', severity: 'up', reason: 'x' }] } },
    ['/policy/overrides/0/severity'],
  ],
  [
    'a code overridden twice',
    { ...good, policy: { overrides: ['down', 'mute'].map((severity) => ({ code: 'tools.empty', severity, reason: 'x' })) } },
    ['/policy/overrides/1/code'],
  ],
  [
    'sign-in made a failure without force',
    { ...good, policy: { overrides: [{ code: 'auth.required', severity: 'down', reason: 'x' }] } },
    ['/policy/overrides/0/force'],
  ],
  ['a class of changes that is none', { ...good, policy: { drift: { cosmetic: 'alert' } } }, ['/policy/drift/cosmetic']],
  ['a drift policy that is none', { ...good, policy: { drift: { text: 'page' } } }, ['/policy/drift/text']],
  ['a call of no tool', { ...good, expect: { call: { arguments: {} } } }, ['/expect/call/tool']],
  ['a call with a list as arguments', { ...good, expect: { call: { tool: 'a', arguments: [] } } }, ['/expect/call/arguments']],
  [
    'a call with 20 KiB of arguments',
    { ...good, expect: { call: { tool: 'a', arguments: { a: 'x'.repeat(20_000) } } } },
    ['/expect/call/arguments'],
  ],
  ['an assertion of nothing', { ...good, expect: { call: { tool: 'a', assert: [{ path: '/a' }] } } }, ['/expect/call/assert/0']],
  [
    'an assertion about no place',
    { ...good, expect: { call: { tool: 'a', assert: [{ path: 'a', equals: 1 }] } } },
    ['/expect/call/assert/0/path'],
  ],
  [
    'an assertion by a pattern',
    { ...good, expect: { call: { tool: 'a', assert: [{ path: '', matches: '(a+)+$' }] } } },
    ['/expect/call/assert/0/matches'],
  ],
  ['the id', { ...good, id: 'ep_mine' }, ['/id']],
  ['the organization', { ...good, organizationId: 'org_other' }, ['/organizationId']],
];

describe('POST /endpoints', () => {
  it.each(BAD_ENDPOINTS)('refuses %s, naming it, and writes nothing', async (_what, body, pointers) => {
    const answer = await api.call('POST', '/api/v1/endpoints', { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = answer.json<Problem>();
    expect(problem).toMatchObject({
      status: 400,
      code: 'invalid_request',
      type: expect.any(String),
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect(problem.errors?.map((culprit) => culprit.pointer)).toEqual(expect.arrayContaining(pointers));
    await expectNothingWritten();
  });
});

describe('PATCH /endpoints/{id}', () => {
  it.each([
    ['nothing', {}],
    ['an unknown member', { nam: 'x' }],
    ['null for the name', { name: null }],
    ['an absurd interval', { intervalSeconds: 0 }],
    ['a URL that is none', { url: 'nope' }],
    ['the demo flag', { demo: false }],
    ['one good and one bad member', { name: 'good', timeoutMs: 'x' }],
  ])('refuses %s and changes nothing', async (_what, body) => {
    const answer = await api.call('PATCH', `/api/v1/endpoints/${endpointId}`, { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().code).toBe('invalid_request');
    await expectNothingWritten();
  });
});

describe('calls that take no body', () => {
  it.each([
    '/api/v1/endpoints/:id/probe',
    '/api/v1/incidents/inc_x/acknowledge',
    '/api/v1/channels/ch_x/test',
    '/api/v1/notices/msg_x/resend',
  ])('POST %s refuses members, naming them', async (path) => {
    const answer = await api.call('POST', path.replace(':id', endpointId), { body: { deep: true, 'a/b': 1 } });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map(({ pointer }) => pointer)).toEqual(['/deep', '/a~1b']);
    expect((await api.call('POST', path.replace(':id', endpointId), { body: [1] })).statusCode).toBe(400);
    await expectNothingWritten();
  });

  it('take an empty one', async () => {
    expect((await api.call('POST', '/api/v1/incidents/inc_x/acknowledge', { body: {} })).statusCode).toBe(404);
  });
});

describe('addresses that cannot be read', () => {
  it.each(['/api/v1/endpoints/%ff', '/api/v1/endpoints/%zz', '/status/%ff.json', '/badge/%ff/x.svg', '/%'])(
    '%s is refused as a problem',
    async (path) => {
      const answer = await api.call('GET', path);
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.json<Problem>()).toMatchObject({ status: 400, code: 'invalid_request' });
    },
  );

  it('what is no HTTP, or has a head too large, is refused as a problem, too', async () => {
    const { port } = new URL(await api.app.listen({ port: 0, host: '127.0.0.1' }));
    const say = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
        let said = '';
        socket.setEncoding('utf8').on('data', (data) => {
          said += data;
        });
        socket.on('close', () => resolve(said)).on('error', reject);
      });
    expect(await say('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"invalid_request"/);
    expect(await say(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 [\s\S]*"status":431/);
  });
});

describe('bodies that are not what they should be', () => {
  it.each<[string, string | Buffer, Record<string, string>, number[]]>([
    ['malformed JSON', '{"name": "x",', {}, [400]],
    ['text after the JSON', '{}x', {}, [400]],
    ['nothing at all', '', {}, [400]],
    ['lone surrogates', '{"name":"\\ud800","url":"https://a.example/mcp"}', {}, [400]],
    ['a lone surrogate as a name', '{"name":"a","url":"https://a.example/mcp","headers":{"\\udfff":"1"}}', {}, [400]],
    ['__proto__', '{"__proto__":{"admin":true},"name":"x","url":"https://a.example/mcp"}', {}, [400]],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}},"name":"x","url":"https://a.example/mcp"}', {}, [400]],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), {}, [400]],
    [
      'bytes that are no UTF-8 in a name',
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","url":"https://a.example/mcp"}')]),
      {},
      [400],
    ],
    ['a form', 'name=x&url=https://a.example', { 'content-type': 'application/x-www-form-urlencoded' }, [415]],
    ['plain text', '{"name":"x","url":"https://a.example/mcp"}', { 'content-type': 'text/plain' }, [415]],
    ['XML', '<a/>', { 'content-type': 'application/xml' }, [415]],
    ['a content type that is none', '{}', { 'content-type': ';;;' }, [400, 415]],
    ['100,000 levels', `{"name":"x","url":"https://a.example/mcp","expect":${deep(100_000)}}`, {}, [400]],
    ['more than 4 MiB', JSON.stringify({ ...good, name: 'x'.repeat(5 * 1024 * 1024) }), {}, [400, 413]],
    [
      '10,000 unknown members',
      JSON.stringify({ ...good, ...Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`m${i}`, i])) }),
      {},
      [400],
    ],
  ])('refuses %s', async (_what, raw, headers, statuses) => {
    for (const path of ['/api/v1/endpoints', '/api/v1/channels', '/api/v1/checks', '/api/v1/api-keys', '/api/v1/status-pages']) {
      const answer = await api.call('POST', path, { raw, headers });
      expect(statuses, `${path}: ${answer.body.slice(0, 300)}`).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.body.length).toBeLessThan(64 * 1024);
    }
    await expectNothingWritten();
  });

  it('refuses a channel whose configuration nests deeper than anything reads', async () => {
    const answer = await api.call('POST', '/api/v1/channels', {
      raw: `{"type":"webhook","name":"x","config":{"url":"https://a.example","headers":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}}`,
    });
    expect(answer.statusCode).toBe(400);
    await expectNothingWritten();
  });
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

describe('/endpoints/bulk', () => {
  it.each<['POST' | 'PATCH' | 'DELETE', unknown, string]>([
    ['POST', {}, '/endpoints'],
    ['POST', { endpoints: [] }, '/endpoints'],
    ['POST', { endpoints: Array.from({ length: 1001 }, () => good) }, '/endpoints'],
    ['POST', { endpoints: [good], ifExists: 'fail' }, '/ifExists'],
    ['POST', [good], ''],
    ['PATCH', { endpoints: {} }, '/endpoints'],
    ['DELETE', { ids: [7] }, '/ids/0'],
    ['DELETE', { ids: ['a'], force: true }, '/force'],
  ])('refuses %s %j', async (method, body, pointer) => {
    const answer = await api.call(method, '/api/v1/endpoints/bulk', { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toContain(pointer);
    await expectNothingWritten();
  });

  it.each<[unknown, string]>([
    [{}, '/ids'],
    [{ ids: [] }, '/ids'],
    [{ ids: [7] }, '/ids/0'],
    [{ ids: Array.from({ length: 1001 }, () => 'a') }, '/ids'],
    [{ ids: ['a'], now: true }, '/now'],
  ])('refuses to probe %j', async (body, pointer) => {
    const answer = await api.call('POST', '/api/v1/endpoints/bulk/probe', { body });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toContain(pointer);
  });

  it('says of every bad item what is wrong with it, and writes none of them', async () => {
    const endpoints = BAD_ENDPOINTS.map(([, body]) => body);
    const answer = await api.call('POST', '/api/v1/endpoints/bulk', {
      body: { endpoints: endpoints.filter((body) => !JSON.stringify(body).includes('\\u0000')) },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    const { results } = answer.json<BulkAnswer>();
    expect(
      results.filter(({ status, error }) => status !== 'failed' || error?.code !== 'invalid_request' || !error.errors?.length),
    ).toEqual([]);
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

describe('parameters', () => {
  it.each([
    ['/endpoints?limit=0', 'limit'],
    ['/endpoints?limit=201', 'limit'],
    ['/endpoints?limit=ten', 'limit'],
    ['/endpoints?limit=1&limit=2', 'limit'],
    ['/endpoints?status=broken', 'status'],
    ['/endpoints?cursor=nonsense', 'cursor'],
    ["/endpoints?cursor=ep_'%20or%201=1", 'cursor'],
    ['/endpoints?staus=up', 'staus'],
    ['/endpoints?q=%00', 'q'],
    ['/endpoints?tag=a%00', 'tag'],
    ['/incidents?status=closed', 'status'],
    ['/incidents?cursor=x', 'cursor'],
    ['/deliveries?status=lost', 'status'],
    ['/deliveries?cursor=x', 'cursor'],
    ['/notices?status=lost', 'status'],
    ['/notices?cursor=x', 'cursor'],
    ['/notices?type=test', 'type'],
    ['/channels?cursor=x', 'cursor'],
    ['/status-pages?cursor=x', 'cursor'],
    ['/status-pages?limit=0', 'limit'],
    ['/channels?type=email', 'type'],
    ['/api-keys?cursor=x', 'cursor'],
    ['/audit-log?cursor=x', 'cursor'],
    ['/audit-log?action=x', 'action'],
    ['/audit-log?from=yesterday', 'from'],
    ['/audit-log?who=me', 'who'],
    ['/members?cursor=x', 'cursor'],
    ['/members/invitations?cursor=x', 'cursor'],
    ['/config?name=My%20File', 'name'],
    ['/config?prune=1', 'prune'],
  ])('refuses %s, naming it', async (path, name) => {
    const answer = await api.call('GET', `/api/v1${path}`);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(
      answer.json<Problem>().errors?.some((culprit) => culprit.pointer.replace(/^\//, '').startsWith(name)),
      answer.body,
    ).toBe(true);
  });

  it.each([
    'nonsense',
    'ep_',
    "ep_'%20or%201=1",
    '%00',
    '..%2f..%2fmembers',
    'x'.repeat(190),
    '%f0%9f%92%a9',
    'ep_01m7xm535zh9ggmq4mnea2p9gp',
  ])('has nothing at the id %s', async (id) => {
    for (const kind of ['endpoints', 'incidents', 'channels', 'status-pages']) {
      const answer = await api.call('GET', `/api/v1/${kind}/${id}`);
      expect([400, 404], answer.body).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
    expect([400, 404]).toContain((await api.call('GET', `/api/v1/endpoints/${endpointId}/probes/${id}`)).statusCode);
    expect([400, 404]).toContain((await api.call('DELETE', `/api/v1/api-keys/${id}`)).statusCode);
  });

  it('refuses unknown windows and bad cursors below an endpoint', async () => {
    for (const path of ['stats?window=1y', 'stats?days=3', 'probes?cursor=pr_x', 'probes?limit=1000', 'probes?x=1']) {
      expect((await api.call('GET', `/api/v1/endpoints/${endpointId}/${path}`)).statusCode, path).toBe(400);
    }
  });

  it('answers an unknown path, a path without end and an unknown method as a problem', async () => {
    const unknown = await api.call('GET', '/api/v1/nothing-here');
    expect([unknown.statusCode, unknown.json<Problem>().code]).toEqual([404, 'not_found']);
    const wrong = await api.call('PUT', '/api/v1/endpoints', { body: {} });
    expect([wrong.statusCode, wrong.json<Problem>().code]).toEqual([405, 'method_not_allowed']);
    expect(wrong.headers['allow']?.toString().split(', ')).toEqual(expect.arrayContaining(['GET', 'POST']));
    expect([400, 404, 414]).toContain((await api.call('GET', `/api/v1/endpoints/${'x'.repeat(5000)}`)).statusCode);
    expect([400, 404]).toContain((await api.call('GET', '/api/v1/endpoints/%zz')).statusCode);
  });
});
