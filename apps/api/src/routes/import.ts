import { clientConfigSchema, importResultSchema, importSchema } from '@rollcall/contracts/client-config';
import { getClientConfigs, importClientConfig } from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { checkLimit } from '../rate-limit.ts';
import { idParams, problems } from './schemas.ts';

/** Twice the file itself: quotes and line breaks are escaped in JSON. */
const MAX_IMPORT_BYTES = 2 * 1024 * 1024;

export function importRoutes(api: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  const settings = { db, sealer: deps.sealer, policy: deps.policy, region: deps.config.region };

  api.post(
    '/import',
    {
      bodyLimit: MAX_IMPORT_BYTES,
      config: checkLimit,
      schema: {
        tags: ['configuration'],
        summary: "Register the servers of a client's configuration file or of server.json, and say what clients would refuse in it",
        body: importSchema,
        response: { 200: importResultSchema, ...problems },
      },
    },
    async (request) => importClientConfig(settings, request.actor, request.body, now()),
  );
  api.get(
    '/endpoints/:id/client-configs',
    {
      schema: {
        tags: ['endpoints'],
        summary: 'Configuration blocks for clients, without secrets',
        params: idParams,
        response: { 200: z.object({ data: z.array(clientConfigSchema) }), ...problems },
      },
    },
    async (request) => getClientConfigs(db, request.actor, request.params.id),
  );
}
