import {
  type ApplyConfig,
  type AuthInput,
  type ConfigFile,
  type ConfigItem,
  type ConfigKind,
  type ConfigResult,
  type CreateChannel,
  type CreateEndpoint,
  type CreateMaintenance,
  type PolicyInput,
  updateEndpointSchema,
  updateMaintenanceSchema,
} from '@rollcall/contracts';
import { AppError, type ChannelType, type Culprit } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { writeAudit } from '../access/write-audit.ts';
import { changeChannel, insertChannel, removeChannel } from '../channels/channels.ts';
import { firstDue, lockConfiguration } from '../endpoints/bulk-endpoints.ts';
import { checkTargets } from '../endpoints/check-targets.ts';
import { type EndpointDeps, registerEndpoints } from '../endpoints/create-endpoint.ts';
import { removeEndpoints } from '../endpoints/delete-endpoint.ts';
import { requirePolicy } from '../endpoints/require-policy.ts';
import { changeEndpoint } from '../endpoints/update-endpoint.ts';
import { changeMaintenance, insertMaintenance, removeMaintenance } from '../maintenance/maintenance.ts';
import { type PreparedChannelConfig, prepareChannelConfig } from '../notices/channel-config.ts';
import { requireConfigMatch } from './config-etag.ts';
import { type ConfigPlan, type PlannedItem, planConfig } from './plan.ts';
import { shownMember } from './settings.ts';
import { type ConfigState, loadConfigState } from './state.ts';

const TRANSACTION = { timeout: 120_000, maxWait: 20_000 };
const MAX_CULPRITS = 50;
const PREFIXES = { endpoint: 'ep', channel: 'ch', maintenanceWindow: 'mw' } as const;

/**
 * Makes what the file says, all of it or nothing, and answers with what was done to each item; a dry run only says it.
 * @throws AppError forbidden, invalid_request naming every culprit, conflict when something was changed meanwhile, precondition_failed
 * when it is not the version of `ifMatch`.
 */
export async function applyConfig(
  deps: EndpointDeps,
  actor: Actor,
  input: ApplyConfig & { readonly ifMatch?: string | undefined },
  now: Date,
): Promise<ConfigResult> {
  requireScope(actor, 'write');
  const requireMatch = (db: Db | Tx) => requireConfigMatch(db, actor.organizationId, input.config.name, input.ifMatch);
  await requireMatch(deps.db);
  const ids = new Map<string, string>();
  const idFor = (kind: ConfigKind, key: string) => {
    const slot = `${kind}/${key}`;
    const id = ids.get(slot) ?? newId(PREFIXES[kind], now.getTime());
    ids.set(slot, id);
    return id;
  };
  const plan = (state: ConfigState) =>
    planConfig(state, input.config, { prune: input.prune, adopt: input.adopt, region: deps.region, idFor });

  const foreseen = plan(await loadConfigState(deps.db, deps.sealer, actor.organizationId));
  requireSound(foreseen.culprits);
  const prepared = await prepare(deps, foreseen);
  if (input.dryRun) return result(input, foreseen, new Map());
  const { done, secrets } = await deps.db.$transaction(async (tx) => {
    await lockConfiguration(tx, actor.organizationId);
    await lockItems(tx, actor.organizationId, foreseen);
    await requireMatch(tx);
    const state = await loadConfigState(tx, deps.sealer, actor.organizationId);
    const planned = plan(state);
    if (JSON.stringify(planned) !== JSON.stringify(foreseen))
      throw new AppError('conflict', 'Something that the file names was changed in the meantime; apply it again.');
    return { done: planned, secrets: await carryOut(tx, deps, actor, planned, { state, prepared, source: input.config.name, now }) };
  }, TRANSACTION);
  return result(input, done, secrets);
}

/** Holds what is going to be changed, so that nobody changes it between the look and the change. In the order in which every change locks. */
async function lockItems(tx: Tx, organizationId: string, { items }: ConfigPlan): Promise<void> {
  const idsOf = (of: ConfigKind) =>
    items.flatMap(({ kind, action, id }) => (kind === of && (action === 'update' || action === 'delete') ? [id] : []));
  await tx.$queryRaw`
    select 1 from endpoint_state s join endpoint e on e.id = s.endpoint_id
    where e.organization_id = ${organizationId} and e.id = any(${idsOf('endpoint')}::text[]) order by s.endpoint_id for update of s`;
  await tx.$queryRaw`
    select 1 from channel where organization_id = ${organizationId} and id = any(${idsOf('channel')}::text[]) order by id for no key update`;
  await tx.$queryRaw`
    select 1 from maintenance_window where organization_id = ${organizationId} and id = any(${idsOf('maintenanceWindow')}::text[])
    order by id for no key update`;
}

function requireSound(culprits: readonly Culprit[]): void {
  if (culprits.length === 0) return;
  const places = [...new Set(culprits.map(({ pointer }) => pointer))].slice(0, 5).join(', ');
  throw new AppError('invalid_request', `The file cannot be applied: ${places}.`, { culprits: culprits.slice(0, MAX_CULPRITS) });
}

/** Looks up the new addresses and seals the configurations of channels, before the transaction. @throws AppError invalid_request */
async function prepare(deps: EndpointDeps, plan: ConfigPlan): Promise<ReadonlyMap<string, PreparedChannelConfig>> {
  const changing = plan.items.filter(({ action }) => action === 'create' || action === 'update');
  const addressed = changing.filter(({ kind, members }) => kind === 'endpoint' && members.includes('url'));
  const urlOf = ({ settings }: PlannedItem) => String(settings?.['url']);
  const refused = await checkTargets(addressed.map(urlOf), deps.policy);
  const culprits = addressed.flatMap((item): Culprit[] => {
    const refusal = refused.get(urlOf(item));
    return refusal ? [{ pointer: `${item.pointer}/url`, message: refusal.culprits[0]?.message ?? refusal.message }] : [];
  });
  for (const item of changing) {
    if (item.kind === 'endpoint') culprits.push(...refusals(item.pointer, () => requirePolicy(item.settings?.['policy'] as PolicyInput)));
  }
  const prepared = new Map<string, PreparedChannelConfig>();
  for (const { kind, id, members, settings, pointer } of changing) {
    if (kind !== 'channel' || !members.includes('config')) continue;
    try {
      prepared.set(id, await prepareChannelConfig(deps, { id, type: settings?.['type'] as ChannelType, config: settings?.['config'] }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      culprits.push(...error.culprits.map((culprit) => ({ pointer: `${pointer}${culprit.pointer}`, message: culprit.message })));
    }
  }
  requireSound(culprits);
  return prepared;
}

/** What a check refuses, named within the request. */
function refusals(at: string, check: () => void): Culprit[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.culprits.map(({ pointer, message }) => ({ pointer: `${at}${pointer}`, message }));
  }
}

interface Work {
  readonly state: ConfigState;
  readonly prepared: ReadonlyMap<string, PreparedChannelConfig>;
  readonly source: string;
  readonly now: Date;
}

/** Answers with the signing secrets that were made, by id of the channel. */
async function carryOut(tx: Tx, deps: EndpointDeps, actor: Actor, plan: ConfigPlan, work: Work): Promise<Map<string, string>> {
  const { source, now } = work;
  const todo = (kind: ConfigKind, action: PlannedItem['action']) =>
    plan.items.filter((item) => item.kind === kind && item.action === action);
  const fresh = todo('endpoint', 'create').map(({ id, name, settings }) => ({
    id,
    source,
    input: { ...settings, name } as unknown as CreateEndpoint,
  }));
  await registerEndpoints(
    tx,
    deps,
    actor,
    fresh.map((item, index) => ({ ...item, firstDueAt: firstDue(index, fresh.length, item.input.intervalSeconds, now) })),
    now,
  );
  for (const item of todo('endpoint', 'update'))
    await changeEndpoint(tx, deps, actor, item.id, endpointChange(item), now, sourceOf(item, source));
  const secrets = await carryOutChannels(tx, actor, { create: todo('channel', 'create'), update: todo('channel', 'update') }, work);
  for (const { name, settings } of todo('maintenanceWindow', 'create'))
    await insertMaintenance(tx, actor, { ...settings, name } as unknown as CreateMaintenance, now, source);
  for (const item of todo('maintenanceWindow', 'update')) {
    const change = updateMaintenanceSchema.parse({ name: item.name, ...pick(item) });
    await changeMaintenance(tx, actor, item.id, change, now, sourceOf(item, source));
  }
  for (const { id } of todo('maintenanceWindow', 'delete')) await removeMaintenance(tx, actor, id, now);
  for (const { id } of todo('channel', 'delete')) await removeChannel(tx, actor, id, now);
  await removeEndpoints(
    tx,
    actor,
    todo('endpoint', 'delete').map(({ id }) => id),
    now,
  );
  const counts = countsOf(plan);
  if (counts.create + counts.update + counts.delete > 0)
    await writeAudit(tx, actor, { action: 'config.applied', target: source, after: counts }, now);
  return secrets;
}

async function carryOutChannels(
  tx: Tx,
  actor: Actor,
  items: { readonly create: readonly PlannedItem[]; readonly update: readonly PlannedItem[] },
  { prepared, source, state, now }: Work,
): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  for (const { id, name, settings } of items.create) {
    const ready = prepared.get(id);
    if (ready === undefined) throw new Error(`channel ${id} was not prepared`);
    // Channels may escalate to each other: first all of them are there, then they name each other.
    const body = { ...(settings as unknown as CreateChannel), escalation: [], id, name, source };
    const { secret } = await insertChannel(tx, actor, body, ready, now);
    if (secret !== undefined) secrets.set(id, secret);
  }
  for (const { id, settings } of items.create) {
    const { escalation } = settings as unknown as CreateChannel;
    if (escalation.length === 0) continue;
    const row = await tx.channel.findUniqueOrThrow({ where: { id } });
    await changeChannel(tx, actor, row, { escalation, prepared: null }, now);
  }
  for (const item of items.update) {
    const before = state.channelRows.get(item.id);
    if (before === undefined) throw new Error(`channel ${item.id} is not there`);
    const { config, ...change } = pick(item);
    void config;
    const marked = sourceOf(item, source);
    await changeChannel(
      tx,
      actor,
      before,
      { ...change, ...(marked === undefined ? {} : { source: marked }), prepared: prepared.get(item.id) ?? null },
      now,
    );
  }
  return secrets;
}

/** The members that differ, with their new values. */
function pick({ settings, members }: PlannedItem): Record<string, unknown> {
  return Object.fromEntries(members.filter((member) => member !== 'source').map((member) => [member, settings?.[member]]));
}

function sourceOf({ members }: PlannedItem, source: string): string | undefined {
  return members.includes('source') ? source : undefined;
}

/** With a new origin the credentials are given again, as the file has them. */
function endpointChange(item: PlannedItem) {
  const moves = item.members.includes('url');
  const { headers, auth } = (item.settings ?? {}) as { headers: Record<string, string>; auth: AuthInput };
  return updateEndpointSchema.parse({ name: item.name, ...pick(item), ...(moves ? { headers, auth } : {}) });
}

function countsOf({ items }: ConfigPlan): ConfigResult['counts'] {
  const counts = { create: 0, update: 0, delete: 0, unchanged: 0 };
  for (const { action } of items) counts[action] += 1;
  return counts;
}

function result(
  input: { readonly config: ConfigFile; readonly dryRun: boolean },
  plan: ConfigPlan,
  secrets: ReadonlyMap<string, string>,
): ConfigResult {
  const items = plan.items.map((item): ConfigItem => {
    const { kind, key, action, id, before, settings, members } = item;
    const shown = (of: PlannedItem['settings'], member: string) => (of === null ? null : (shownMember(kind, of, member) ?? null));
    const changes =
      action !== 'update'
        ? []
        : members.map((member) =>
            member === 'source'
              ? { member, before: before?.source ?? null, after: input.config.name }
              : { member, before: shown(before?.settings ?? null, member), after: shown(settings, member) },
          );
    const secret = secrets.get(id);
    return { kind, key, action, id: action === 'create' && input.dryRun ? null : id, changes, ...(secret === undefined ? {} : { secret }) };
  });
  return { name: input.config.name, dryRun: input.dryRun, counts: countsOf(plan), items };
}
