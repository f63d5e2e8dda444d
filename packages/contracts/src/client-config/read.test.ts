import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientConfigError, type ClientConfigFormat, readClientConfig } from './index.ts';

const read = (content: string, options: Parameters<typeof readClientConfig>[1] = {}) => readClientConfig({ content }, options);
const codes = (content: string, format?: ClientConfigFormat) =>
  read(content, format === undefined ? {} : { format }).findings.map(({ code, line }) => `${code}@${line}`);

/** One file per client, as its documentation shows it, with what is to be watched. */
const FILES: [ClientConfigFormat, string, Record<string, string | null>][] = [
  [
    'mcp-json',
    `{
  "mcpServers": {
    "sentry": { "type": "http", "url": "https://mcp.sentry.dev/mcp" },
    "asana": { "type": "sse", "url": "https://mcp.asana.com/sse" },
    "db": { "command": "npx", "args": ["-y", "@bytebase/dbhub"], "env": { "DSN": "\${DSN}" } }
  }
}`,
    { sentry: 'streamable-http https://mcp.sentry.dev/mcp', asana: 'sse https://mcp.asana.com/sse', db: null },
  ],
  [
    'claude-json',
    `{ "numStartups": 42, "mcpServers": { "everywhere": { "type": "http", "url": "https://a.example/mcp" } },
      "projects": { "/home/me/shop": { "allowedTools": [], "mcpServers": { "local": { "type": "sse", "url": "https://b.example/sse" } } }, "/tmp": {} } }`,
    { everywhere: 'streamable-http https://a.example/mcp', local: 'sse https://b.example/sse' },
  ],
  [
    'claude-desktop',
    `{ "globalShortcut": "", "mcpServers": {
      "linear": { "command": "npx", "args": ["-y", "mcp-remote@latest", "https://mcp.linear.app/sse", "--transport", "sse-only"] },
      "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/home/me"] } } }`,
    { linear: 'sse https://mcp.linear.app/sse', files: null },
  ],
  [
    'vscode',
    `{
  // asked for once
  "inputs": [{ "type": "promptString", "id": "github-token", "description": "Token", "password": true, }],
  "servers": {
    "github": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "X-Toolsets": "repos" } },
    "memory": { "type": "stdio", "command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"], "envFile": "\${workspaceFolder}/.env" },
  },
}`,
    { github: 'streamable-http https://api.githubcopilot.com/mcp/', memory: null },
  ],
  [
    'cursor',
    `{ "mcpServers": { "api": { "url": "https://api.example.com/mcp", "headers": { "X-Team": "\${env:TEAM}" },
      "auth": { "CLIENT_ID": "\${env:ID}" } } } }`,
    { api: 'auto https://api.example.com/mcp' },
  ],
  [
    'windsurf',
    `{ "mcpServers": { "figma": { "serverUrl": "https://mcp.figma.com/mcp", "disabledTools": ["x"] } } }`,
    { figma: 'auto https://mcp.figma.com/mcp' },
  ],
  [
    'gemini-cli',
    `{ "mcpServers": { "streamable": { "httpUrl": "https://a.example/mcp", "timeout": 5000, "trust": false },
      "events": { "url": "https://b.example/sse", "headers": { "X-Plain": "v" } } } }`,
    { streamable: 'streamable-http https://a.example/mcp', events: 'sse https://b.example/sse' },
  ],
  [
    'librechat',
    `{ "version": "1.2.1", "mcpServers": { "spotify": { "type": "streamable-http", "url": "https://spotify.example/mcp", "initTimeout": 150000,
      "serverInstructions": true, "headers": { "X-User": "{{LIBRECHAT_USER_ID}}" } }, "socket": { "type": "websocket", "url": "wss://s.example/ws" } } }`,
    { spotify: 'streamable-http https://spotify.example/mcp', socket: null },
  ],
  [
    'server-json',
    `{ "$schema": "https://static.modelcontextprotocol.io/schemas/2025-10-17/server.schema.json", "name": "io.github.acme/weather",
      "description": "Weather", "version": "1.0.2", "remotes": [
      { "type": "streamable-http", "url": "https://weather.example/mcp", "headers": [{ "name": "X-Api-Key", "isRequired": true, "isSecret": true }] },
      { "type": "sse", "url": "https://weather.example/sse" } ] }`,
    {
      'io.github.acme/weather': 'streamable-http https://weather.example/mcp',
      'io.github.acme/weather (2)': 'sse https://weather.example/sse',
    },
  ],
];

describe('readClientConfig', () => {
  it.each(FILES)('reads a file of %s, which it tells from the others, and finds no fault in it', (format, content, expected) => {
    const { format: found, servers, findings } = read(content);
    expect(found).toBe(format);
    const seen = Object.fromEntries(servers.map(({ name, target }) => [name, target && `${target.transport} ${target.url}`]));
    expect(seen).toEqual(expected);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(
      format === 'librechat' ? ['type.websocket'] : [],
    );
    for (const server of servers) if (server.target === null) expect(server.reason).toBeTruthy();
  });

  it('reads the answer of the registry and a list of servers', () => {
    const one = { server: { name: 'a/b', remotes: [{ type: 'sse', url: 'https://a.example/sse' }] }, _meta: {} };
    const listed = readClientConfig({ document: { servers: [one, { server: { name: 'c/d', packages: [{ identifier: 'x' }] } }] } });
    expect(listed.servers.map(({ name, target }) => [name, target?.url])).toEqual([
      ['a/b', 'https://a.example/sse'],
      ['c/d', undefined],
    ]);
    expect(readClientConfig({ document: [one.server] }).servers[0]?.path).toBe('/0/remotes/0');
  });

  it('fills in what it is given, leaves out a header it cannot fill, and names what is missing', () => {
    const content = `{"mcpServers":{"a":{"type":"http","url":"https://\${HOST:-a.example}/mcp","headers":{"Authorization":"Bearer \${TOKEN}","X-Team":"\${TEAM}"}},
      "b":{"type":"http","url":"https://\${OTHER}/mcp"}}}`;
    const blank = read(content);
    expect(blank.servers[0]).toMatchObject({
      target: { url: 'https://a.example/mcp', headers: {}, bearer: null },
      reason: expect.stringContaining('TOKEN'),
    });
    expect(blank.servers[1]).toMatchObject({ target: null, reason: expect.stringContaining('OTHER') });
    expect(blank.missingVariables).toEqual(['TOKEN', 'TEAM', 'OTHER']);
    const filled = read(content, { variables: { TOKEN: 't0ken', TEAM: 'red', OTHER: 'o.example' } });
    expect(filled.servers.map(({ target, reason }) => [target, reason])).toEqual([
      [{ url: 'https://a.example/mcp', transport: 'streamable-http', headers: { 'X-Team': 'red' }, bearer: 't0ken' }, null],
      [{ url: 'https://o.example/mcp', transport: 'streamable-http', headers: {}, bearer: null }, null],
    ]);
    const secret = `{"inputs":[{"id":"k"}],"servers":{"a":{"type":"http","url":"https://a.example/mcp","headers":{"Authorization":"Bearer \${input:k}"}}}}`;
    expect(read(secret, { variables: { 'input:k': 'abc' } }).servers[0]?.target?.bearer).toBe('abc');
  });

  it('takes the header of a bridge, with the variable that its environment holds', () => {
    const content = `{"mcpServers":{"x":{"command":"cmd","args":["/c","npx","mcp-remote","https://x.example/mcp","--header","Authorization: Bearer \${T}"],"env":{"T":"abc"}}}}`;
    expect(read(content).servers[0]?.target).toMatchObject({ url: 'https://x.example/mcp', bearer: 'abc' });
  });
});

describe('the linter', () => {
  const entry = (text: string) => `{"mcpServers":{"x":\n${text}}}`;
  it.each<[string, string, string, ClientConfigFormat?]>([
    ['a command that holds an address', '{"command":"https://a.example/mcp"}', 'command.url@2'],
    ['a missing type', '{"url":"https://a.example/mcp"}', 'type.missing@2'],
    ['a type of another spelling', '{"type":"streamableHttp","url":"https://a.example/mcp"}', 'type.wrong@2'],
    ['stdio with an address', '{"type":"stdio","url":"https://a.example/mcp"}', 'type.wrong@2'],
    ['sse on /mcp', '{"type":"sse","url":"https://a.example/mcp"}', 'transport.sse_on_http_path@2'],
    ['http on /sse', '{"type":"http","url":"https://a.example/sse/"}', 'transport.http_on_sse_path@2'],
    [
      'a secret in clear',
      '{"type":"http","url":"https://a.example/mcp","headers":{\n"Authorization":"Bearer ghp_0123456789abcdef0123"}}',
      'secret.clear@3',
    ],
    ['a key in the address', '{"type":"http","url":"https://a.example/mcp?api_key=0123456789"}', 'secret.in_url@2'],
    ['a secret in the environment', '{"command":"x","env":{"OPENAI_API_KEY":"sk-0123456789abcdef01"}}', 'secret.clear@2'],
    ['http to a public host', '{"type":"http","url":"http://mcp.example.com/mcp"}', 'url.plain_http@2'],
    ['a misspelt member', '{"type":"http","url":"https://a.example/mcp","header":{}}', 'member.misspelt@2'],
    ['another client’s member', '{"type":"http","serverUrl":"https://a.example/mcp"}', 'member.foreign@2', 'mcp-json'],
    [
      'the notation of another client',
      `{"type":"http","url":"https://a.example/mcp","headers":{"X-A":"\${env:KEY}"}}`,
      'variable.notation@2',
    ],
    [
      'an input that nobody declares',
      `{"type":"http","url":"https://a.example/mcp","headers":{"X-A":"\${input:k}"}}`,
      'variable.never_filled@2',
      'vscode',
    ],
    [
      'text that was to be replaced',
      '{"type":"http","url":"https://a.example/mcp","headers":{"X-Key":"<your key here>"}}',
      'variable.placeholder@2',
    ],
    ['an address that Claude Desktop skips', '{"url":"https://a.example/mcp"}', 'client.local_only@2', 'claude-desktop'],
    ['Gemini’s url, which is HTTP+SSE', '{"url":"https://a.example/mcp","type":"sse"}', 'transport.sse_on_http_path@2', 'gemini-cli'],
    ['LibreChat without a type', '{"url":"https://a.example/mcp"}', 'type.missing@2', 'librechat'],
    ['headers as a list', '{"type":"http","url":"https://a.example/mcp","headers":["A: b"]}', 'member.shape@2'],
    ['a header that is no text', '{"type":"http","url":"https://a.example/mcp","headers":{"X-A":1}}', 'member.shape@2'],
    ['command and address', '{"type":"http","url":"https://a.example/mcp","command":"npx"}', 'entry.ambiguous@2'],
    ['an entry that is no object', '7', 'member.shape@2'],
    ['an entry without anything', '{}', 'entry.empty@2'],
    ['no address', '{"type":"http","url":"not an address"}', 'url.invalid@2'],
    ['a comment', '// why\n{"type":"http","url":"https://a.example/mcp"}', 'json.comment@2'],
    ['a member that stands twice', '{"type":"sse","type":"http","url":"https://a.example/mcp"}', 'json.duplicate@2'],
    ['WebSocket', '{"type":"ws","url":"wss://a.example/mcp"}', 'type.websocket@2'],
  ])('names %s', (_what, text, code, format) => {
    expect(codes(entry(text), format)).toContain(code);
  });

  it('says what to write instead, and says nothing of a clean file', () => {
    const [finding] = read(entry('{"url":"https://a.example/mcp"}')).findings;
    expect(finding).toMatchObject({ severity: 'error', path: '/mcpServers/x', fix: 'Add "type": "http".' });
    for (const clean of [
      '{"type":"http","url":"http://localhost:3000/mcp"}',
      `{"type":"http","url":"https://a.example/mcp","headers":{"Authorization":"Bearer \${T}"}}`,
    ])
      expect(codes(entry(clean)).join()).toBe('');
  });

  it('tells that VS Code does not read "mcpServers" and the others do not read "servers"', () => {
    expect(codes('{"mcpServers":{}}', 'vscode')).toContain('document.member@1');
    expect(codes('{"servers":{}}', 'cursor')).toContain('document.member@1');
  });
});

describe('hostile files', () => {
  it.each([
    ['1 MiB and more', `{"mcpServers":{"x":"${'x'.repeat(1024 * 1024)}"}}`, /larger than 1 MiB/],
    ['100,000 levels', '['.repeat(100_000), /nested more than 32 deep/],
    ['a member that reaches the prototype', '{"mcpServers":{"__proto__":{"url":"https://a.example"}}}', /__proto__.*line 1/],
    ['an unfinished text', '{"mcpServers":{"a', /line 1/],
    ['an unfinished comment', '{"mcpServers":{}} /*', /comment does not end/],
    ['text after the end', '{"mcpServers":{}}x', /after the end/],
    ['nothing', '', /ends too early/],
    ['something else', '{"name":"package","version":"1"}', /no configuration/],
    [
      'more servers than anybody has',
      JSON.stringify({ mcpServers: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`s${i}`, {}])) }),
      /more than 1000/,
    ],
  ])('refuses %s with a reason', (_what, content, message) => {
    expect(() => read(content)).toThrow(ClientConfigError);
    expect(() => read(content)).toThrow(message);
  });

  it('reads whatever JSON there is as JSON.parse does, and never throws anything of its own', () => {
    const json = fc.json({ maxDepth: 6 }).filter((text) => !text.includes('__proto__'));
    const wrap = fc.oneof(
      json,
      json.map((text) => `{"mcpServers":{"x":${text},"y":{"url":${text},"headers":${text},"args":${text},"command":${text}}}}`),
    );
    fc.assert(
      fc.property(wrap, (content) => {
        try {
          expect(readClientConfig({ content })).toEqual({
            ...readClientConfig({ document: JSON.parse(content) }),
            findings: expect.anything(),
          });
        } catch (error) {
          expect(error).toBeInstanceOf(ClientConfigError);
        }
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (content) => {
        expect(() => read(content)).toThrow(ClientConfigError);
      }),
    );
  });

  it('is quick with texts made to be slow, and bounded in what it says', () => {
    const slow = ['${'.repeat(50_000), '{'.repeat(100_000), '<'.repeat(100_000), 'your-'.repeat(20_000), '$'.repeat(100_000)];
    for (const text of slow) {
      const since = performance.now();
      const { findings } = read(
        JSON.stringify({ mcpServers: { x: { type: 'http', url: `https://a.example/${text}`, headers: { A: text } } } }),
      );
      expect(performance.now() - since).toBeLessThan(1500);
      expect(JSON.stringify(findings).length).toBeLessThan(100_000);
    }
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`s${i}`, { url: 'x', a: 1, b: 2, c: 3 }]));
    expect(readClientConfig({ document: { mcpServers: many } }).findings.length).toBe(500);
  });
});
