/** A remote address behind a local bridge: `npx mcp-remote https://…`, as clients that know only stdio are configured. */
export interface Bridge {
  readonly bridge: string;
  readonly url: string;
  readonly transport: 'auto' | 'streamable-http' | 'sse';
  readonly headers: Readonly<Record<string, string>>;
}

const BRIDGES = /^(?:(?:.*[\\/])?(mcp-remote|supergateway))(?:@[\w.^~-]+)?$/;

export function bridgeOf(command: unknown, args: unknown): Bridge | null {
  const words = [command, ...(Array.isArray(args) ? args : [])].filter((word): word is string => typeof word === 'string');
  // `cmd /c npx …` on Windows, `npx -y …`, `bunx …`: the bridge is the first word that names one.
  const at = words.findIndex((word) => BRIDGES.test(word));
  if (at < 0) return null;
  const bridge = BRIDGES.exec(words[at] ?? '')?.[1] ?? '';
  const rest = words.slice(at + 1);
  const index = rest.findIndex((word) => /^https?:\/\//i.test(word));
  const url = rest[index];
  if (url === undefined) return null;
  const after = (option: string) => rest[rest.indexOf(option) + 1];
  const wished = rest.includes('--transport') ? after('--transport') : rest[index - 1];
  const transport =
    wished === 'sse-only' || wished === '--sse'
      ? 'sse'
      : wished === 'http-only' || wished === '--streamableHttp'
        ? 'streamable-http'
        : 'auto';
  const headers: Record<string, string> = {};
  for (const [position, word] of rest.entries()) {
    const [, name, value] =
      /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}):\s*(.*)$/s.exec(word === '--header' ? (rest[position + 1] ?? '') : '') ?? [];
    if (name !== undefined && value !== undefined && name !== '__proto__') headers[name] = value;
  }
  return { bridge, url, transport, headers };
}
