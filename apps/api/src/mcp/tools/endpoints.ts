import { type Endpoint, mcpInputs, mcpOutputs } from '@rollcall/contracts';
import { createEndpoint, getEndpoint, listEndpoints } from '@rollcall/services';
import { causeLine, lines, listText, quoted, revisionText } from '../text.ts';
import { ADDS, defineTool, READS } from '../tool.ts';

export const listEndpointsTool = defineTool({
  name: 'list_endpoints',
  title: 'List endpoints',
  description:
    'Lists the MCP servers that this organization monitors, newest first: id, name, URL, tags and present state (status, since when, cause, latency, open incident). Use it to find the id of an endpoint or to see what is down. Statuses: up, degraded, down, gated (answers and asks for sign-in: no failure), pending, no_data (could not be measured), paused, maintenance.',
  needs: 'read',
  hints: READS,
  input: mcpInputs.listEndpoints,
  output: mcpOutputs.listEndpoints,
  run: ({ actor, deps }, { search, ...query }) => listEndpoints(deps.db, actor, { ...query, q: search }),
  tell: (page) =>
    listText('endpoints', page, ({ id, name, url, state }) =>
      [
        `${id} ${state.status} since ${state.since}: ${quoted(name)} ${url}`,
        ...(state.cause === null ? [] : [causeLine(state.cause)]),
        ...(state.openIncidentId === null ? [] : [`incident ${state.openIncidentId}`]),
      ].join(', '),
    ),
});

export const getEndpointTool = defineTool({
  name: 'get_endpoint',
  title: 'Read an endpoint',
  description:
    'Reads one monitored MCP server by id: its settings and its present state, with the transport, revision and server that the last probe met. Secrets are never shown. For the whole cause with evidence and fixes, read the incident named in state.openIncidentId.',
  needs: 'read',
  hints: READS,
  input: mcpInputs.endpoint,
  output: mcpOutputs.endpoint,
  run: ({ actor, deps }, { id }) => getEndpoint(deps.db, actor, id),
  tell: endpointText,
});

export const registerEndpointTool = defineTool({
  name: 'register_endpoint',
  title: 'Register an endpoint',
  description:
    'Starts monitoring an MCP server: it is probed at once and then on its interval. Calling it twice registers it twice, so look with list_endpoints first, and consider check_url before. Credentials are not taken here, since they would pass through the conversation: people add them in the dashboard or by the HTTP API.',
  needs: 'write',
  hints: { ...ADDS, openWorldHint: true },
  input: mcpInputs.registerEndpoint,
  output: mcpOutputs.endpoint,
  run: ({ actor, deps }, input) => {
    const settings = { db: deps.db, sealer: deps.sealer, policy: deps.policy, region: deps.config.region };
    return createEndpoint(settings, actor, input, deps.now());
  },
  tell: (endpoint) =>
    `Registered as ${endpoint.id}; probed every ${endpoint.intervalSeconds} s${endpoint.paused ? ' once it is resumed' : ''}.`,
});

function endpointText({ id, name, url, state, intervalSeconds, tags }: Endpoint): string {
  return lines([
    `${id} ${quoted(name)} ${url}`,
    `Status ${state.status} since ${state.since}${state.cause === null ? '' : `: ${causeLine(state.cause)}`}.`,
    state.openIncidentId === null ? null : `Open incident: ${state.openIncidentId}.`,
    state.server === null ? null : `Server, as it calls itself: ${quoted(`${state.server.name} ${state.server.version}`)}.`,
    `Transport ${state.transport ?? 'unknown'}, revision ${revisionText(state.protocolVersion)}, tools ${state.toolCount ?? 'unknown'}, latency ${state.latencyMs === null ? 'unknown' : `${Math.round(state.latencyMs)} ms`}.`,
    `Probed every ${intervalSeconds} s; last ${state.lastProbeAt ?? 'never'}${tags.length === 0 ? '' : `; tags ${tags.join(', ')}`}.`,
  ]);
}
