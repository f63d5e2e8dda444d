import { z } from 'zod';

/** One block that a person copies into a client. */
export const clientConfigSchema = z.object({
  id: z.string(),
  client: z.string(),
  language: z.enum(['shell', 'json', 'python', 'typescript']),
  /** Where it belongs; null: it is run, or stands in a program. */
  file: z.string().nullable(),
  content: z.string(),
  /** What to know before it works; null when nothing. */
  note: z.string().nullable(),
});
export type ClientConfig = z.infer<typeof clientConfigSchema>;

export interface SnippetSubject {
  readonly name: string;
  readonly url: string;
  readonly transport: 'streamable-http' | 'sse';
  /** Names only. */
  readonly headers: readonly string[];
  readonly auth: 'none' | 'bearer' | 'oauth';
}

interface Secret {
  readonly header: string;
  /** Of the environment, e.g. `SEARCH_TOKEN`. */
  readonly variable: string;
  /** `Bearer `, or nothing. */
  readonly before: string;
}

interface Subject extends SnippetSubject {
  /** The name as every client takes it. */
  readonly key: string;
  readonly secrets: readonly Secret[];
}

const OAUTH = 'The server is signed in to by OAuth: the client opens a browser for it and needs no secret here.';

/** Configuration blocks for one endpoint, a client each. No secret is in them: where one belongs stands a variable. */
export function clientConfigsFor(endpoint: SnippetSubject): ClientConfig[] {
  const subject = prepare(endpoint);
  return [
    claudeCode(subject),
    mcpJson(subject),
    claudeDesktop(subject),
    vscode(subject),
    cursor(subject),
    windsurf(subject),
    geminiCli(subject),
    python(subject),
    typescript(subject),
  ];
}

function prepare(endpoint: SnippetSubject): Subject {
  const key =
    endpoint.name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 64) || 'server';
  const upper = key
    .toUpperCase()
    .replace(/-/g, '_')
    .replace(/^(?=\d)/, '_');
  const headers = endpoint.headers.filter((name) => endpoint.auth !== 'bearer' || name.toLowerCase() !== 'authorization');
  const secrets = [
    ...(endpoint.auth === 'bearer' ? [{ header: 'Authorization', variable: `${upper}_TOKEN`, before: 'Bearer ' }] : []),
    ...headers.map((header) => ({ header, variable: `${upper}_${header.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`, before: '' })),
  ];
  return { ...endpoint, key, secrets };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
/** What a client would take for a variable in the address itself. */
const inert = (url: string) => url.replace(/\$(?=[A-Za-z_{])/g, '%24');
/** For a POSIX shell. */
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function headersBy({ secrets }: Subject, write: (variable: string) => string): { headers?: Record<string, string> } {
  if (secrets.length === 0) return {};
  return { headers: Object.fromEntries(secrets.map(({ header, before, variable }) => [header, `${before}${write(variable)}`])) };
}

/** Which variables must be set, and how the rest of the sign-in goes. */
function note({ secrets, auth }: Subject, ...more: string[]): string | null {
  const parts = [
    ...(secrets.length === 0 ? [] : [`Set ${secrets.map(({ variable }) => variable).join(', ')} in the environment of the client.`]),
    ...(auth === 'oauth' ? [OAUTH] : []),
    ...more,
  ];
  return parts.length === 0 ? null : parts.join(' ');
}

function claudeCode(subject: Subject): ClientConfig {
  const words = ['claude mcp add', '--transport', subject.transport === 'sse' ? 'sse' : 'http', subject.key, shell(subject.url)];
  const headers = subject.secrets.map(({ header, before, variable }) => `  --header ${shell(`${header}: ${before}`)}"$${variable}"`);
  return {
    id: 'claude-code',
    client: 'Claude Code',
    language: 'shell',
    file: null,
    content: `${[words.join(' '), ...headers].join(' \\\n')}\n`,
    note: note(subject),
  };
}

function mcpJson(subject: Subject): ClientConfig {
  const entry = {
    type: subject.transport === 'sse' ? 'sse' : 'http',
    url: inert(subject.url),
    ...headersBy(subject, (variable) => `\${${variable}}`),
  };
  return {
    id: 'mcp-json',
    client: 'Claude Code (project)',
    language: 'json',
    file: '.mcp.json',
    content: json({ mcpServers: { [subject.key]: entry } }),
    note: note(subject),
  };
}

/** It starts local programs only; mcp-remote is one that speaks to the address. */
function claudeDesktop(subject: Subject): ClientConfig {
  const { url, transport, secrets, key, auth } = subject;
  const args = [
    ...['-y', 'mcp-remote', inert(url), '--transport', transport === 'sse' ? 'sse-only' : 'http-only'],
    ...(url.startsWith('http:') ? ['--allow-http'] : []),
    // Without a space behind the colon: Claude Desktop on Windows breaks arguments at spaces.
    ...secrets.flatMap(({ header, variable }) => ['--header', `${header}:\${${variable}}`]),
  ];
  const env = Object.fromEntries(secrets.map(({ variable, before }) => [variable, `${before}<value>`]));
  return {
    id: 'claude-desktop',
    client: 'Claude Desktop',
    language: 'json',
    file: 'claude_desktop_config.json',
    content: json({ mcpServers: { [key]: { command: 'npx', args, ...(secrets.length === 0 ? {} : { env }) } } }),
    note: [
      'A public server can be added in Settings → Connectors instead.',
      ...(secrets.length === 0 ? [] : ['Replace <value>.']),
      ...(auth === 'oauth' ? [OAUTH] : []),
    ].join(' '),
  };
}

function vscode(subject: Subject): ClientConfig {
  const id = (variable: string) => variable.toLowerCase().replace(/_/g, '-');
  const inputs = subject.secrets.map(({ variable, header }) => ({
    type: 'promptString',
    id: id(variable),
    description: `${subject.key}: ${header}`,
    password: true,
  }));
  const entry = {
    type: subject.transport === 'sse' ? 'sse' : 'http',
    url: inert(subject.url),
    ...headersBy(subject, (variable) => `\${input:${id(variable)}}`),
  };
  return {
    id: 'vscode',
    client: 'VS Code',
    language: 'json',
    file: '.vscode/mcp.json',
    content: json({ ...(inputs.length === 0 ? {} : { inputs }), servers: { [subject.key]: entry } }),
    note: subject.auth === 'oauth' ? OAUTH : null,
  };
}

function cursor(subject: Subject): ClientConfig {
  const entry = { url: inert(subject.url), ...headersBy(subject, (variable) => `\${env:${variable}}`) };
  return {
    id: 'cursor',
    client: 'Cursor',
    language: 'json',
    file: '.cursor/mcp.json',
    content: json({ mcpServers: { [subject.key]: entry } }),
    note: note(subject),
  };
}

function windsurf(subject: Subject): ClientConfig {
  const entry = { serverUrl: inert(subject.url), ...headersBy(subject, (variable) => `\${env:${variable}}`) };
  return {
    id: 'windsurf',
    client: 'Windsurf',
    language: 'json',
    file: '~/.codeium/windsurf/mcp_config.json',
    content: json({ mcpServers: { [subject.key]: entry } }),
    note: note(subject),
  };
}

function geminiCli(subject: Subject): ClientConfig {
  const address = subject.transport === 'sse' ? { url: inert(subject.url) } : { httpUrl: inert(subject.url) };
  return {
    id: 'gemini-cli',
    client: 'Gemini CLI',
    language: 'json',
    file: '~/.gemini/settings.json',
    content: json({ mcpServers: { [subject.key]: { ...address, ...headersBy(subject, (variable) => `$${variable}`) } } }),
    note: note(subject),
  };
}

function python(subject: Subject): ClientConfig {
  const sse = subject.transport === 'sse';
  const headers = subject.secrets.map(({ header, before, variable }) => {
    const value = `os.environ[${JSON.stringify(variable)}]`;
    return `    ${JSON.stringify(header)}: ${before === '' ? value : `${JSON.stringify(before)} + ${value}`},`;
  });
  const lines = [
    'import asyncio',
    ...(headers.length === 0 ? [] : ['import os']),
    '',
    'from mcp import ClientSession',
    sse ? 'from mcp.client.sse import sse_client' : 'from mcp.client.streamable_http import streamablehttp_client',
    '',
    `URL = ${JSON.stringify(subject.url)}`,
    ...(headers.length === 0 ? ['HEADERS = {}'] : ['HEADERS = {', ...headers, '}']),
    '',
    '',
    'async def main():',
    sse
      ? '    async with sse_client(URL, headers=HEADERS) as (read, write):'
      : '    async with streamablehttp_client(URL, headers=HEADERS) as (read, write, _):',
    '        async with ClientSession(read, write) as session:',
    '            await session.initialize()',
    '            print([tool.name for tool in (await session.list_tools()).tools])',
    '',
    '',
    'asyncio.run(main())',
  ];
  return {
    id: 'python',
    client: 'Python SDK',
    language: 'python',
    file: null,
    content: `${lines.join('\n')}\n`,
    note: note(subject, 'For mcp 1.x.'),
  };
}

function typescript(subject: Subject): ClientConfig {
  const [transport, path] =
    subject.transport === 'sse' ? ['SSEClientTransport', 'sse'] : ['StreamableHTTPClientTransport', 'streamableHttp'];
  const headers = subject.secrets.map(
    ({ header, before, variable }) => `    ${JSON.stringify(header)}: \`${before}\${process.env[${JSON.stringify(variable)}]}\`,`,
  );
  const options = headers.length === 0 ? [''] : [', {', '  requestInit: { headers: {', ...headers, '  } },', '}'];
  const lines = [
    "import { Client } from '@modelcontextprotocol/sdk/client/index.js';",
    `import { ${transport} } from '@modelcontextprotocol/sdk/client/${path}.js';`,
    '',
    `const transport = new ${transport}(new URL(${JSON.stringify(subject.url)})${options.join('\n')});`,
    `const client = new Client({ name: ${JSON.stringify(`${subject.key}-client`)}, version: '1.0.0' });`,
    'await client.connect(transport);',
    'console.log((await client.listTools()).tools.map((tool) => tool.name));',
    'await client.close();',
  ];
  return {
    id: 'typescript',
    client: 'TypeScript SDK',
    language: 'typescript',
    file: null,
    content: `${lines.join('\n')}\n`,
    note: note(subject, 'For @modelcontextprotocol/sdk 1.x.'),
  };
}
