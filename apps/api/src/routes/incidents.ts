import {
  createNoteSchema,
  incidentDetailSchema,
  incidentSchema,
  listIncidentsQuerySchema,
  pageOf,
  silenceForSchema,
  silenceSchema,
  updateIncidentSchema,
} from '@rollcall/contracts';
import {
  acknowledgeIncident,
  addIncidentNote,
  getIncident,
  getSilence,
  listIncidents,
  silenceEndpoint,
  snoozeIncident,
  unacknowledgeIncident,
  writePostmortem,
} from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { idParams, ifMatchHeaders, nothing, problems } from './schemas.ts';

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
    async (request, reply) => {
      await setEtag(db, request, reply, 'incident', request.params.id);
      return getIncident(db, request.actor, request.params.id, config.publicUrl);
    },
  );
  api.patch(
    '/incidents/:id',
    {
      schema: {
        tags,
        summary: 'Write what people make of it',
        params: idParams,
        headers: ifMatchHeaders,
        body: updateIncidentSchema,
        response: { 200: incidentDetailSchema, ...problems },
      },
    },
    async (request) =>
      writePostmortem(
        matchingDb(db, request, 'incident', request.params.id),
        request.actor,
        { incidentId: request.params.id, text: request.body.postmortem },
        config.publicUrl,
        now(),
      ),
  );
  api.post(
    '/incidents/:id/acknowledge',
    { schema: { tags, summary: 'Say that somebody has it', params: idParams, response: { 200: incidentDetailSchema, ...problems } } },
    async (request) => acknowledgeIncident(db, request.actor, request.params.id, config.publicUrl, now()),
  );
  api.delete(
    '/incidents/:id/acknowledge',
    { schema: { tags, summary: 'Take the acknowledgement back', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await unacknowledgeIncident(db, request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/incidents/:id/snooze',
    {
      schema: {
        tags,
        summary: 'No reminder and no escalation for a time',
        params: idParams,
        body: silenceForSchema,
        response: { 200: incidentDetailSchema, ...problems },
      },
    },
    async (request) =>
      snoozeIncident(db, request.actor, { incidentId: request.params.id, minutes: request.body.minutes }, config.publicUrl, now()),
  );
  api.delete(
    '/incidents/:id/snooze',
    { schema: { tags, summary: 'Remind and escalate again', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await snoozeIncident(db, request.actor, { incidentId: request.params.id, minutes: null }, config.publicUrl, now());
      return reply.code(204).send(null);
    },
  );
  api.get(
    '/endpoints/:id/silence',
    {
      schema: {
        tags: ['endpoints'],
        summary: 'Until when the endpoint is silent',
        params: idParams,
        response: { 200: silenceSchema, ...problems },
      },
    },
    async (request) => getSilence(db, request.actor, request.params.id, now()),
  );
  api.post(
    '/endpoints/:id/silence',
    {
      schema: {
        tags: ['endpoints'],
        summary: 'Tell nobody anything new for a time',
        params: idParams,
        body: silenceForSchema,
        response: { 200: silenceSchema, ...problems },
      },
    },
    async (request) => silenceEndpoint(db, request.actor, { endpointId: request.params.id, minutes: request.body.minutes }, now()),
  );
  api.delete(
    '/endpoints/:id/silence',
    { schema: { tags: ['endpoints'], summary: 'End the silence', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await silenceEndpoint(db, request.actor, { endpointId: request.params.id, minutes: null }, now());
      return reply.code(204).send(null);
    },
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
