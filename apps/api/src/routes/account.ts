import {
  acceptedInvitationSchema,
  acceptInvitationSchema,
  accountExportSchema,
  accountSchema,
  deleteAccountSchema,
  listQuerySchema,
  offeredInvitationSchema,
  pageOf,
  readInvitationSchema,
  sessionSchema,
} from '@rollcall/contracts';
import {
  acceptInvitation,
  deleteAccount,
  exportAccount,
  getAccount,
  listSessions,
  type Person,
  readInvitation,
  revokeOtherSessions,
  revokeSession,
} from '@rollcall/services';
import type { Api } from '../app.ts';
import { identifyPerson, originOf, personOf } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { guessLimit } from '../rate-limit.ts';
import { sendDocument } from '../send-document.ts';
import { idParams, nothing, problems } from './schemas.ts';

const tags = ['account'];
declare module 'fastify' {
  interface FastifyRequest {
    /** Set for the routes of a person's own account before their handlers. */
    person: Person;
  }
}

/** What belongs to a person and not to an organization: works with a session alone, also for a member of nothing. */
export function accountRoutes(api: Api, deps: ApiDeps, forgetPages: (organizationId: string) => void): void {
  const { db, now } = deps;
  api.addHook('onRequest', async (request) => {
    request.person = await identifyPerson(request, deps);
  });
  const security = [{ session: [] }];
  api.get(
    '/account',
    { schema: { tags, security, summary: 'Who is signed in, and where they are a member', response: { 200: accountSchema, ...problems } } },
    async (request) => getAccount(db, request.person),
  );
  api.get(
    '/account/sessions',
    {
      schema: {
        tags,
        security,
        summary: 'List the sessions of the account, newest first',
        querystring: listQuerySchema,
        response: { 200: pageOf(sessionSchema), ...problems },
      },
    },
    async (request) => listSessions(db, request.person, request.query, now()),
  );
  api.delete(
    '/account/sessions/:id',
    { schema: { tags, security, summary: 'End a session', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await revokeSession(db, request.person, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/account/sessions/revoke-others',
    { schema: { tags, security, summary: 'End every session but this one', response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await revokeOtherSessions(db, request.person, now());
      return reply.code(204).send(null);
    },
  );
  wholeAccountRoutes(api, deps, forgetPages);
}

function wholeAccountRoutes(api: Api, { db, now }: ApiDeps, forgetPages: (organizationId: string) => void): void {
  const security = [{ session: [] }];
  api.get(
    '/me/export',
    {
      config: guessLimit,
      schema: { tags, security, summary: 'What is kept about the person', response: { 200: accountExportSchema, ...problems } },
    },
    async (request, reply) =>
      sendDocument(reply, await exportAccount(db, request.person, now()), `rollcall-account-${now().toISOString().slice(0, 10)}.json`),
  );
  api.delete(
    '/me',
    {
      config: guessLimit,
      schema: {
        tags,
        security,
        summary: 'Delete the account, its sessions and the named organizations of which it is the only member',
        body: deleteAccountSchema,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      for (const organizationId of await deleteAccount(db, request.person, request.body, now())) forgetPages(organizationId);
      return reply.code(204).send(null);
    },
  );
}

/** For the holder of the link: the secret in it is the credential. */
export function invitationRoutes(api: Api, deps: ApiDeps): void {
  const { db, now, config } = deps;
  api.post(
    '/invitations/read',
    {
      config: guessLimit,
      schema: {
        tags,
        security: [],
        summary: 'Read the invitation of a link',
        body: readInvitationSchema,
        response: { 200: offeredInvitationSchema, ...problems },
      },
    },
    async (request) => readInvitation(db, request.body.token, now()),
  );
  api.post(
    '/invitations/accept',
    {
      config: guessLimit,
      schema: {
        tags,
        security: [],
        summary: 'Accept an invitation, signed in or with a new account',
        body: acceptInvitationSchema,
        response: { 200: acceptedInvitationSchema, ...problems },
      },
    },
    async (request) => {
      const user = await personOf(request, deps);
      return acceptInvitation(db, request.body, { user, ...originOf(request), allowNewAccounts: config.signup !== 'off' }, now());
    },
  );
}
