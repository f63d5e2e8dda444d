import { type BulkResult, type Endpoint, type EndpointHours, updateEndpointSchema } from '@rollcall/contracts';
import { clientConfigsFor, type ImportResult, readClientConfig } from '@rollcall/contracts/client-config';
import { ago } from '../fixtures.ts';
import type { Answer, Call } from '../mock-api.ts';
import { toolChanges, toolsOf } from './tools.ts';

const json = (body: unknown, status = 200): Answer => ({ status, body });
const changes = structuredClone(toolChanges);

/** What one endpoint answers beyond its history; null: not ours. */
export function answerTabs(call: Call, endpoint: Endpoint, sub: string | undefined, id: string | undefined): Answer | null {
  if (sub === 'tools') return json(toolsOf(endpoint));
  if (sub === 'client-configs') {
    const { transport } = endpoint.state;
    return json({
      data: clientConfigsFor({
        name: endpoint.name,
        url: endpoint.url,
        transport: transport === 'sse' ? 'sse' : 'streamable-http',
        headers: Object.keys(endpoint.headers),
        auth: endpoint.auth.type,
      }),
    });
  }
  if (sub !== 'tool-changes') return null;
  const own = changes[endpoint.id] ?? [];
  if (call.method !== 'POST') return json({ data: own, nextCursor: null });
  const found = own.find((change) => change.id === id);
  if (found === undefined) return { status: 404 };
  return json(Object.assign(found, { acknowledgedAt: new Date().toISOString(), acknowledgedBy: 'Maya Lind' }));
}

/** What the API says of a body that its own schema does not take, or of an override that needs to be forced. */
export function refuseUpdate(body: Record<string, unknown>): Answer | null {
  const parsed = updateEndpointSchema.safeParse(body);
  const errors = parsed.success
    ? (parsed.data.policy?.overrides ?? []).flatMap(({ code, force }, n) =>
        code === 'auth.required' && force !== true
          ? [{ pointer: `/policy/overrides/${n}/force`, message: 'must be true: auth.required says that the server has not failed' }]
          : [],
      )
    : parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  if (errors.length === 0) return null;
  const problem = {
    type: 'about:blank',
    title: 'invalid_request',
    status: 400,
    code: 'invalid_request',
    detail: 'The request is not acceptable.',
    errors,
  };
  return { status: 400, body: problem, headers: { 'content-type': 'application/problem+json' } };
}

/** A body as the endpoint shows it afterwards: no secret. */
export function shownOf(body: Record<string, unknown>): Partial<Endpoint> {
  const { auth, headers, ...rest } = body as { auth?: { type: 'none' | 'bearer' | 'oauth' }; headers?: Record<string, string> };
  return {
    ...rest,
    ...(auth === undefined ? {} : { auth: { type: auth.type } }),
    ...(headers === undefined ? {} : { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, '[redacted]' as const])) }),
  };
}

/** The list in the order asked for; `newest` is the order of the fixtures. */
export function inOrder(endpoints: Endpoint[], sort: string | null): Endpoint[] {
  if (sort === 'name') return endpoints.toSorted((a, b) => a.name.localeCompare(b.name));
  if (sort === 'latency') return endpoints.toSorted((a, b) => (b.state.latencyMs ?? -1) - (a.state.latencyMs ?? -1));
  return endpoints;
}

/** The last 24 hours as the status of today would have them. */
function hoursOf({ state: { status, lastProbeAt } }: Endpoint): EndpointHours['data'][number]['hours'] {
  return Array.from({ length: 24 }, (_, n) => {
    if (lastProbeAt === null || (status === 'no_data' && n > 22) || n === 3) return 'no_data';
    if (status === 'down' && n > 21) return 'down';
    if (status === 'degraded' && n > 18) return 'degraded';
    return status === 'gated' ? 'gated' : 'up';
  });
}

/** What is asked of many endpoints at once; null: not ours. */
export function answerFleet(call: Call, endpoints: Endpoint[], id: string | undefined, sub: string | undefined): Answer | null {
  if (id === 'hours') {
    const ids = new Set((call.query.get('ids') ?? '').split(','));
    const data = endpoints.filter((endpoint) => ids.has(endpoint.id)).map((endpoint) => ({ id: endpoint.id, hours: hoursOf(endpoint) }));
    return json({ from: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 23 * 3_600_000).toISOString(), data });
  }
  if (id !== 'bulk') return null;
  const items = (call.body.endpoints ?? (call.body.ids as string[]).map((each) => ({ id: each }))) as ({
    id: string;
  } & Partial<Endpoint>)[];
  const results = items.map(({ id: each, ...change }, index): BulkResult => {
    const found = endpoints.find((endpoint) => endpoint.id === each);
    if (found === undefined) return { index, status: 'failed', id: null };
    if (call.method === 'DELETE') endpoints.splice(endpoints.indexOf(found), 1);
    if (call.method === 'PATCH') Object.assign(found, change);
    if (change.paused !== undefined) found.state.status = change.paused ? 'paused' : 'pending';
    return { index, status: call.method === 'DELETE' ? 'deleted' : sub === 'probe' ? 'queued' : 'updated', id: each };
  });
  return json({ counts: {}, results });
}

/** The lists of the overview: certificates that end, tools that changed. */
export function watchLists(endpoints: Endpoint[]) {
  const subject = ({ id, name, url }: Endpoint) => ({ id, name, url });
  const days = [-2, 4, 21];
  return {
    certificates: endpoints.slice(2, 5).map((endpoint, n) => ({
      endpoint: subject(endpoint),
      notAfter: ago(-(days[n] ?? 0) * 86_400_000),
      daysLeft: days[n] ?? 0,
    })),
    toolChanges: Object.entries(changes).flatMap(([id, own]) => {
      const endpoint = endpoints.find((entry) => entry.id === id);
      if (endpoint === undefined) return [];
      const open = own.filter(({ acknowledgedAt }) => acknowledgedAt === null);
      return open.map(({ id: changeId, at, class: kind, summary }) => ({
        id: changeId,
        at,
        endpoint: subject(endpoint),
        class: kind,
        summary,
      }));
    }),
  };
}

/** Reads the file as the API does; nothing is registered. */
export function answerImport({ body }: Call): Answer {
  const { format, servers, findings } = readClientConfig({ content: String(body.content) }, { format: 'auto', variables: {} });
  const result: ImportResult = {
    format,
    dryRun: body.dryRun === true,
    findings: [...findings],
    endpoints: servers.map(({ name, target, reason }) => ({
      name,
      url: target?.url ?? null,
      transport: target?.transport ?? null,
      status: target === null ? 'skipped' : 'created',
      reason,
      id: target === null || body.dryRun === true ? null : 'ep_docs',
    })),
  };
  return json(result);
}
