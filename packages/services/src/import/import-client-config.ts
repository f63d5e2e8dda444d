import { type CreateEndpoint, createEndpointSchema } from '@rollcall/contracts';
import {
  ClientConfigError,
  type ConfiguredServer,
  type ConfiguredTarget,
  type ImportInput,
  type ImportResult,
  readClientConfig,
} from '@rollcall/contracts/client-config';
import { AppError } from '@rollcall/core';
import type { Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { firstDue, lockConfiguration } from '../endpoints/bulk-endpoints.ts';
import { checkTargets } from '../endpoints/check-targets.ts';
import { type EndpointDeps, registerEndpoints } from '../endpoints/create-endpoint.ts';

type Item = ImportResult['endpoints'][number];
const TRANSACTION = { timeout: 120_000, maxWait: 20_000 };

/**
 * Registers the remote servers of a client's configuration file. An address that is watched already, whatever its name,
 * is left alone, so that a file may be imported again. @throws AppError forbidden, invalid_request.
 */
export async function importClientConfig(deps: EndpointDeps, actor: Actor, input: ImportInput, now: Date): Promise<ImportResult> {
  requireScope(actor, 'write');
  const { format, servers, findings } = read(input);
  const refused = await checkTargets(
    servers.flatMap(({ target }) => target?.url ?? []),
    deps.policy,
  );
  const prepared = servers.map((server) => prepare(server, input.tags, refused));
  const endpoints = await deps.db.$transaction(async (tx) => {
    await lockConfiguration(tx, actor.organizationId);
    return register(tx, deps, actor, prepared, input.dryRun, now);
  }, TRANSACTION);
  return { format, dryRun: input.dryRun, endpoints, findings: [...findings] };
}

function read(input: ImportInput) {
  const source = input.content === undefined ? { document: input.document } : { content: input.content };
  try {
    return readClientConfig(source, { format: input.format, variables: input.variables });
  } catch (error) {
    if (!(error instanceof ClientConfigError)) throw error;
    const pointer = input.content === undefined ? '/document' : '/content';
    throw new AppError('invalid_request', error.message, { culprits: [{ pointer, message: error.message }], cause: error });
  }
}

interface Prepared {
  readonly server: ConfiguredServer;
  /** What to register; null when it is skipped, for `reason`. */
  readonly endpoint: CreateEndpoint | null;
  readonly reason: string | null;
}

function prepare(server: ConfiguredServer, tags: readonly string[], refused: ReadonlyMap<string, AppError>): Prepared {
  const { target, reason } = server;
  if (target === null) return { server, endpoint: null, reason };
  const refusal = refused.get(target.url);
  if (refusal)
    return { server, endpoint: null, reason: refusal.culprits[0] ? `the address ${refusal.culprits[0].message}` : refusal.message };
  const parsed = createEndpointSchema.safeParse({
    ...bodyOf(target),
    name: server.name.trim().slice(0, 200) || new URL(target.url).host,
    tags,
  });
  if (parsed.success) return { server, endpoint: parsed.data, reason };
  const [issue] = parsed.error.issues;
  return { server, endpoint: null, reason: `${issue?.path.join('/') ?? 'the entry'}: ${issue?.message ?? 'is not acceptable'}` };
}

function bodyOf({ url, transport, headers, bearer }: ConfiguredTarget) {
  return {
    url,
    transport,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(bearer === null ? {} : { auth: { type: 'bearer', token: bearer } }),
  };
}

/** Two ways of writing one address: the host's case, a port that is the default, the slash of the root. */
function addressKey(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

async function register(
  tx: Tx,
  deps: EndpointDeps,
  actor: Actor,
  prepared: readonly Prepared[],
  dryRun: boolean,
  now: Date,
): Promise<Item[]> {
  const stored = await tx.endpoint.findMany({
    where: { organizationId: actor.organizationId },
    select: { id: true, url: true },
    orderBy: { id: 'desc' },
  });
  const known = new Map<string, string | null>(stored.map(({ id, url }) => [addressKey(url), id]));
  const fresh = prepared.filter(({ endpoint }) => {
    if (endpoint === null || known.has(addressKey(endpoint.url))) return false;
    known.set(addressKey(endpoint.url), null);
    return true;
  });
  const news = fresh.flatMap(({ endpoint }) => (endpoint === null ? [] : [endpoint]));
  const spread = news.map((input, index) => ({ input, firstDueAt: firstDue(index, news.length, input.intervalSeconds, now) }));
  const made = dryRun ? [] : await registerEndpoints(tx, deps, actor, spread, now);
  for (const [index, input] of news.entries()) known.set(addressKey(input.url), made[index]?.id ?? null);
  return prepared.map((item): Item => {
    const { server, endpoint, reason } = item;
    if (endpoint === null)
      return {
        name: server.name,
        url: server.target?.url ?? null,
        transport: server.target?.transport ?? null,
        status: 'skipped',
        reason,
        id: null,
      };
    const created = fresh.includes(item);
    const shown = {
      name: endpoint.name,
      url: endpoint.url,
      transport: endpoint.transport,
      id: known.get(addressKey(endpoint.url)) ?? null,
    };
    return created ? { ...shown, status: 'created', reason } : { ...shown, status: 'exists', reason: 'this address is watched already' };
  });
}
