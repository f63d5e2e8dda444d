import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HEALTHY, json, type Message } from './servers.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export type Route = (response: ServerResponse, asked: Asked, server: SignInServer) => void;

export interface SignInServer {
  readonly origin: string;
  readonly url: string;
  /** Every request, in order. */
  readonly asked: Asked[];
  /** The access tokens that `/token` has given out and `/mcp` accepts. */
  readonly issued: Set<string>;
  /** Requests for a path. */
  at(path: string): Asked[];
  close(): Promise<void>;
}

export const PRM = '/.well-known/oauth-protected-resource';
export const AS = '/.well-known/oauth-authorization-server';

/** What a sound authorization server says of itself. */
export function serverMetadata(origin: string, more: object = {}): object {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    client_id_metadata_document_supported: true,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    ...more,
  };
}

export function challenge(origin: string, more = ''): string {
  return `Bearer resource_metadata="${origin}${PRM}/mcp"${more}`;
}

/** Refuses as a server should that wants a token. */
export const refuse: Route = (response, { headers }, { origin }) => {
  const told = headers.authorization === undefined ? challenge(origin) : challenge(origin, ', error="invalid_token"');
  response.writeHead(401, { 'www-authenticate': told }).end();
};

export const SOUND: Readonly<Record<string, Route>> = {
  '/mcp': (response, asked, server) => {
    const token = /^Bearer (.*)$/.exec(asked.headers.authorization ?? '')?.[1];
    if (token === undefined || !server.issued.has(token)) return refuse(response, asked, server);
    const message = JSON.parse(asked.body || '{}') as Message;
    const name = asked.method === 'POST' ? (message.method ?? 'other') : asked.method;
    (HEALTHY[name] ?? HEALTHY['other'])?.(response, message, undefined as never);
  },
  [`${PRM}/mcp`]: (response, _asked, { origin }) => json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [origin] }),
  [AS]: (response, _asked, { origin }) => json(response, 200, serverMetadata(origin)),
  '/token': (response, _asked, { issued }) => {
    const token = `tok_${issued.size + 1}_b0c9e4d27a`;
    issued.add(token);
    json(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
  },
};

/** An MCP server at /mcp that wants a token, and its authorization server, on the loopback address; sound but for the paths overridden. */
export async function startSignInServer(routes: Readonly<Record<string, Route>> = {}): Promise<SignInServer> {
  const all: Readonly<Record<string, Route>> = { ...SOUND, ...routes };
  const asked: Asked[] = [];
  const http = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      const one = { method: request.method ?? '', path, headers: request.headers, body: Buffer.concat(parts).toString() };
      asked.push(one);
      const route = all[path] ?? all['*'];
      if (route === undefined) response.writeHead(404).end();
      else route(response, one, server);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: SignInServer = {
    origin,
    url: `${origin}/mcp`,
    asked,
    issued: new Set(),
    at: (path) => asked.filter((one) => one.path === path),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
