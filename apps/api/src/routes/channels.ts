import {
  channelSchema,
  channelTestResultSchema,
  createChannelSchema,
  createdChannelSchema,
  deliverySchema,
  listDeliveriesQuerySchema,
  listNoticesQuerySchema,
  listQuerySchema,
  noticeSchema,
  pageOf,
  updateChannelSchema,
} from '@rollcall/contracts';
import {
  createChannel,
  deleteChannel,
  getChannel,
  listChannels,
  listDeliveries,
  listNotices,
  requireCursor,
  requireScope,
  resendNotice,
  sendTest,
  updateChannel,
} from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { checkLimit } from '../rate-limit.ts';
import { idParams, ifMatchHeaders, nothing, problems } from './schemas.ts';

const tags = ['channels'];

export function channelRoutes(api: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  const settings = { db, sealer: deps.sealer, policy: deps.policy };

  api.post(
    '/channels',
    { schema: { tags, summary: 'Add a channel', body: createChannelSchema, response: { 201: createdChannelSchema, ...problems } } },
    async (request, reply) => {
      const channel = await createChannel(settings, request.actor, request.body, now());
      return reply.code(201).header('location', `/api/v1/channels/${channel.id}`).send(channel);
    },
  );
  api.get(
    '/channels',
    {
      schema: {
        tags,
        summary: 'List channels, newest first',
        querystring: listQuerySchema,
        response: { 200: pageOf(channelSchema), ...problems },
      },
    },
    async (request) => listChannels(db, request.actor, request.query),
  );
  api.get(
    '/channels/:id',
    { schema: { tags, summary: 'Read a channel', params: idParams, response: { 200: channelSchema, ...problems } } },
    async (request, reply) => {
      await setEtag(db, request, reply, 'channel', request.params.id);
      return getChannel(db, request.actor, request.params.id);
    },
  );
  api.patch(
    '/channels/:id',
    {
      schema: {
        tags,
        summary: 'Change what is named',
        params: idParams,
        headers: ifMatchHeaders,
        body: updateChannelSchema,
        response: { 200: channelSchema, ...problems },
      },
    },
    async (request) =>
      updateChannel(
        { ...settings, db: matchingDb(db, request, 'channel', request.params.id) },
        request.actor,
        request.params.id,
        request.body,
        now(),
      ),
  );
  api.delete(
    '/channels/:id',
    {
      schema: {
        tags,
        summary: 'Delete a channel and what it was to send',
        params: idParams,
        headers: ifMatchHeaders,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await deleteChannel(matchingDb(db, request, 'channel', request.params.id), request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/channels/:id/test',
    {
      config: checkLimit,
      schema: { tags, summary: 'Send a test message now', params: idParams, response: { 200: channelTestResultSchema, ...problems } },
    },
    async (request) => {
      const { actor } = request;
      requireScope(actor, 'write');
      const sending = {
        db,
        sealer: deps.sealer,
        notify: deps.notify,
        onFault: (error: unknown) => request.log.error({ err: error }, 'notice.fault'),
      };
      return sendTest(sending, { organizationId: actor.organizationId, channelId: request.params.id, actor: actor.label, now: now() });
    },
  );
  api.get(
    '/deliveries',
    {
      schema: {
        tags: ['deliveries'],
        summary: 'The delivery log, newest first',
        querystring: listDeliveriesQuerySchema,
        response: { 200: pageOf(deliverySchema), ...problems },
      },
    },
    async (request) => {
      requireScope(request.actor, 'read');
      const { cursor, ...query } = request.query;
      return listDeliveries(db, { organizationId: request.actor.organizationId, ...query, cursor: requireCursor('dl', cursor) });
    },
  );
  api.get(
    '/notices',
    {
      schema: {
        tags: ['deliveries'],
        summary: 'What was to be sent, newest first; status=dead: what was given up',
        querystring: listNoticesQuerySchema,
        response: { 200: pageOf(noticeSchema), ...problems },
      },
    },
    async (request) => listNotices(db, request.actor, request.query),
  );
  api.post(
    '/notices/:id/resend',
    {
      schema: {
        tags: ['deliveries'],
        summary: 'Try a notice again',
        params: idParams,
        response: { 202: z.object({ id: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      requireScope(request.actor, 'write');
      await resendNotice(db, {
        organizationId: request.actor.organizationId,
        noticeId: request.params.id,
        actor: request.actor.label,
        now: now(),
      });
      return reply.code(202).send({ id: request.params.id });
    },
  );
}
