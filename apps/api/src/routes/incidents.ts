import { createNoteSchema, incidentDetailSchema, incidentSchema, listIncidentsQuerySchema, pageOf } from '@rollcall/contracts';
import { acknowledgeIncident, addIncidentNote, getIncident, listIncidents } from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { idParams, problems } from './schemas.ts';

const tags = ['incidents'];

export function incidentRoutes(api: Api, { db, now, config }: ApiDeps): void {
  api.get(
    '/incidents',
    {
      schema: {
        tags,
        summary: 'List incidents, newest first',
        querystring: listIncidentsQuerySchema,
        response: { 200: pageOf(incidentSchema), ...problems },
      },
    },
    async (request) => listIncidents(db, request.actor, request.query, config.publicUrl),
  );
  api.get(
    '/incidents/:id',
    {
      schema: {
        tags,
        summary: 'Read an incident with its timeline',
        params: idParams,
        response: { 200: incidentDetailSchema, ...problems },
      },
    },
    async (request) => getIncident(db, request.actor, request.params.id, config.publicUrl),
  );
  api.post(
    '/incidents/:id/acknowledge',
    { schema: { tags, summary: 'Say that somebody has it', params: idParams, response: { 200: incidentDetailSchema, ...problems } } },
    async (request) => acknowledgeIncident(db, request.actor, request.params.id, config.publicUrl, now()),
  );
  api.post(
    '/incidents/:id/notes',
    {
      schema: {
        tags,
        summary: 'Add a note to the timeline',
        params: idParams,
        body: createNoteSchema,
        response: { 201: incidentDetailSchema, ...problems },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addIncidentNote(db, request.actor, request.params.id, request.body.text, config.publicUrl, now())),
  );
}
