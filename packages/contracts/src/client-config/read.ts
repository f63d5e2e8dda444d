import { bridgeOf } from './bridge.ts';
import { collectEntries, type RawEntry } from './entries.ts';
import { Findings, quoted } from './findings.ts';
import { type ClientConfigFormat, detectFormat, FORMAT_FACTS, isRecord } from './formats.ts';
import { type JsoncDocument, JsoncError, parseJsonc } from './jsonc.ts';
import { contextOf, type EntryContext, lintCommand, lintMembers, lintTexts, lintTransport, lintType, lintUrl } from './lint-entry.ts';
import type { ConfigFinding, ConfiguredServer, ConfiguredTarget } from './types.ts';
import { fillVariables } from './variables.ts';

/** The file is none that we know, or cannot be read at all. */
export class ClientConfigError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'ClientConfigError';
  }
}

export interface ClientConfigReading {
  readonly format: ClientConfigFormat;
  readonly servers: readonly ConfiguredServer[];
  readonly findings: readonly ConfigFinding[];
  /** Names of the variables that addresses and headers would need and nobody gave. */
  readonly missingVariables: readonly string[];
}

const MAX_SERVERS = 1000;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,8192}$/;

/**
 * Reads a client's configuration: which servers it names, and what clients would refuse in it. Pure; nothing is called.
 * @throws ClientConfigError
 */
export function readClientConfig(
  source: { readonly content: string } | { readonly document: unknown },
  options: { readonly format?: ClientConfigFormat | 'auto'; readonly variables?: Readonly<Record<string, string>> } = {},
): ClientConfigReading {
  const parsed = parse(source);
  const format = options.format === undefined || options.format === 'auto' ? detectFormat(parsed.value) : options.format;
  if (format === null)
    throw new ClientConfigError(
      'This is no configuration of an MCP client that is known here: there is no "mcpServers", "servers" or "remotes".',
    );
  const findings = new Findings(parsed.lines);
  lintDocument(parsed, format, findings);
  const { entries, inputs } = collectEntries(parsed.value, format);
  if (entries.length > MAX_SERVERS) throw new ClientConfigError(`The file names more than ${MAX_SERVERS} servers.`);
  if (entries.length === 0) findings.add('warning', 'document.empty', '', 'The file names no server.');
  const missing = new Set<string>();
  const servers = entries.map((raw) => readEntry(raw, contextOf(format, raw.path, inputs, findings), options.variables ?? {}, missing));
  return { format, servers, findings: findings.all, missingVariables: [...missing] };
}

function parse(source: { readonly content: string } | { readonly document: unknown }): JsoncDocument {
  if ('document' in source) return { value: source.document, extras: [], lines: new Map() };
  try {
    return parseJsonc(source.content);
  } catch (error) {
    if (error instanceof JsoncError) throw new ClientConfigError(`The file cannot be read as JSON. ${error.message}.`, error);
    throw error;
  }
}

const EXTRA_WORDS = {
  comment: 'a comment',
  trailing_comma: 'a comma after the last element',
  byte_order_mark: 'a byte order mark',
} as const;

function lintDocument({ value, extras }: JsoncDocument, format: ClientConfigFormat, findings: Findings): void {
  const { client, strictJson } = FORMAT_FACTS[format];
  for (const { kind, path, line } of extras) {
    if (kind === 'duplicate_member')
      findings.add('warning', 'json.duplicate', path, 'The member stands twice; the last one wins.', null, line);
    else if (strictJson)
      findings.add(
        'error',
        `json.${kind}`,
        path,
        `There is ${EXTRA_WORDS[kind]}: ${client} reads plain JSON and refuses the file.`,
        'Take it out.',
        line,
      );
  }
  if (!isRecord(value)) return;
  if (format === 'vscode' && isRecord(value['mcpServers']))
    findings.add('error', 'document.member', '/mcpServers', 'VS Code reads "servers" in mcp.json and nothing else.', 'Call it "servers".');
  if (format !== 'vscode' && format !== 'server-json' && isRecord(value['servers']))
    findings.add('error', 'document.member', '/servers', `${client} reads "mcpServers".`, 'Call it "mcpServers".');
  if (format === 'vscode' && isRecord(value['mcp']))
    findings.add(
      'warning',
      'document.member',
      '/mcp',
      'VS Code no longer reads servers from its settings.',
      'Move "servers" and "inputs" to .vscode/mcp.json.',
    );
}

function readEntry(
  raw: RawEntry,
  context: EntryContext,
  variables: Readonly<Record<string, string>>,
  missing: Set<string>,
): ConfiguredServer {
  const { name, path, entry } = raw;
  const skipped = (reason: string): ConfiguredServer => ({ name, path, target: null, reason });
  if (!isRecord(entry)) {
    context.findings.add('error', 'member.shape', path, 'The entry must be an object.');
    return skipped('the entry is no object');
  }
  const { facts, format } = context;
  if (format !== 'server-json' || !path.includes('/packages/')) lintMembers(entry, context);
  const bridge = bridgeOf(entry['command'], entry['args']);
  if (bridge !== null) {
    const { args, ...others } = entry;
    lintTexts(others, context);
    const environment = isRecord(entry['env']) ? texts(entry['env']) : {};
    // The bridge itself fills ${NAME} from its environment.
    const asBridge = { ...context, facts: { ...facts, variables: ['braces' as const] } };
    lintTexts({ args }, asBridge);
    return finish(raw, asBridge, { ...bridge, at: `${path}/args` }, { ...variables, ...environment }, missing);
  }
  lintTexts(entry, context);
  const commanded = lintCommand(entry, context);
  if (commanded !== null)
    return finish(
      raw,
      context,
      { url: commanded, transport: 'auto', headers: headersOf(entry), at: `${path}/command` },
      variables,
      missing,
    );
  const found = addressOf(entry, facts);
  if (found === null) {
    if (typeof entry['command'] === 'string') return skipped('a local program (stdio), which only its own machine can call');
    context.findings.add('error', 'entry.empty', path, 'The entry has neither an address nor a command.');
    return skipped('there is no address');
  }
  if (typeof entry['command'] === 'string')
    context.findings.add(
      'error',
      'entry.ambiguous',
      path,
      `There is a command and an address: ${facts.client} uses one and ignores the other.`,
      'Keep one of them.',
    );
  lintType(entry, found.url, context);
  const transport = transportOf(entry['type'], found.transport);
  if (transport === null) return skipped('WebSocket, which is no transport of MCP');
  return finish(raw, context, { url: found.url, transport, headers: headersOf(entry), at: `${path}/${found.member}` }, variables, missing);
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

function headersOf(entry: Record<string, unknown>): Record<string, string> {
  return isRecord(entry['headers']) ? texts(entry['headers']) : {};
}

/** By the client's own member first, then by any that another client uses: what was meant is to be watched all the same. */
function addressOf(entry: Record<string, unknown>, facts: EntryContext['facts']) {
  const foreign = ['url', 'serverUrl', 'httpUrl'].map((member) => ({
    member,
    transport: member === 'httpUrl' ? ('streamable-http' as const) : ('auto' as const),
  }));
  for (const { member, transport } of [...facts.address, ...foreign]) {
    const url = entry[member];
    if (typeof url === 'string' && url !== '') return { member, transport, url };
  }
  return null;
}

/** What was meant, also where the client would not understand it; null for WebSocket. */
function transportOf(type: unknown, otherwise: ConfiguredTarget['transport']): ConfiguredTarget['transport'] | null {
  if (typeof type !== 'string') return otherwise;
  const plain = type.toLowerCase().replace(/[-_\s]/g, '');
  if (plain === 'ws' || plain === 'websocket') return null;
  if (plain === 'sse' || plain === 'httpsse') return 'sse';
  return plain === 'http' || plain === 'streamablehttp' ? 'streamable-http' : otherwise;
}

function finish(
  { name, path }: RawEntry,
  context: EntryContext,
  wanted: {
    readonly url: string;
    readonly transport: ConfiguredTarget['transport'];
    readonly headers: Readonly<Record<string, string>>;
    readonly at: string;
  },
  variables: Readonly<Record<string, string>>,
  missing: Set<string>,
): ConfiguredServer {
  const skipped = (reason: string): ConfiguredServer => ({ name, path, target: null, reason });
  const address = fillVariables(wanted.url, context.facts, variables);
  for (const variable of address.missing) missing.add(variable);
  if (address.missing.length > 0) return skipped(`the address needs ${address.missing.slice(0, 5).map(quoted).join(', ')}`);
  const url = address.text.trim();
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    context.findings.add('error', 'url.invalid', wanted.at, `${quoted(url)} is no http or https address.`);
    return skipped('the address is no http or https URL');
  }
  lintUrl(url, wanted.at, context);
  lintTransport(wanted.transport, url, wanted.at, context);
  const headers: Record<string, string> = {};
  const left: string[] = [];
  let bearer: string | null = null;
  for (const [header, text] of Object.entries(wanted.headers)) {
    const value = fillVariables(text, context.facts, variables);
    for (const variable of value.missing) missing.add(variable);
    const token = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(value.text.trim())?.[1];
    if (value.missing.length > 0) left.push(`header ${quoted(header)} needs ${value.missing.slice(0, 5).map(quoted).join(', ')}`);
    else if (!HEADER_NAME.test(header) || !HEADER_VALUE.test(value.text)) {
      context.findings.add('error', 'header.invalid', `${path}/headers`, `${quoted(header)} cannot be sent as an HTTP header.`);
      left.push(`header ${quoted(header)} cannot be sent`);
    } else if (header.toLowerCase() === 'authorization' && token !== undefined) bearer = token;
    else headers[header] = value.text;
  }
  return {
    name,
    path,
    target: { url, transport: wanted.transport, headers, bearer },
    reason: left.length === 0 ? null : `left out: ${left.slice(0, 5).join('; ')}`,
  };
}
