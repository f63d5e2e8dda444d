import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  heartbeatAnswerSchema,
  heldSchema,
  LEASE_MS,
  leasedJobsSchema,
  leaseJobsSchema,
  leasesSchema,
  MAX_RESULTS_BYTES,
  proberHeartbeatSchema,
  proberResultsSchema,
  takenResultsSchema,
} from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import {
  authenticateRegionKey,
  hearProber,
  leaseJobs,
  type RegionActor,
  type ResultDeps,
  renewLeases,
  returnJobs,
  takeResults,
} from '@rollcall/services';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { isLocal } from '../health.ts';
import { registerRateLimits } from '../rate-limit.ts';
import { problems } from './schemas.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every route of /api/v1/prober before its handler. */
    regionActor: RegionActor | null;
  }
}

/** Calls a minute for one key: several probers of a region share it. */
const PER_MINUTE = 12_000;
const inflate = promisify(gunzip);

/** Credentials of monitored servers go over this door: TLS here or at the proxy in front, or this very machine. @throws AppError forbidden. */
function requireTls(request: FastifyRequest): void {
  const forwarded = String(request.headers['x-forwarded-proto'] ?? '')
    .split(',')[0]
    ?.trim();
  if (forwarded === 'https' || request.protocol === 'https' || isLocal(request)) return;
  throw new AppError('forbidden', 'Probers are served over TLS only: use https, and let the proxy in front set X-Forwarded-Proto.');
}

async function identifyRegion(request: FastifyRequest, deps: ApiDeps): Promise<RegionActor> {
  const key = /^Bearer (rcr_[\w-]{8,256})$/i.exec(request.headers.authorization ?? '')?.[1];
  const actor = key === undefined ? null : await authenticateRegionKey(deps.db, key);
  if (actor) return actor;
  throw new AppError('unauthenticated', 'The region key is unknown or revoked.');
}

function actorOf(request: FastifyRequest): RegionActor {
  if (!request.regionActor) throw new AppError('unauthenticated', 'Give a region key.');
  return request.regionActor;
}

/** What a server sent us stands in these bodies as it came, names like `__proto__` included: it is data, and never merged into anything. */
function registerBodies(scope: FastifyInstance): void {
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const refuse = (cause: unknown) =>
      new AppError('invalid_request', 'The body cannot be read as JSON.', {
        cause,
        culprits: [{ pointer: '', message: 'cannot be parsed' }],
      });
    try {
      const zipped = request.headers['content-encoding'] === 'gzip';
      const text = zipped ? await inflate(body, { maxOutputLength: MAX_RESULTS_BYTES }) : body;
      return JSON.parse(text.toString('utf8'));
    } catch (error) {
      throw refuse(error);
    }
  });
}

/** The door of remote probers: a region key, jobs of its region, and nothing of the rest of the API. */
export async function registerProber(scope: FastifyInstance, deps: ApiDeps): Promise<void> {
  registerBodies(scope);
  const api = scope.withTypeProvider<ZodTypeProvider>() as unknown as Api;
  const closing = new AbortController();
  api.addHook('onRequest', async (request) => {
    requireTls(request);
    request.regionActor = await identifyRegion(request, deps);
  });
  // Who waits for jobs must not hold up our stop.
  api.addHook('preClose', async () => closing.abort());
  await registerRateLimits(api, { callerPerMinute: PER_MINUTE });
  proberRoutes(api, deps, closing.signal);
}

function proberRoutes(api: Api, deps: ApiDeps, closing: AbortSignal): void {
  const documented = { tags: ['prober'], security: [{ regionKey: [] }] };
  const depsFor = (request: FastifyRequest, { region }: RegionActor): ResultDeps => ({
    db: deps.db,
    sealer: deps.sealer,
    jobs: deps.queues.probeTaker(region),
    publicUrl: deps.config.publicUrl,
    now: deps.now,
    onFault: (error, endpointId) => request.log.error({ err: error, endpointId, region }, 'prober.fault'),
  });

  api.post(
    '/lease',
    { schema: { ...documented, summary: 'Lease jobs', body: leaseJobsSchema, response: { 200: leasedJobsSchema, ...problems } } },
    async (request, reply) => {
      const actor = actorOf(request);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const signal = AbortSignal.any([gone.signal, closing]);
      const jobs = await leaseJobs(depsFor(request, actor), actor, { ...request.body, signal });
      return { jobs, leaseMs: LEASE_MS };
    },
  );
  api.post(
    '/renew',
    { schema: { ...documented, summary: 'Keep leases', body: leasesSchema, response: { 200: heldSchema, ...problems } } },
    async (request) => {
      const actor = actorOf(request);
      return { held: await renewLeases(depsFor(request, actor), actor, request.body.leases) };
    },
  );
  api.post(
    '/return',
    { schema: { ...documented, summary: 'Give leased jobs back', body: leasesSchema, response: { 200: heldSchema, ...problems } } },
    async (request) => {
      const actor = actorOf(request);
      return { held: await returnJobs(depsFor(request, actor), actor, request.body.leases) };
    },
  );
  api.post(
    '/results',
    {
      bodyLimit: MAX_RESULTS_BYTES,
      schema: { ...documented, summary: 'Deliver results', body: proberResultsSchema, response: { 200: takenResultsSchema, ...problems } },
    },
    async (request) => {
      const actor = actorOf(request);
      return takeResults(depsFor(request, actor), actor, request.body.results);
    },
  );
  api.post(
    '/heartbeat',
    {
      schema: {
        ...documented,
        summary: 'Say how the prober is',
        body: proberHeartbeatSchema,
        response: { 200: heartbeatAnswerSchema, ...problems },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const now = deps.now();
      await hearProber(deps, actor, request.body, now);
      return { region: actor.region, now: now.toISOString() };
    },
  );
}
