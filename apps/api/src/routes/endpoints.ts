import {
  createEndpointSchema,
  endpointHoursQuerySchema,
  endpointHoursSchema,
  endpointSchema,
  listEndpointsQuerySchema,
  listQuerySchema,
  pageOf,
  probeDetailSchema,
  probeSchema,
  reportSchema,
  STATS_WINDOWS,
  statsSchema,
  toolChangeSchema,
  toolsSeenSchema,
  updateEndpointSchema,
  uptimeSchema,
} from '@rollcall/contracts';
import { createTokenCache } from '@rollcall/probe';
import { simulateClients } from '@rollcall/probe/simulate';
import {
  acknowledgeToolChange,
  createEndpoint,
  deleteDemo,
  deleteEndpoint,
  getEndpoint,
  getEndpointHours,
  getProbe,
  getStats,
  getTools,
  getUptime,
  listEndpoints,
  listProbes,
  listToolChanges,
  requireScope,
  runProbeNow,
  updateEndpoint,
  withWarnings,
} from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { checkLimit } from '../rate-limit.ts';
import { idParams, ifMatchHeaders, nothing, problems } from './schemas.ts';

const tags = ['endpoints'];
const probeParams = idParams.extend({ probeId: z.string().min(1).max(200) });
const statsQuery = z.strictObject({ window: z.enum(STATS_WINDOWS).default('24h') });
const changeParams = idParams.extend({ changeId: z.string().min(1).max(200) });

export function endpointRoutes(api: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  const tokens = createTokenCache();
  const settings = { db, sealer: deps.sealer, policy: deps.policy, region: deps.config.region };

  api.post(
    '/endpoints',
    { schema: { tags, summary: 'Register an endpoint', body: createEndpointSchema, response: { 201: endpointSchema, ...problems } } },
    async (request, reply) => {
      const endpoint = await createEndpoint(settings, request.actor, request.body, now());
      return reply
        .code(201)
        .header('location', `/api/v1/endpoints/${endpoint.id}`)
        .send(await withWarnings(db, request.actor, endpoint));
    },
  );
  api.get(
    '/endpoints',
    {
      schema: {
        tags,
        summary: 'List endpoints, newest first or in another order',
        querystring: listEndpointsQuerySchema,
        response: { 200: pageOf(endpointSchema), ...problems },
      },
    },
    async (request) => listEndpoints(db, request.actor, request.query),
  );
  api.get(
    '/endpoints/hours',
    {
      schema: {
        tags,
        summary: 'The last 24 hours of many endpoints',
        querystring: endpointHoursQuerySchema,
        response: { 200: endpointHoursSchema, ...problems },
      },
    },
    async (request) => getEndpointHours(db, request.actor, request.query.ids.split(','), now()),
  );
  api.get(
    '/endpoints/:id',
    { schema: { tags, summary: 'Read an endpoint', params: idParams, response: { 200: endpointSchema, ...problems } } },
    async (request, reply) => {
      await setEtag(db, request, reply, 'endpoint', request.params.id);
      return getEndpoint(db, request.actor, request.params.id);
    },
  );
  api.patch(
    '/endpoints/:id',
    {
      schema: {
        tags,
        summary: 'Change what is named',
        params: idParams,
        headers: ifMatchHeaders,
        body: updateEndpointSchema,
        response: { 200: endpointSchema, ...problems },
      },
    },
    async (request) => {
      const endpoint = await updateEndpoint(
        { ...settings, db: matchingDb(db, request, 'endpoint', request.params.id) },
        request.actor,
        request.params.id,
        request.body,
        now(),
      );
      return withWarnings(db, request.actor, endpoint);
    },
  );
  api.delete(
    '/endpoints/:id',
    {
      schema: {
        tags,
        summary: 'Delete an endpoint and its history',
        params: idParams,
        headers: ifMatchHeaders,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await deleteEndpoint(matchingDb(db, request, 'endpoint', request.params.id), request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
  api.delete(
    '/demo',
    { schema: { tags, summary: 'Remove the demonstration endpoints', response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await deleteDemo(db, request.actor, now());
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/endpoints/:id/probe',
    {
      config: checkLimit,
      schema: { tags, summary: 'Probe now, with the deep checks', params: idParams, response: { 200: reportSchema, ...problems } },
    },
    async (request) => {
      requireScope(request.actor, 'write');
      const options = {
        db,
        sealer: deps.sealer,
        deps: { policy: deps.policy, tokens, simulate: simulateClients },
        publicUrl: deps.config.publicUrl,
        now,
      };
      return runProbeNow(options, request.actor.organizationId, request.params.id, deps.config.region);
    },
  );
  api.get(
    '/endpoints/:id/probes',
    {
      schema: {
        tags,
        summary: 'Probes, newest first',
        params: idParams,
        querystring: listQuerySchema,
        response: { 200: pageOf(probeSchema), ...problems },
      },
    },
    async (request) => listProbes(db, request.actor, request.params.id, request.query, now()),
  );
  api.get(
    '/endpoints/:id/probes/:probeId',
    {
      schema: {
        tags,
        summary: 'One probe, with its exchanges when kept',
        params: probeParams,
        response: { 200: probeDetailSchema, ...problems },
      },
    },
    async (request) => getProbe(db, request.actor, request.params.id, request.params.probeId, now()),
  );
  api.get(
    '/endpoints/:id/stats',
    {
      schema: {
        tags,
        summary: 'Uptime and latency of a window',
        params: idParams,
        querystring: statsQuery,
        response: { 200: statsSchema, ...problems },
      },
    },
    async (request) => getStats(db, request.actor, request.params.id, request.query.window, now()),
  );
  api.get(
    '/endpoints/:id/uptime',
    { schema: { tags, summary: 'Uptime of all windows at once', params: idParams, response: { 200: uptimeSchema, ...problems } } },
    async (request) => getUptime(db, request.actor, request.params.id, now()),
  );
  api.get(
    '/endpoints/:id/tools',
    { schema: { tags, summary: 'The tools as last seen', params: idParams, response: { 200: toolsSeenSchema, ...problems } } },
    async (request) => getTools(db, request.actor, request.params.id),
  );
  api.get(
    '/endpoints/:id/tool-changes',
    {
      schema: {
        tags,
        summary: 'When the tool list changed, and how',
        params: idParams,
        querystring: listQuerySchema,
        response: { 200: pageOf(toolChangeSchema), ...problems },
      },
    },
    async (request) => listToolChanges(db, request.actor, request.params.id, request.query),
  );
  api.post(
    '/endpoints/:id/tool-changes/:changeId/acknowledge',
    {
      schema: {
        tags,
        summary: 'Accept a change of the tools as the new baseline',
        params: changeParams,
        response: { 200: toolChangeSchema, ...problems },
      },
    },
    async (request) => acknowledgeToolChange(db, request.actor, request.params.id, request.params.changeId, now()),
  );
}
