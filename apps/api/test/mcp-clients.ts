import {
  Client as ClientV2,
  ClientCredentialsProvider as CredentialsV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client';
import { ClientCredentialsProvider as CredentialsV1 } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export const MCP_CLIENTS = ['SDK v1', 'SDK v2 legacy', 'SDK v2 auto', 'SDK v2 pinned to 2026-07-28'] as const;
export type McpClientKind = (typeof MCP_CLIENTS)[number];

interface ListedTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly annotations?: object | undefined;
  readonly inputSchema: object;
  readonly outputSchema?: object | undefined;
}

export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
  readonly data: unknown;
}

/** One of the official SDK clients, connected. They check structured answers against the output schema themselves. */
export interface McpClient {
  tools(): Promise<ListedTool[]>;
  call(name: string, args?: Record<string, unknown>, onProgress?: (message: string) => void): Promise<ToolAnswer>;
  server(): unknown;
  close(): Promise<void>;
}

const INFO = { name: 'rollcall-test', version: '1.0.0' };

function toAnswer(result: object): ToolAnswer {
  const { isError, content, structuredContent } = result as {
    isError?: boolean;
    content?: { type: string; text?: string }[];
    structuredContent?: unknown;
  };
  return { isError: isError === true, text: (content ?? []).map(({ text }) => text ?? '').join('\n'), data: structuredContent };
}

/** With the key in a header, or by the SDK's own sign-in with client credentials. */
export async function connectMcp(
  kind: McpClientKind,
  url: string,
  key: string,
  by: 'header' | 'credentials' = 'header',
): Promise<McpClient> {
  const credentials = { clientId: key.slice(0, 9), clientSecret: key, expectedIssuer: new URL(url).origin };
  const header = { requestInit: { headers: { authorization: `Bearer ${key}` } } };
  if (kind === 'SDK v1') {
    const client = new ClientV1(INFO);
    const options = by === 'header' ? header : { authProvider: new CredentialsV1(credentials) };
    await client.connect(new TransportV1(new URL(url), options) as Parameters<typeof client.connect>[0]);
    return {
      tools: async () => (await client.listTools()).tools,
      call: async (name, args, onProgress) =>
        toAnswer(
          await client.callTool({ name, ...(args ? { arguments: args } : {}) }, undefined, {
            ...(onProgress ? { onprogress: ({ message }) => onProgress(message ?? '') } : {}),
          }),
        ),
      server: () => client.getServerVersion(),
      close: () => client.close(),
    };
  }
  const mode = kind === 'SDK v2 legacy' ? 'legacy' : kind === 'SDK v2 auto' ? 'auto' : { pin: '2026-07-28' };
  const options = by === 'header' ? header : { authProvider: new CredentialsV2(credentials) };
  const client = new ClientV2(INFO, { versionNegotiation: { mode } });
  await client.connect(new TransportV2(new URL(url), options));
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (name, args, onProgress) =>
      toAnswer(
        await client.callTool(
          { name, ...(args ? { arguments: args } : {}) },
          { ...(onProgress ? { onprogress: ({ message }: { message?: string | undefined }) => onProgress(message ?? '') } : {}) },
        ),
      ),
    server: () => client.getServerVersion(),
    close: () => client.close(),
  };
}
