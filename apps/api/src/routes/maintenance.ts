import { createMaintenanceSchema, listQuerySchema, maintenanceSchema, pageOf, updateMaintenanceSchema } from '@rollcall/contracts';
import { createMaintenance, deleteMaintenance, getMaintenance, listMaintenance, updateMaintenance } from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { idParams, ifMatchHeaders, nothing, problems } from './schemas.ts';

const tags = ['maintenance'];

export function maintenanceRoutes(api: Api, { db, now }: ApiDeps): void {
  api.post(
    '/maintenance-windows',
    { schema: { tags, summary: 'Announce maintenance', body: createMaintenanceSchema, response: { 201: maintenanceSchema, ...problems } } },
    async (request, reply) => {
      const made = await createMaintenance(db, request.actor, request.body, now());
      return reply.code(201).header('location', `/api/v1/maintenance-windows/${made.id}`).send(made);
    },
  );
  api.get(
    '/maintenance-windows',
    {
      schema: {
        tags,
        summary: 'List maintenance windows, newest first',
        querystring: listQuerySchema,
        response: { 200: pageOf(maintenanceSchema), ...problems },
      },
    },
    async (request) => listMaintenance(db, request.actor, request.query, now()),
  );
  api.get(
    '/maintenance-windows/:id',
    { schema: { tags, summary: 'Read a maintenance window', params: idParams, response: { 200: maintenanceSchema, ...problems } } },
    async (request, reply) => {
      await setEtag(db, request, reply, 'maintenanceWindow', request.params.id);
      return getMaintenance(db, request.actor, request.params.id, now());
    },
  );
  api.patch(
    '/maintenance-windows/:id',
    {
      schema: {
        tags,
        summary: 'Change what is named',
        params: idParams,
        headers: ifMatchHeaders,
        body: updateMaintenanceSchema,
        response: { 200: maintenanceSchema, ...problems },
      },
    },
    async (request) =>
      updateMaintenance(
        matchingDb(db, request, 'maintenanceWindow', request.params.id),
        request.actor,
        request.params.id,
        request.body,
        now(),
      ),
  );
  api.delete(
    '/maintenance-windows/:id',
    {
      schema: {
        tags,
        summary: 'End a maintenance window for good; what lies behind stays out of the uptime',
        params: idParams,
        headers: ifMatchHeaders,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await deleteMaintenance(matchingDb(db, request, 'maintenanceWindow', request.params.id), request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
}
