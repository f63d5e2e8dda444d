/** The files that describe which MCP servers a client uses. */
export const CLIENT_CONFIG_FORMATS = [
  'mcp-json',
  'claude-json',
  'claude-desktop',
  'vscode',
  'cursor',
  'windsurf',
  'gemini-cli',
  'librechat',
  'server-json',
] as const;
export type ClientConfigFormat = (typeof CLIENT_CONFIG_FORMATS)[number];

type Kind = 'streamable-http' | 'sse' | 'stdio' | 'websocket';

/** What is known of one client's reading of its file. */
export interface FormatFacts {
  /** The client as a person calls it, with its file. */
  readonly client: string;
  /** Where a remote address stands, the client's own name first, and what a bare address there is spoken to with. */
  readonly address: readonly { readonly member: string; readonly transport: 'auto' | 'streamable-http' | 'sse' }[];
  /** Values of `type`, and what they mean. Empty: the client does not read `type`. */
  readonly types: Readonly<Record<string, Kind>>;
  /** What happens to an address without `type`: the client refuses it, takes it for HTTP+SSE, or finds out by itself. */
  readonly withoutType: 'refused' | 'sse' | 'found';
  /** Members of an entry that the client reads. */
  readonly members: readonly string[];
  /** Variables that the client fills in: `${X}`, `${env:X}`, `${input:x}`, `$X`, `{{X}}`, `{x}`. */
  readonly variables: readonly ('braces' | 'env' | 'input' | 'dollar' | 'mustache' | 'template')[];
  /** How a secret is written in this file instead. */
  readonly secretAs: string;
  /** The file is read by JSON.parse: a comment makes the client refuse all of it. */
  readonly strictJson: boolean;
}

const HTTP = { http: 'streamable-http', 'streamable-http': 'streamable-http', sse: 'sse', stdio: 'stdio' } as const;
const URL_FOUND = [{ member: 'url', transport: 'auto' }] as const;
const LOCAL = ['command', 'args', 'env'] as const;

const CLAUDE_CODE: FormatFacts = {
  client: 'Claude Code (.mcp.json)',
  address: URL_FOUND,
  types: { ...HTTP, ws: 'websocket' },
  withoutType: 'refused',
  members: ['type', 'url', 'headers', 'headersHelper', 'oauth', 'timeout', 'alwaysLoad', ...LOCAL],
  variables: ['braces'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the client's own notation.
  secretAs: '${NAME}',
  strictJson: true,
};

export const FORMAT_FACTS: Readonly<Record<ClientConfigFormat, FormatFacts>> = {
  'mcp-json': CLAUDE_CODE,
  'claude-json': { ...CLAUDE_CODE, client: 'Claude Code (~/.claude.json)' },
  'claude-desktop': {
    client: 'Claude Desktop (claude_desktop_config.json)',
    address: URL_FOUND,
    types: { stdio: 'stdio' },
    withoutType: 'refused',
    members: ['type', ...LOCAL],
    variables: [],
    secretAs: 'a member of "env"',
    strictJson: true,
  },
  vscode: {
    client: 'VS Code (mcp.json)',
    address: URL_FOUND,
    types: { http: 'streamable-http', sse: 'sse', stdio: 'stdio' },
    withoutType: 'found',
    members: ['type', 'url', 'headers', 'envFile', 'cwd', 'dev', 'gallery', 'version', 'oauth', 'sandbox', 'sandboxEnabled', ...LOCAL],
    variables: ['input', 'env'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client's own notation.
    secretAs: '${input:id} with an entry in "inputs"',
    strictJson: false,
  },
  cursor: {
    client: 'Cursor (mcp.json)',
    address: URL_FOUND,
    types: HTTP,
    withoutType: 'found',
    members: ['type', 'url', 'headers', 'envFile', 'auth', ...LOCAL],
    variables: ['env'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client's own notation.
    secretAs: '${env:NAME}',
    strictJson: false,
  },
  windsurf: {
    client: 'Windsurf (mcp_config.json)',
    address: [
      { member: 'serverUrl', transport: 'auto' },
      { member: 'url', transport: 'auto' },
    ],
    types: HTTP,
    withoutType: 'found',
    members: ['type', 'serverUrl', 'url', 'headers', 'disabled', 'disabledTools', 'alwaysAllow', ...LOCAL],
    variables: ['env'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client's own notation.
    secretAs: '${env:NAME}',
    strictJson: false,
  },
  'gemini-cli': {
    client: 'Gemini CLI (settings.json)',
    address: [
      { member: 'httpUrl', transport: 'streamable-http' },
      { member: 'url', transport: 'sse' },
    ],
    types: { http: 'streamable-http', sse: 'sse', stdio: 'stdio' },
    withoutType: 'found',
    members: [
      ...['type', 'httpUrl', 'url', 'headers', 'cwd', 'timeout', 'trust', 'description', 'includeTools', 'excludeTools'],
      ...['authProviderType', 'oauth', 'targetAudience', 'targetServiceAccount', 'extensionName', ...LOCAL],
    ],
    variables: ['braces', 'dollar'],
    secretAs: '$NAME',
    strictJson: false,
  },
  librechat: {
    client: 'LibreChat (librechat.yaml)',
    address: URL_FOUND,
    types: { ...HTTP, websocket: 'websocket' },
    withoutType: 'sse',
    members: [
      ...['type', 'url', 'headers', 'title', 'description', 'timeout', 'initTimeout', 'sseReadTimeout', 'iconPath', 'chatMenu', 'startup'],
      ...['serverInstructions', 'requiresOAuth', 'oauth', 'oauth_headers', 'customUserVars', 'apiKey', 'stderr', 'proxy', ...LOCAL],
    ],
    variables: ['braces', 'mustache'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client's own notation.
    secretAs: '${NAME}',
    strictJson: false,
  },
  'server-json': {
    client: 'the MCP registry (server.json)',
    address: URL_FOUND,
    types: { 'streamable-http': 'streamable-http', sse: 'sse' },
    withoutType: 'refused',
    members: ['type', 'url', 'headers', 'variables', 'supportedProtocolVersions'],
    variables: ['template'],
    secretAs: '{name} with an entry in "variables" that says isSecret',
    strictJson: true,
  },
};

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether some entry of the servers has one of the members. */
function someHas(servers: unknown, members: readonly string[]): boolean {
  return (
    isRecord(servers) && Object.values(servers).some((entry) => isRecord(entry) && members.some((member) => Object.hasOwn(entry, member)))
  );
}

/** By what the document holds; a file of `mcpServers` that nothing tells apart is read as `.mcp.json`. Null: none of them. */
export function detectFormat(document: unknown): ClientConfigFormat | null {
  if (Array.isArray(document)) return document.some((entry) => detectFormat(entry) === 'server-json') ? 'server-json' : null;
  if (!isRecord(document)) return null;
  const { mcpServers, servers, mcp } = document;
  if (isRecord(mcpServers)) {
    if (isRecord(document['projects']) || 'numStartups' in document) return 'claude-json';
    if (someHas(mcpServers, ['serverUrl', 'disabledTools'])) return 'windsurf';
    if (someHas(mcpServers, ['httpUrl', 'authProviderType', 'trust', 'includeTools', 'excludeTools'])) return 'gemini-cli';
    if ('version' in document || someHas(mcpServers, ['serverInstructions', 'initTimeout', 'chatMenu', 'customUserVars']))
      return 'librechat';
    if ('globalShortcut' in document || 'preferences' in document || 'scale' in document) return 'claude-desktop';
    return someHas(mcpServers, ['auth', 'envFile']) ? 'cursor' : 'mcp-json';
  }
  if (isRecord(document['projects'])) return 'claude-json';
  if (isRecord(servers) || 'inputs' in document || (isRecord(mcp) && isRecord(mcp['servers']))) return 'vscode';
  const listed = Array.isArray(document['remotes']) || Array.isArray(document['packages']) || isRecord(document['server']);
  return listed || Array.isArray(servers) ? 'server-json' : null;
}
