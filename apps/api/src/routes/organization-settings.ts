import { organizationSettingsSchema, SIGN_IN_PROVIDERS, signInOptionsSchema, updateOrganizationSchema } from '@rollcall/contracts';
import { getOrganizationSettings, updateOrganization } from '@rollcall/services';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { ifMatchHeaders, problems } from './schemas.ts';

export function organizationSettingsRoutes(api: Api, { db, now, config }: ApiDeps): void {
  const tags = ['organization'];
  api.get(
    '/organization',
    {
      schema: {
        tags,
        summary: 'The organization, and how much of its plan it uses',
        response: { 200: organizationSettingsSchema, ...problems },
      },
    },
    async (request, reply) => {
      await setEtag(db, request, reply, 'organization', request.actor.organizationId);
      return getOrganizationSettings(db, request.actor, config.signup);
    },
  );
  api.patch(
    '/organization',
    {
      schema: {
        tags,
        summary: 'Rename the organization',
        headers: ifMatchHeaders,
        body: updateOrganizationSchema,
        response: { 200: organizationSettingsSchema, ...problems },
      },
    },
    async (request) =>
      updateOrganization(
        matchingDb(db, request, 'organization', request.actor.organizationId),
        request.actor,
        request.body,
        config.signup,
        now(),
      ),
  );
}

/** What somebody who is not signed in may know: how to. */
export function signInOptionsRoute(api: Api, { config }: ApiDeps): void {
  api.get(
    '/sign-in-options',
    {
      schema: {
        tags: ['account'],
        security: [],
        summary: 'The ways of signing in and up that this installation offers',
        response: { 200: signInOptionsSchema, ...problems },
      },
    },
    async () => ({
      signup: config.signup,
      confirmsAddress: config.smtpUrl !== null,
      providers: SIGN_IN_PROVIDERS.filter((provider) => config.signIn[provider] !== null),
    }),
  );
}
