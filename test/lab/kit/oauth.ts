import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Bench } from './bench.ts';
import type { Answer, Behaviour, Call, Json, McpServer } from './mcp-server.ts';

export const RESOURCE_METADATA = '/.well-known/oauth-protected-resource';
export const SERVER_METADATA = '/.well-known/oauth-authorization-server';
export const CLIENT = { clientId: 'monitor', clientSecret: 'a4f1c8d0e2' } as const;

/** What a token says. */
export interface Grant {
  readonly audience: string;
  readonly scope: string;
  readonly expired: boolean;
}

/** One request to the authorization server and the means to answer it. */
export interface AsCall {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly form: URLSearchParams;
  json(status: number, body: Json, headers?: Record<string, string>): unknown;
  text(status: number, body: string, headers?: Record<string, string>): unknown;
  healthy(): unknown;
}

/** What differs from a sound server behind sign-in. */
export interface Sign {
  /** The address that clients use, when it is not the application's own. */
  readonly url?: string;
  /** Where the application listens. */
  readonly at?: { readonly host?: string; readonly port?: number };
  /** Path of the issuer. */
  readonly issuerPath?: string;
  /** Answers a request to the endpoint whose token is missing or not accepted. */
  readonly refuse?: (call: Call, told: { readonly challenge: string; readonly error: string | null }) => unknown;
  /** Whether a known token may be used here; by default when it is live and was issued for the endpoint's address. */
  readonly accept?: (grant: Grant, url: string) => boolean;
  /** Takes the request before anything else; what it does not answer it hands on by `call.healthy()`. */
  readonly first?: Answer;
  /** The protected-resource document, or another answer in its place. */
  readonly resource?: (url: string, issuer: string, call: Call) => { readonly [key: string]: Json };
  readonly resourceAt?: readonly string[];
  /** Changes of what the authorization server says of itself; undefined leaves a member out. */
  readonly metadata?: (issuer: string) => { readonly [key: string]: Json | undefined };
  readonly metadataAt?: readonly string[];
  /** For whom a token is issued; by default for the resource that was asked for. */
  readonly audience?: (resource: string) => string;
  /** By path of the authorization server. */
  readonly as?: Readonly<Record<string, (call: AsCall) => unknown>>;
  readonly behaviour?: Omit<Behaviour, 'answers'>;
}

export interface SignIn {
  readonly app: McpServer;
  /** The endpoint as clients know it. */
  readonly url: string;
  readonly issuer: string;
  /** A token as the authorization server would issue it to a person. */
  token(grant?: Partial<Grant>): string;
}

/** An MCP server that wants a token, and the authorization server that issues it, sound but for `sign`. */
export async function signIn(bench: Bench, sign: Sign = {}): Promise<SignIn> {
  const port = sign.at?.port ?? bench.freePort();
  const issuerPort = bench.freePort();
  const url = sign.url ?? `http://mcp.example.com:${port}/mcp`;
  const issuer = `http://auth.example.com:${issuerPort}${sign.issuerPath ?? ''}`;
  const grants = new Map<string, Grant>();
  const issue = (grant: Grant): string => {
    const token = randomUUID();
    grants.set(token, grant);
    return token;
  };
  await bench.http(authorizationServer(issuer, sign, issue), { port: issuerPort });
  const app = await bench.mcp({ ...sign.behaviour, answers: { every: guard(url, issuer, sign, grants) } }, { ...sign.at, port });
  return { app, url, issuer, token: (grant) => issue({ audience: url, scope: 'tools:read', expired: false, ...grant }) };
}

/** Answers for the endpoint: the metadata to everybody, everything else to who has a token. */
function guard(url: string, issuer: string, sign: Sign, grants: ReadonlyMap<string, Grant>): Answer {
  const { origin, pathname } = new URL(url);
  const places = sign.resourceAt ?? [`${RESOURCE_METADATA}${pathname}`];
  const challenge = `Bearer resource_metadata="${origin}${RESOURCE_METADATA}${pathname}"`;
  const refuse = sign.refuse ?? ((call, told) => call.text(401, '', { 'www-authenticate': told.challenge }));
  const accept = sign.accept ?? ((grant, resource) => !grant.expired && grant.audience === resource);
  const admit: Answer = (call) => {
    if (places.includes(call.path))
      return call.json(200, sign.resource?.(url, issuer, call) ?? { resource: url, authorization_servers: [issuer] });
    if (call.path.startsWith('/.well-known/')) return call.text(404, 'Not Found', { 'content-type': 'text/plain' });
    if (call.request.method === 'OPTIONS') return call.healthy();
    const sent = /^Bearer (.+)$/.exec(call.request.headers.authorization ?? '')?.[1];
    const grant = sent === undefined ? undefined : grants.get(sent);
    if (grant !== undefined && accept(grant, url)) return call.healthy();
    const error = sent === undefined ? null : 'invalid_token';
    const description =
      grant === undefined ? 'Unknown token' : grant.expired ? 'The access token expired' : 'Token audience does not match resource server';
    return refuse(call, {
      challenge: error === null ? challenge : `${challenge}, error="${error}", error_description="${description}"`,
      error,
    });
  };
  const { first } = sign;
  return first === undefined ? admit : (call) => first({ ...call, healthy: () => admit(call) });
}

function authorizationServer(issuer: string, sign: Sign, issue: (grant: Grant) => string) {
  const path = sign.issuerPath ?? '';
  const endpoint = (name: string): string => `${issuer}/${name}`;
  const places = sign.metadataAt ?? [`${SERVER_METADATA}${path}`];
  const described: Record<string, Json | undefined> = {
    issuer,
    authorization_endpoint: endpoint('authorize'),
    token_endpoint: endpoint('token'),
    registration_endpoint: endpoint('register'),
    client_id_metadata_document_supported: true,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    ...sign.metadata?.(issuer),
  };
  const healthy = (call: AsCall): unknown => {
    if (places.includes(call.path)) return call.json(200, JSON.parse(JSON.stringify(described)) as Json);
    if (call.path !== `${path}/token`) return call.text(404, 'Not Found', { 'content-type': 'text/plain' });
    const known = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64');
    if (call.request.headers.authorization !== `Basic ${known}`) return call.json(401, { error: 'invalid_client' });
    const resource = call.form.get('resource') ?? '';
    const token = issue({ audience: sign.audience?.(resource) ?? resource, scope: call.form.get('scope') ?? 'tools:read', expired: false });
    return call.json(200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
  };
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', issuer);
      const call = asCall(request, response, pathname, Buffer.concat(parts).toString(), () => healthy(call));
      const answer = sign.as?.[pathname] ?? sign.as?.['*'];
      if (answer === undefined) healthy(call);
      else answer(call);
    });
  });
}

function asCall(request: IncomingMessage, response: ServerResponse, path: string, body: string, healthy: () => unknown): AsCall {
  const text: AsCall['text'] = (status, said, headers = {}) => response.writeHead(status, headers).end(said);
  return {
    request,
    path,
    form: new URLSearchParams(body),
    text,
    json: (status, value, headers = {}) => text(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers }),
    healthy,
  };
}
