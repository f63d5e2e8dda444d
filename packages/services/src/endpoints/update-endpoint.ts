import type { Endpoint, UpdateEndpoint } from '@rollcall/contracts';
import { AppError, type EndpointMemory, initialMemory, initialRegion, parseMemory, pause, resume, statusOf } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireIntervalQuota } from '../access/quotas.ts';
import { writeAudit } from '../access/write-audit.ts';
import { openCredentials } from '../probes/load-target.ts';
import { pgJson } from '../probes/pg-json.ts';
import { parseSummary } from '../probes/summary.ts';
import { credentialColumns, type EndpointDeps, scheduleRows } from './create-endpoint.ts';
import { requirePolicy } from './require-policy.ts';
import { requireTarget } from './require-target.ts';
import { credentialsInfoSchema, type EndpointRow, toEndpoint, withState } from './to-endpoint.ts';

/** Members that make it another server in effect: what we learned of the old one no longer holds. */
const IDENTITY = ['url', 'transport', 'era', 'headers', 'auth'] as const satisfies readonly (keyof UpdateEndpoint)[];

/** Changes what is named and nothing else. @throws AppError forbidden, not_found, invalid_request. */
export async function updateEndpoint(deps: EndpointDeps, actor: Actor, id: string, change: UpdateEndpoint, now: Date): Promise<Endpoint> {
  requireScope(actor, 'write');
  if (change.url !== undefined) await requireTarget(change.url, deps.policy);
  return deps.db.$transaction((tx) => changeEndpoint(tx, deps, actor, id, change, now));
}

/** As `updateEndpoint`, within a transaction; a new URL was checked before. `source` marks it as coming from that file. */
export async function changeEndpoint(
  tx: Tx,
  deps: Pick<EndpointDeps, 'sealer'>,
  actor: Actor,
  id: string,
  change: UpdateEndpoint,
  now: Date,
  source?: string,
): Promise<Endpoint> {
  await tx.$queryRaw`select 1 from endpoint_state where endpoint_id = ${id} for update`;
  const before = await tx.endpoint.findFirst({ where: { id, organizationId: actor.organizationId }, include: withState });
  if (!before) throw new AppError('not_found', 'There is no such endpoint.');
  requireCredentialsAgain(before, change);
  if (change.intervalSeconds !== undefined) await requireIntervalQuota(tx, actor.organizationId, change.intervalSeconds);
  requirePolicy(change.policy);
  const marked = source === undefined ? {} : { source };
  await tx.endpoint.update({ where: { id }, data: { ...columns(deps, before, change), ...marked, version: { increment: 1 } } });
  await rewriteState(tx, before, change, now);
  await rewriteSchedule(tx, before, change, now);
  const after = await tx.endpoint.findUniqueOrThrow({ where: { id }, include: withState });
  const shown = toEndpoint(after);
  const entry = {
    action: 'endpoint.updated',
    target: id,
    before: { ...toEndpoint(before), state: undefined },
    after: { ...shown, state: undefined },
  };
  await writeAudit(tx, actor, entry, now);
  return shown;
}

/**
 * Secrets are write-only: whoever moves an endpoint to another origin must know them, else the move itself would tell
 * them to a server of their choice. @throws AppError invalid_request
 */
function requireCredentialsAgain(before: EndpointRow, change: UpdateEndpoint): void {
  if (change.url === undefined || before.credentials === null) return;
  if (new URL(change.url).origin === new URL(before.url).origin) return;
  const info = credentialsInfoSchema.parse(before.credentialsInfo);
  const missing = [
    ...(info.auth !== 'none' && change.auth === undefined ? ['/auth'] : []),
    ...(info.headerNames.length > 0 && change.headers === undefined ? ['/headers'] : []),
  ];
  if (missing.length === 0) return;
  throw new AppError('invalid_request', 'The endpoint moves to another origin: give its credentials again, or none.', {
    culprits: missing.map((pointer) => ({ pointer, message: 'must be given again when the origin of the URL changes' })),
  });
}

function columns(deps: Pick<EndpointDeps, 'sealer'>, before: EndpointRow, change: UpdateEndpoint): Prisma.EndpointUpdateInput {
  const { headers, auth, expect, policy, regions, tags, ...plain } = change;
  const data: Prisma.EndpointUpdateInput = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  if (expect !== undefined) data.expect = expect as Prisma.InputJsonObject;
  if (policy !== undefined) data.policy = policy as Prisma.InputJsonObject;
  if (regions !== undefined) data.regions = [...new Set(regions)];
  if (tags !== undefined) data.tags = [...new Set(tags)];
  if (headers !== undefined || auth !== undefined) {
    const former = openCredentials(deps.sealer, before.id, before.credentials);
    Object.assign(data, credentialColumns(deps.sealer, before.id, { headers: headers ?? former.headers, auth: auth ?? former.auth }));
  }
  return data;
}

async function rewriteState(tx: Tx, before: EndpointRow, change: UpdateEndpoint, now: Date): Promise<void> {
  const identityChanged = IDENTITY.some((member) => change[member] !== undefined);
  const pausing = change.paused === true && !before.paused;
  const resuming = change.paused === false && before.paused;
  if (!identityChanged && !pausing && !resuming) return;
  const memory = parseMemory(before.state?.memory, now);
  const summary = parseSummary(before.state?.summary);
  let next: EndpointMemory = memory;
  // A paused endpoint, and one that became another server, takes its open incident to an end: nobody watches it any more.
  if (pausing) next = pause(memory, now).memory;
  else if (resuming) next = resume(memory, now).memory;
  else if (identityChanged && !before.paused && !memory.incidentOpen) next = { ...initialMemory(now), regions: slotsOnly(memory) };
  if (pausing && summary.openIncidentId) {
    await tx.incident.updateMany({ where: { id: summary.openIncidentId, resolvedAt: null }, data: { resolvedAt: now } });
    await tx.incidentEvent.create({
      data: { id: newId('ie', now.getTime()), incidentId: summary.openIncidentId, at: now, type: 'resolved', data: { reason: 'paused' } },
    });
  }
  const kept = {
    ...(identityChanged ? { ...parseSummary({}), cause: summary.cause } : summary),
    // Credentials that are given again are for whoever takes them next; any other change moves no secret.
    oauth: change.auth === undefined ? summary.oauth : { since: now.getTime(), bound: null },
    openIncidentId: pausing ? null : summary.openIncidentId,
    ...(pausing || resuming ? { cause: null } : {}),
  };
  await tx.endpointState.update({
    where: { endpointId: before.id },
    data: {
      status: statusOf(next),
      ...(statusOf(next) === statusOf(memory) ? {} : { since: now }),
      cause: next.settled === null || next.paused ? null : (before.state?.cause ?? null),
      memory: next,
      summary: JSON.parse(pgJson(kept)) as Prisma.InputJsonObject,
    },
  });
}

/** Which slots were seen, and nothing of what they said: a late result of the former server still changes nothing. */
function slotsOnly(memory: EndpointMemory): EndpointMemory['regions'] {
  return Object.fromEntries(
    Object.entries(memory.regions).map(([name, { lastSlot, lastAt }]) => [name, { ...initialRegion(), lastSlot, lastAt }]),
  );
}

async function rewriteSchedule(tx: Tx, before: EndpointRow, change: UpdateEndpoint, now: Date): Promise<void> {
  const identityChanged = IDENTITY.some((member) => change[member] !== undefined);
  const settings = {
    regions: [...new Set(change.regions ?? before.regions)],
    intervalSeconds: change.intervalSeconds ?? before.intervalSeconds,
    timeoutMs: change.timeoutMs ?? before.timeoutMs,
    paused: change.paused ?? before.paused,
  };
  const dueNow = identityChanged || change.paused === false;
  await tx.endpointSchedule.deleteMany({ where: { endpointId: before.id, region: { notIn: settings.regions } } });
  for (const row of scheduleRows(before.id, settings, now)) {
    const { endpointId, region, ...rest } = row;
    const { nextDueAt, ...standing } = rest;
    await tx.endpointSchedule.upsert({
      where: { endpointId_region: { endpointId, region } },
      create: row,
      update: dueNow || change.intervalSeconds !== undefined ? { ...standing, nextDueAt, nextKind: 'scheduled' } : standing,
    });
  }
}
