import { assertNever } from '@rollcall/core';
import type { SimulatedClientId } from './types.ts';

export interface TransportSettings {
  readonly fetch: (input: string | URL, init?: RequestInit) => Promise<Response>;
  readonly headers: Record<string, string>;
}

/** One real SDK client on its way over one transport. */
export interface SdkSession {
  /** May never settle. */
  connect(): Promise<void>;
  /** Every page, as the SDK's own users list them. */
  toolNames(): Promise<string[]>;
  /** Tells the server that the session is over (DELETE); does nothing where there is none. */
  terminate(): Promise<void>;
  close(): Promise<void>;
}
export type OpenSession = (url: URL, transport: 'streamable-http' | 'sse', settings: TransportSettings) => SdkSession;

const CLIENT_INFO = { name: 'Rollcall', version: '0.1.0' };
const MAX_PAGES = 64;

/** Loads the SDK of a client, on first use: nobody else pays for it. */
export function loadSdkClient(id: SimulatedClientId): Promise<OpenSession> {
  switch (id) {
    case 'ts-sdk-v1.31':
      // Releases up to 1.31 left redirects to fetch; 1.32 does when it is told to.
      return loadV1('follow');
    case 'ts-sdk-v1':
      return loadV1('same-origin');
    case 'ts-client-v2':
      return loadV2('legacy');
    case 'ts-client-v2-auto':
      return loadV2('auto');
    case 'ts-client-v2-modern':
      return loadV2({ pin: '2026-07-28' });
    default:
      return assertNever(id);
  }
}

async function loadV1(redirectPolicy: 'same-origin' | 'follow'): Promise<OpenSession> {
  const [{ Client }, { StreamableHTTPClientTransport }, { SSEClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
    import('@modelcontextprotocol/sdk/client/sse.js'),
  ]);
  return (url, kind, { fetch, headers }) => {
    const client = new Client(CLIENT_INFO);
    const options = { fetch, requestInit: { headers }, redirectPolicy };
    const transport = kind === 'sse' ? new SSEClientTransport(url, options) : new StreamableHTTPClientTransport(url, options);
    return {
      connect: () => client.connect(transport as Parameters<typeof client.connect>[0]),
      async toolNames() {
        const names: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < MAX_PAGES; page += 1) {
          const { tools, nextCursor } = await client.listTools(cursor === undefined ? undefined : { cursor });
          names.push(...tools.map(({ name }) => name));
          if (nextCursor === undefined || nextCursor === cursor) break;
          cursor = nextCursor;
        }
        return names;
      },
      terminate: () => (transport instanceof StreamableHTTPClientTransport ? transport.terminateSession() : Promise.resolve()),
      close: () => closeBoth(client, transport),
    };
  };
}

async function loadV2(mode: 'legacy' | 'auto' | { pin: string }): Promise<OpenSession> {
  const { Client, SSEClientTransport, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  return (url, kind, { fetch, headers }) => {
    const client = new Client(CLIENT_INFO, { versionNegotiation: { mode } });
    const options = { fetch, requestInit: { headers } };
    const transport = kind === 'sse' ? new SSEClientTransport(url, options) : new StreamableHTTPClientTransport(url, options);
    return {
      connect: () => client.connect(transport),
      async toolNames() {
        // What listTools() does itself, only that it says so on standard output.
        if (client.getServerCapabilities()?.tools === undefined) return [];
        return (await client.listTools()).tools.map(({ name }) => name);
      },
      terminate: () => (transport instanceof StreamableHTTPClientTransport ? transport.terminateSession() : Promise.resolve()),
      close: () => closeBoth(client, transport),
    };
  };
}

/** A client that never got through connect() does not know its transport. */
async function closeBoth(client: { close(): Promise<void> }, transport: { close(): Promise<void> }): Promise<void> {
  await Promise.allSettled([client.close(), transport.close()]);
}
