import type { BulkAnswer, Problem } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import type { TestApi } from '../harness.ts';
import { good, startUntouched } from './untouched.ts';

let api: TestApi;
let endpointId: string;
const expectNothingWritten = startUntouched((started) => {
  ({ api, endpointId } = started);
});

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
