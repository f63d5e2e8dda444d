import { type Findings, quoted } from './findings.ts';
import { type ClientConfigFormat, FORMAT_FACTS, type FormatFacts, isRecord } from './formats.ts';
import { pointerTo } from './jsonc.ts';
import { isSecretInClear, secretParameters } from './secrets.ts';
import { nearest } from './similar.ts';
import { isPlaceholder, variablesIn } from './variables.ts';

/** What every rule gets. */
export interface EntryContext {
  readonly format: ClientConfigFormat;
  readonly facts: FormatFacts;
  readonly path: string;
  readonly inputs: ReadonlySet<string>;
  readonly findings: Findings;
}

type Entry = Readonly<Record<string, unknown>>;

/** Members that are written otherwise by another client, and what they are called there. */
const FOREIGN: Readonly<Record<string, string>> = { serverUrl: 'Windsurf', httpUrl: 'Gemini CLI', url: 'most clients' };

export function lintMembers(entry: Entry, { facts, path, findings }: EntryContext): void {
  const own = facts.address[0]?.member ?? 'url';
  for (const member of Object.keys(entry)) {
    if (facts.members.includes(member)) continue;
    const at = pointerTo(path, member);
    const foreign = FOREIGN[member];
    if (foreign !== undefined && facts.members.includes(own)) {
      findings.add(
        'error',
        'member.foreign',
        at,
        `${quoted(member)} is how ${foreign} writes it; ${facts.client} does not read it.`,
        `Call it "${own}".`,
      );
      continue;
    }
    const meant = nearest(member, facts.members);
    if (meant !== null)
      findings.add('error', 'member.misspelt', at, `${facts.client} does not read ${quoted(member)}.`, `Did you mean "${meant}"?`);
    else findings.add('notice', 'member.unknown', at, `${quoted(member)} is no member that ${facts.client} is known to read.`);
  }
}

/** `command` holding an address: the client would try to start a program of that name. */
export function lintCommand(entry: Entry, { format, path, findings }: EntryContext): string | null {
  const { command } = entry;
  if (typeof command !== 'string' || !/^(?:https?|wss?):\/\//i.test(command.trim())) return null;
  const written =
    format === 'windsurf'
      ? `{"serverUrl": ${JSON.stringify(command.trim())}}`
      : `{"type": "http", "url": ${JSON.stringify(command.trim())}}`;
  findings.add(
    'error',
    'command.url',
    `${path}/command`,
    '"command" holds an address: the client would try to start a program of that name.',
    `Write ${written}.`,
  );
  return command.trim();
}

export function lintType(entry: Entry, url: string, context: EntryContext): void {
  const { facts, path, findings, format } = context;
  if (format === 'claude-desktop') {
    findings.add(
      'error',
      'client.local_only',
      path,
      'Claude Desktop reads only servers that it starts itself from this file; it skips an address.',
      `Add it in Settings → Connectors, or write {"command": "npx", "args": ["-y", "mcp-remote", ${JSON.stringify(url)}]}.`,
    );
    return;
  }
  const { type } = entry;
  const known = Object.keys(facts.types);
  if (type === undefined) {
    if (facts.withoutType === 'refused')
      findings.add(
        'error',
        'type.missing',
        path,
        `"type" is missing: ${facts.client} takes the entry for a local program and refuses it.`,
        `Add "type": "${typeFor(url, known)}".`,
      );
    else if (facts.withoutType === 'sse')
      findings.add(
        'warning',
        'type.missing',
        path,
        `"type" is missing: ${facts.client} takes the address for HTTP+SSE, which has been deprecated since 2025-03-26.`,
        `Add "type": "${typeFor(url, known)}".`,
      );
    return;
  }
  if (typeof type === 'string' && Object.hasOwn(facts.types, type)) {
    if (facts.types[type] === 'stdio')
      findings.add(
        'error',
        'type.wrong',
        `${path}/type`,
        `"type" says stdio and there is an address: ${facts.client} looks for a program.`,
        `Write "type": "${typeFor(url, known)}".`,
      );
    if (facts.types[type] === 'websocket')
      findings.add('error', 'type.websocket', `${path}/type`, 'MCP has no WebSocket transport.', `Write "type": "${typeFor(url, known)}".`);
    return;
  }
  const meant = typeof type === 'string' ? (nearest(type, known) ?? typeFor(url, known)) : typeFor(url, known);
  findings.add(
    'error',
    'type.wrong',
    `${path}/type`,
    `"type": ${quoted(type)} is not known to ${facts.client}; it takes ${known.join(', ')}.`,
    `Write "type": "${meant}".`,
  );
}

function typeFor(url: string, known: readonly string[]): string {
  if (endsWith(url, 'sse')) return 'sse';
  return known.includes('http') ? 'http' : 'streamable-http';
}

function endsWith(url: string, word: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.replace(/\/+$/, '').endsWith(`/${word}`);
}

/** The transport that the file names against the path, which by custom says which one it is. */
export function lintTransport(transport: string, url: string, at: string, { facts, findings }: EntryContext): void {
  if (transport === 'sse' && endsWith(url, 'mcp'))
    findings.add(
      'warning',
      'transport.sse_on_http_path',
      at,
      'The entry speaks HTTP+SSE to an address that ends in /mcp, where servers speak Streamable HTTP: the GET is answered with 405 or never.',
      facts.address.length > 1 ? `Write "${facts.address[0]?.member}" instead of "url".` : 'Write "type": "http".',
    );
  if (transport === 'streamable-http' && endsWith(url, 'sse'))
    findings.add(
      'warning',
      'transport.http_on_sse_path',
      at,
      'The entry speaks Streamable HTTP to an address that ends in /sse, where servers speak HTTP+SSE: the POST is answered with 404 or 405.',
      'Write "type": "sse", or the address that ends in /mcp if the server has one.',
    );
}

const PRIVATE_HOST =
  /^(?:localhost|.*\.(?:localhost|local|internal|lan|home\.arpa|test|cluster\.local)|[^.]+|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|\[(?:::1|f[cd].*|fe80.*)\])$/i;

export function lintUrl(url: string, at: string, { facts, findings }: EntryContext): void {
  const parsed = new URL(url);
  if (parsed.protocol === 'http:' && !PRIVATE_HOST.test(parsed.hostname))
    findings.add(
      'warning',
      'url.plain_http',
      at,
      `http:// to a public host (${quoted(parsed.hostname)}): everybody on the way reads the credentials, hosted clients refuse it.`,
      `Write https://${parsed.host.slice(0, 200)}… .`,
    );
  for (const name of secretParameters(url, facts))
    findings.add(
      'warning',
      'secret.in_url',
      at,
      `The address holds a secret in its parameter ${quoted(name)}: addresses end up in logs.`,
      'Send it as a header.',
    );
  if (parsed.hash !== '') findings.add('notice', 'url.fragment', at, 'What stands after # is never sent to a server.', 'Leave it out.');
}

/** Secrets in clear, placeholders that were never replaced, and variables that this client does not fill in. */
export function lintTexts(entry: Entry, context: EntryContext): void {
  const { facts, path, findings } = context;
  for (const group of ['headers', 'env'] as const) {
    const values = entry[group];
    if (values === undefined) continue;
    if (!isRecord(values)) {
      findings.add(
        'error',
        'member.shape',
        `${path}/${group}`,
        `"${group}" must be an object of names and texts.`,
        group === 'headers' ? 'Write {"Authorization": "Bearer …"}.' : null,
      );
      continue;
    }
    for (const [name, value] of Object.entries(values)) {
      const at = pointerTo(`${path}/${group}`, name);
      if (typeof value !== 'string') findings.add('error', 'member.shape', at, `${quoted(name)} must be a text.`, null);
      else if (isSecretInClear(name, value, facts))
        findings.add(
          'warning',
          'secret.clear',
          at,
          `A secret stands here in clear: whoever reads the file has it.`,
          `Write ${facts.secretAs}.`,
        );
    }
  }
  for (const { at, text } of texts(entry, path, 0)) lintText(text, at, context);
}

function lintText(text: string, at: string, { facts, inputs, findings, format }: EntryContext): void {
  for (const { raw, name, understood } of variablesIn(text, facts)) {
    if (!understood)
      findings.add(
        'error',
        'variable.notation',
        at,
        `${facts.client} does not fill in ${quoted(raw)}: it is sent as it stands.`,
        facts.variables.length === 0 ? null : `Write ${facts.secretAs}.`,
      );
    else if (format === 'vscode' && name.startsWith('input:') && !inputs.has(name.slice(6)))
      findings.add(
        'error',
        'variable.never_filled',
        at,
        `${quoted(raw)} is never asked for: "inputs" has no entry with that id.`,
        `Add {"id": ${JSON.stringify(name.slice(6))}, "type": "promptString", "password": true} to "inputs".`,
      );
  }
  if (isPlaceholder(text))
    findings.add(
      'warning',
      'variable.placeholder',
      at,
      `${quoted(text)} looks like text that was meant to be replaced.`,
      `Write ${facts.secretAs}.`,
    );
}

function texts(value: unknown, path: string, depth: number): { at: string; text: string }[] {
  if (typeof value === 'string') return [{ at: path, text: value.slice(0, 8192) }];
  if (depth > 4 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 200)
    .flatMap(([key, member]) => texts(member, pointerTo(path, key), depth + 1));
}

export function contextOf(format: ClientConfigFormat, path: string, inputs: ReadonlySet<string>, findings: Findings): EntryContext {
  return { format, facts: FORMAT_FACTS[format], path, inputs, findings };
}
