import type { TestApi } from './harness.ts';

export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Record<string, JsonSchema>;
  readonly [keyword: string]: unknown;
}
interface Body {
  readonly content?: Record<string, { readonly schema?: JsonSchema }>;
}
export interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly $ref?: string }[];
  readonly requestBody?: Body;
  readonly responses: Record<string, Body & { readonly $ref?: string }>;
  readonly security?: readonly Record<string, unknown>[];
}
export interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

/** An operation of the OpenAPI document; `name` is like `GET /endpoints/{id}`. */
export interface Described {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly operation: Operation;
  readonly body: JsonSchema | undefined;
  /** Of the first answer below 300, when it is JSON. */
  readonly answer: JsonSchema | undefined;
  readonly query: readonly string[];
}

export async function readDocument(api: TestApi): Promise<Document> {
  return (await api.call('GET', '/api/v1/openapi.json', { key: null })).json<Document>();
}

export async function readOperations(api: TestApi): Promise<Described[]> {
  const { paths } = await readDocument(api);
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const good = Object.entries(operation.responses).find(([status]) => status < '300')?.[1];
      return {
        name: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        method: method.toUpperCase() as Described['method'],
        path,
        operation,
        body: operation.requestBody?.content?.['application/json']?.schema,
        answer: good?.content?.['application/json']?.schema,
        query: (operation.parameters ?? []).flatMap((parameter) => (parameter.in === 'query' && parameter.name ? [parameter.name] : [])),
      };
    }),
  );
}

/** Which of the filled ids a path's parameter names: `{id}` is told by the collection before it. */
const KINDS: Readonly<Record<string, string>> = {
  endpoints: 'endpoint',
  incidents: 'incident',
  channels: 'channel',
  notices: 'notice',
  'maintenance-windows': 'maintenance',
  'status-pages': 'page',
  reports: 'report',
  subscribers: 'subscriber',
  members: 'member',
  invitations: 'invitation',
  'api-keys': 'key',
  probes: 'probe',
  'tool-changes': 'toolChange',
  sessions: 'session',
};

/** The path with ids in it. @throws for a parameter that no id is known for: then this table is behind the routes. */
export function fillPath(path: string, ids: Readonly<Record<string, string>>): string {
  const parts = path.split('/');
  return parts
    .map((part, index) => {
      if (!part.startsWith('{')) return part;
      const kind = KINDS[parts[index - 1] ?? ''];
      const id = kind === undefined ? undefined : ids[kind];
      if (id === undefined) throw new Error(`no id for ${part} of ${path}`);
      return encodeURIComponent(id);
    })
    .join('/');
}
