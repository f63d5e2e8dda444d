import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mcpOutputs } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import { rowCounts, startApi } from './harness.ts';
import { MCP_CLIENTS } from './mcp-clients.ts';
import { api, base, callRaw, connect, foreign, ownEndpoint, READ_TOOLS, send, small, tool, useMcp, WRITE_TOOLS } from './mcp-setup.ts';

useMcp();

describe.each(MCP_CLIENTS)('%s', (kind) => {
  it('lists the tools, in one order, each with all that a client may show', async () => {
    const client = await connect(kind);
    expect(client.server()).toMatchObject({ name: 'rollcall', title: 'Rollcall' });
    const tools = await client.tools();
    expect(tools.map(({ name }) => name)).toEqual([...READ_TOOLS, ...WRITE_TOOLS]);
    for (const { name, description, annotations, inputSchema, outputSchema } of tools) {
      expect(description?.length, name).toBeGreaterThan(80);
      expect(inputSchema, name).toMatchObject({ type: 'object', additionalProperties: false });
      expect(outputSchema, name).toMatchObject({ type: 'object' });
      expect(annotations, name).toMatchObject({ readOnlyHint: READ_TOOLS.includes(name), destructiveHint: false });
    }
    expect(JSON.stringify(tools)).not.toContain('$schema');
  });

  it('calls every tool', async () => {
    const { endpoint, incident } = await ownEndpoint();
    const client = await connect(kind);
    await client.tools();
    const call = async (name: string, args: Record<string, unknown>) => {
      const answer = await client.call(name, args);
      expect(answer, `${name}: ${answer.text}`).toMatchObject({ isError: false });
      expect(answer.text.length).toBeGreaterThan(10);
      return answer;
    };

    const listed = await call('list_endpoints', { search: 'WEATH', tag: 'prod', status: 'down', limit: 1 });
    expect(mcpOutputs.listEndpoints.parse(listed.data).data).toMatchObject([{ id: endpoint, state: { openIncidentId: incident } }]);
    expect(listed.text).toContain(endpoint);
    expect(mcpOutputs.endpoint.parse((await call('get_endpoint', { id: endpoint })).data)).toMatchObject({ id: endpoint, name: 'Weather' });
    const incidents = await call('list_incidents', { status: 'open', endpoint });
    expect(mcpOutputs.listIncidents.parse(incidents.data).data).toMatchObject([{ id: incident, cause: { code: 'tcp.refused' } }]);
    const shown = await call('get_incident', { id: incident });
    expect(mcpOutputs.incident.parse(shown.data)).toMatchObject({
      id: incident,
      cause: { explanation: 'The host refused the connection.' },
    });
    expect(shown.text).toContain('Nothing listens there (tcp.refused');
    const page = await call('read_cause', { code: 'redirect.method_lost' });
    expect(mcpOutputs.cause.parse(page.data)).toMatchObject({
      code: 'redirect.method_lost',
      docs: `${base}/docs/causes/redirect.method_lost`,
    });
    expect(page.text).toContain('nginx');

    const steps: string[] = [];
    const checked = await client.call('check_url', { url: small.url }, (message) => steps.push(message));
    expect(mcpOutputs.report.parse(checked.data)).toMatchObject({ verdict: 'up', tools: { names: ['greet'] }, curl: null });
    expect(checked.text).toContain(`${small.url}: up`);
    expect(steps).toContain('initialize');
    steps.length = 0;
    const probed = await client.call('run_probe', { id: endpoint }, (message) => steps.push(message));
    expect(steps).toContain('initialize');
    expect(mcpOutputs.report.parse(probed.data)).toMatchObject({ verdict: 'up' });
    expect(await api.db.endpointState.findUniqueOrThrow({ where: { endpointId: endpoint } })).toMatchObject({
      lastProbeAt: expect.any(Date),
    });

    const made = await call('register_endpoint', { name: 'By an agent', url: small.url, tags: ['agent'], paused: true });
    const { id, state } = mcpOutputs.endpoint.parse(made.data);
    expect(state.status).toBe('paused');
    const mine = { organizationId: api.ours.id };
    expect(await api.db.endpoint.findFirst({ where: { id, ...mine } })).toMatchObject({ name: 'By an agent', intervalSeconds: 60 });
    const noted = await call('add_incident_note', { id: incident, text: 'The port was closed.' });
    expect(mcpOutputs.incident.parse(noted.data).timeline.at(-1)).toMatchObject({ type: 'note', data: { text: 'The port was closed.' } });
    const acknowledged = await call('acknowledge_incident', { id: incident });
    expect(mcpOutputs.incident.parse(acknowledged.data).acknowledgedBy).toMatch(/^API key write \(rc_/);
    const audit = await api.db.auditLog.findMany({ where: { ...mine, target: { in: [id, incident] } }, orderBy: { id: 'asc' } });
    expect(audit.map(({ action, actor }) => [action, actor.startsWith('API key write')])).toEqual([
      ['endpoint.created', true],
      ['incident.noted', true],
      ['incident.acknowledged', true],
    ]);
  });

  it('signs in by itself with client credentials', async () => {
    const client = await connect(kind, api.ours.keys.read, 'credentials');
    expect((await client.tools()).map(({ name }) => name)).toEqual(READ_TOOLS);
    expect(await client.call('list_incidents')).toMatchObject({ isError: false });
  });

  it('with a key that may only read sees no tool that writes, and may call none', async () => {
    const { endpoint, incident } = await ownEndpoint();
    const client = await connect(kind, api.ours.keys.read);
    expect((await client.tools()).map(({ name }) => name)).toEqual(READ_TOOLS);
    const before = await rowCounts(api.db);
    for (const [name, args] of [
      ['register_endpoint', { name: 'x', url: small.url }],
      ['run_probe', { id: endpoint }],
      ['acknowledge_incident', { id: incident }],
      ['add_incident_note', { id: incident, text: 'x' }],
    ] as const) {
      expect(await client.call(name, args)).toMatchObject({ isError: true, text: 'forbidden: This API key lacks the scope "write".' });
    }
    expect(await rowCounts(api.db)).toEqual(before);
  });

  it("finds nothing of another organization's", async () => {
    const client = await connect(kind, api.ours.keys.admin);
    const before = await rowCounts(api.db);
    for (const [name, args] of [
      ['get_endpoint', { id: foreign.endpoint }],
      ['run_probe', { id: foreign.endpoint }],
      ['get_incident', { id: foreign.incident }],
      ['acknowledge_incident', { id: foreign.incident }],
      ['add_incident_note', { id: foreign.incident, text: 'mine' }],
    ] as const) {
      expect(await client.call(name, args), name).toMatchObject({
        isError: true,
        text: expect.stringMatching(/^not_found: There is no such/),
      });
    }
    for (const [name, args] of [
      ['list_endpoints', { search: 'theirs' }],
      ['list_incidents', { endpoint: foreign.endpoint }],
    ] as const) {
      expect((await client.call(name, args)).data, name).toEqual({ data: [], nextCursor: null });
    }
    expect(await rowCounts(api.db)).toEqual(before);
  });
});

describe('docs/mcp.md', () => {
  it('names every tool with its scope, in the same order', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/mcp.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` \| (read|write) \|/gm)].map(([, name, scope]) => [name, scope]);
    expect(rows).toEqual([...READ_TOOLS.map((name) => [name, 'read']), ...WRITE_TOOLS.map((name) => [name, 'write'])]);
  });

  it('shows configurations that are JSON and name the address', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/mcp.md'), 'utf8');
    const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text ?? '') as object);
    expect(blocks).toHaveLength(3);
    for (const block of blocks)
      expect(JSON.stringify(block)).toMatch(/"url":"http:\/\/localhost:3000\/mcp","headers":\{"Authorization":"Bearer \$\{/);
  });
});

describe('pages', () => {
  it('go on where the cursor says', async () => {
    await ownEndpoint('Page one');
    await ownEndpoint('Page two');
    const first = mcpOutputs.listEndpoints.parse((await callRaw('list_endpoints', { search: 'page', limit: 1 })).structuredContent);
    expect(first.data.map(({ name }) => name)).toEqual(['Page two']);
    const next = await callRaw('list_endpoints', { search: 'page', limit: 1, cursor: first.nextCursor });
    expect(mcpOutputs.listEndpoints.parse(next.structuredContent).data.map(({ name }) => name)).toEqual(['Page one']);
  });
});

describe('what a tool writes', () => {
  it('is on a status page at once, as what the API writes is', async () => {
    const { endpoint, incident } = await ownEndpoint('Shown');
    const page = { slug: 'shown', title: 'Shown', published: true, components: [{ endpoint, name: 'Shown' }] };
    expect((await api.call('POST', '/api/v1/status-pages', { body: page })).statusCode).toBe(201);
    const shown = async () => (await api.call('GET', '/status/shown.json', { key: null })).json<{ components: { name: string }[] }>();
    const nameShown = async () => JSON.stringify(await shown()).includes('Renamed');
    expect(await nameShown()).toBe(false);
    await api.db.statusComponent.updateMany({ where: { endpointId: endpoint }, data: { name: 'Renamed' } });
    await callRaw('get_incident', { id: incident });
    expect(await nameShown()).toBe(false);
    await callRaw('add_incident_note', { id: incident, text: 'Seen.' }, api.ours.keys.read);
    expect(await nameShown()).toBe(false);
    await callRaw('add_incident_note', { id: incident, text: 'Seen.' });
    expect(await nameShown()).toBe(true);
  });
});

describe('refusals of a tool', () => {
  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ['an argument that is missing', 'get_endpoint', {}, /^invalid_request: .*\n\/id: /s],
    ['an unknown argument', 'list_endpoints', { statuz: 'up' }, /^invalid_request: .*\n\/statuz: is not known here/s],
    ['a status that is none', 'list_endpoints', { status: 'broken' }, /^invalid_request: .*\/status/s],
    ['a cursor of another list', 'list_endpoints', { cursor: 'inc_x' }, /^invalid_request: The cursor/],
    ['U+0000', 'list_endpoints', { search: 'a\0b' }, /^invalid_request: .*U\+0000/s],
    ['a URL that is none', 'check_url', { url: 'nonsense' }, /^invalid_request: .*\/url: is not a URL/s],
    ['a scheme of another kind', 'register_endpoint', { name: 'x', url: 'file:///etc/passwd' }, /^invalid_request: .*\/url/s],
    ['credentials in a URL', 'register_endpoint', { name: 'x', url: 'https://a:b@x.example/mcp' }, /^invalid_request: .*\/url/s],
    ['an interval of a second', 'register_endpoint', { name: 'x', url: 'https://x.example', intervalSeconds: 1 }, /\/intervalSeconds/],
    ['an id that is none', 'get_incident', { id: "' or 1=1 --" }, /^not_found: /],
    ['a code that is none', 'read_cause', { code: 'redirect.nothing' }, /^not_found: .*redirect\.method_lost/],
    ['a code of the language itself', 'read_cause', { code: 'constructor' }, /^not_found: /],
    ['a note without text', 'add_incident_note', { id: 'inc_1', text: '  ' }, /^invalid_request: .*\/text/s],
  ])('%s', async (_name, name, args, text) => {
    const before = await rowCounts(api.db);
    const result = await callRaw(name, args);
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toMatch(text);
    expect(result).not.toHaveProperty('structuredContent');
    expect(await rowCounts(api.db)).toEqual(before);
  });

  it('an unknown tool is an error of the protocol', async () => {
    const answer = await send({ body: tool('delete_everything') });
    expect(answer.json()).toMatchObject({ id: 7, error: { code: -32_602 } });
  });

  it('a private address, where the installation does not allow it', async () => {
    const strict = await startApi({ allowPrivate: false });
    for (const [name, args] of [
      ['check_url', { url: small.url }],
      ['register_endpoint', { name: 'x', url: 'http://[::ffff:169.254.169.254]/latest' }],
    ] as const) {
      const answer = await strict.call('POST', '/mcp', { body: tool(name, args), headers: { accept: 'application/json' } });
      expect(answer.json().result).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching(/^invalid_request: .*not public/s) }],
      });
    }
    await strict.close();
  });

  it('a fault of ours is told in constant words, without a trace of the inside', async () => {
    const broken = await startApi();
    await broken.db.$executeRawUnsafe('alter table incident rename to incident_gone');
    const answer = await broken.call('POST', '/mcp', { body: tool('list_incidents'), headers: { accept: 'application/json' } });
    expect(answer.json().result).toEqual({
      isError: true,
      content: [{ type: 'text', text: 'internal: Something went wrong on our side. It has been logged.' }],
    });
    await broken.close();
  });

  it('more checks a minute than the HTTP API allows', async () => {
    const key = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'busy', scopes: ['read'] } })).json<{ key: string }>().key;
    const texts: string[] = [];
    for (let n = 0; n < 31; n += 1) {
      const body = Array.from({ length: 10 }, (_, i) => ({ ...tool('check_url', { url: 'nonsense' }), id: `${n}/${i}` }));
      const answer = await send({ key, body, headers: { accept: 'application/json' } });
      texts.push(...answer.json<{ result: { content: { text: string }[] } }[]>().map(({ result }) => result.content[0]?.text ?? ''));
    }
    expect(texts.filter((text) => text.startsWith('invalid_request'))).toHaveLength(300);
    expect(texts.filter((text) => /^rate_limited: .*Try again in \d+ s/s.test(text))).toHaveLength(10);
  });
});
