import {
  createdInvitationSchema,
  createInvitationSchema,
  invitationSchema,
  listQuerySchema,
  memberSchema,
  pageOf,
  updateMemberSchema,
} from '@rollcall/contracts';
import { accountMail } from '@rollcall/notify';
import {
  createInvitation,
  getMember,
  listInvitations,
  listMembers,
  removeMember,
  requireCursor,
  revokeInvitation,
  type SentInvitation,
  transferOwnership,
  updateMember,
} from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { checkLimit } from '../rate-limit.ts';
import { idParams, ifMatchHeaders, nothing, problems } from './schemas.ts';

const tags = ['members'];

export function memberRoutes(api: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  api.get(
    '/members',
    { schema: { tags, summary: 'List members', querystring: listQuerySchema, response: { 200: pageOf(memberSchema), ...problems } } },
    async (request) => {
      const { cursor, limit } = request.query;
      return listMembers(db, request.actor, { limit, cursor: requireCursor('mem', cursor) });
    },
  );
  api.get(
    '/members/:id',
    { schema: { tags, summary: 'Read a member', params: idParams, response: { 200: memberSchema, ...problems } } },
    async (request, reply) => {
      await setEtag(db, request, reply, 'member', request.params.id);
      return getMember(db, request.actor, request.params.id);
    },
  );
  api.patch(
    '/members/:id',
    {
      schema: {
        tags,
        summary: "Change a member's role",
        params: idParams,
        headers: ifMatchHeaders,
        body: updateMemberSchema,
        response: { 200: memberSchema, ...problems },
      },
    },
    async (request) =>
      updateMember(matchingDb(db, request, 'member', request.params.id), request.actor, request.params.id, request.body, now()),
  );
  api.delete(
    '/members/:id',
    {
      schema: {
        tags,
        summary: 'Remove a member, or leave',
        params: idParams,
        headers: ifMatchHeaders,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await removeMember(matchingDb(db, request, 'member', request.params.id), request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/members/:id/transfer-ownership',
    {
      schema: {
        tags,
        summary: 'Make the member an owner and oneself an admin',
        params: idParams,
        response: { 200: memberSchema, ...problems },
      },
    },
    async (request) => transferOwnership(db, request.actor, request.params.id, now()),
  );
  invitationRoutes(api, deps);
}

function invitationRoutes(api: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  api.get(
    '/members/invitations',
    {
      schema: {
        tags,
        summary: 'List invitations, newest first',
        querystring: listQuerySchema,
        response: { 200: pageOf(invitationSchema), ...problems },
      },
    },
    async (request) => listInvitations(db, request.actor, request.query, now()),
  );
  api.post(
    '/members/invitations',
    {
      config: checkLimit,
      schema: {
        tags,
        summary: 'Invite somebody by mail; the link works for seven days',
        body: createInvitationSchema,
        response: { 201: createdInvitationSchema, ...problems },
      },
    },
    async (request, reply) => {
      const made = await createInvitation(db, request.actor, request.body, now());
      const emailSent = await sendInvitation(deps, made, request.actor.label).catch((error: unknown) => {
        request.log.warn({ err: error }, 'invitation.not_sent');
        return false;
      });
      return reply.code(201).send({ ...made.invitation, emailSent });
    },
  );
  api.delete(
    '/members/invitations/:id',
    { schema: { tags, summary: 'Revoke an invitation', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await revokeInvitation(db, request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
}

async function sendInvitation({ notify, config, now }: ApiDeps, made: SentInvitation, inviter: string): Promise<boolean> {
  const mail = accountMail({
    to: made.invitation.email,
    from: notify.mailer.from,
    subject: `Invitation to ${made.organizationName} on Rollcall`,
    text: [`${inviter} invites you to the organization ${made.organizationName} as ${made.invitation.role}.`],
    link: { label: 'Accept the invitation', url: `${config.publicUrl}/invitation?token=${made.token}` },
    note: 'The link works for seven days. If you do not know the sender, ignore this message.',
    now: now(),
  });
  const sent = await notify.mailer.send(mail);
  return sent.accepted.length > 0;
}
