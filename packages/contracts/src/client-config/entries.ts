import { type ClientConfigFormat, isRecord } from './formats.ts';
import { pointerTo } from './jsonc.ts';

/** One server of the file, before it is understood. */
export interface RawEntry {
  readonly name: string;
  /** RFC 6901 pointer into the document. */
  readonly path: string;
  readonly entry: unknown;
}

export interface RawEntries {
  readonly entries: readonly RawEntry[];
  /** Ids that VS Code's "inputs" declares. */
  readonly inputs: ReadonlySet<string>;
}

/** Where each format keeps its servers; `mcpServers` and `servers` are both looked for, since people confuse them. */
export function collectEntries(document: unknown, format: ClientConfigFormat): RawEntries {
  if (format === 'server-json') return { entries: registryEntries(document, ''), inputs: new Set() };
  if (!isRecord(document)) return { entries: [], inputs: new Set() };
  const entries = [...named(document['mcpServers'], '/mcpServers'), ...named(document['servers'], '/servers')];
  const { mcp, projects, inputs } = document;
  if (isRecord(mcp)) entries.push(...named(mcp['servers'], '/mcp/servers'));
  if (isRecord(projects)) {
    for (const [folder, project] of Object.entries(projects)) {
      if (isRecord(project)) entries.push(...named(project['mcpServers'], `${pointerTo('/projects', folder)}/mcpServers`));
    }
  }
  const declared = [inputs, isRecord(mcp) ? mcp['inputs'] : undefined].flatMap((list) => (Array.isArray(list) ? list : []));
  const ids = declared.flatMap((input: unknown) => (isRecord(input) && typeof input['id'] === 'string' ? [input['id']] : []));
  return { entries, inputs: new Set(ids) };
}

function named(servers: unknown, path: string): RawEntry[] {
  if (!isRecord(servers)) return [];
  return Object.entries(servers).map(([name, entry]) => ({ name, path: pointerTo(path, name), entry }));
}

/** server.json itself, the registry's answer around it, a list of either. */
function registryEntries(document: unknown, path: string): RawEntry[] {
  if (Array.isArray(document)) return document.flatMap((item, index) => registryEntries(item, pointerTo(path, index)));
  if (!isRecord(document)) return [];
  if (Array.isArray(document['servers'])) return registryEntries(document['servers'], `${path}/servers`);
  if (isRecord(document['server'])) return registryEntries(document['server'], `${path}/server`);
  const base = typeof document['name'] === 'string' && document['name'] !== '' ? document['name'] : 'server';
  const { remotes, packages } = document;
  const found: RawEntry[] = [];
  for (const [index, remote] of (Array.isArray(remotes) ? remotes : []).entries()) {
    found.push({ name: index === 0 ? base : `${base} (${index + 1})`, path: `${path}/remotes/${index}`, entry: registryRemote(remote) });
  }
  if (found.length > 0) return found;
  for (const [index, entry] of (Array.isArray(packages) ? packages : []).entries()) {
    found.push({
      name: base,
      path: `${path}/packages/${index}`,
      entry: { command: isRecord(entry) ? entry['identifier'] : null, args: [] },
    });
  }
  return found;
}

/** Headers stand as a list of {name, value}; older files write `transport_type`. */
function registryRemote(remote: unknown): unknown {
  if (!isRecord(remote)) return remote;
  const { transport_type: former, headers, variables, ...rest } = remote;
  void variables;
  const list = Array.isArray(headers) ? headers.filter(isRecord) : null;
  return {
    ...rest,
    ...(former === undefined || rest['type'] !== undefined ? {} : { type: former }),
    ...(list === null
      ? headers === undefined
        ? {}
        : { headers }
      : {
          headers: Object.fromEntries(
            list.filter(({ name }) => typeof name === 'string').map((header) => [header['name'], headerValue(header)]),
          ),
        }),
  };
}

/** A header without a value is one that the user is asked for. */
function headerValue(header: Record<string, unknown>): unknown {
  return header['value'] ?? header['default'] ?? `{${String(header['name']).replace(/[^\w.-]/g, '_')}}`;
}
