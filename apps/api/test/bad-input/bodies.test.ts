import { connect } from 'node:net';
import type { Problem } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import type { TestApi } from '../harness.ts';
import { deep, good, startUntouched } from './untouched.ts';

let api: TestApi;
let endpointId: string;
const expectNothingWritten = startUntouched((started) => {
  ({ api, endpointId } = started);
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
