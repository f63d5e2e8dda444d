import { policySchema } from '@rollcall/contracts';
import { acceptBaseline, compare, type DriftPolicy, driftPolicyOf, isTold, summarizeChanges, unexplained } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import type { NoticeSubject } from '../probes/insert-notices.ts';
import { pgJson } from '../probes/pg-json.ts';
import type { Change } from '../probes/record-probes.ts';
import { type ChangeData, toChangeData } from './change-row.ts';
import { snapshotOf } from './offer.ts';
import type { DriftSeen } from './see-offer.ts';
import { type AddressedSnapshot, loadSnapshots, storeSnapshots } from './store-snapshots.ts';

/** Of an endpoint whose tools change all the time so many are told within an hour; the rest stands in its history. */
const TOLD_AN_HOUR = 4;
const HOUR_MS = 3600_000;
/** Accepted without a person: additive, and additive ones are only recorded. */
const BY_POLICY = 'policy';

type Drifted = Change & { readonly drift: DriftSeen };

function isDrifted(change: Change): change is Drifted {
  return change.drift !== null;
}

function addressed({ endpoint, record, drift: { offer } }: Drifted): AddressedSnapshot {
  const { hash, listHash, count } = offer;
  return { organizationId: endpoint.organizationId, hash, listHash, count, snapshot: snapshotOf(record.observation, offer) };
}

export function driftPolicyOfEndpoint(policy: unknown): DriftPolicy {
  const parsed = policySchema.shape.drift.safeParse((policy as { drift?: unknown } | null)?.drift);
  return driftPolicyOf(parsed.success ? parsed.data : undefined);
}

/**
 * Writes what the batch learnt of the servers' offers: snapshots that are new, and the changes. Touches the database only when
 * something changed. Moves baselines in the endpoints' summaries, so it runs before the states are written. Answers with what
 * people are to be told.
 */
export async function recordDrift(tx: Tx, changes: readonly Change[], now: Date): Promise<NoticeSubject[]> {
  const drifted = changes.filter(isDrifted);
  if (drifted.length === 0) return [];
  const snapshots = drifted.map(addressed);
  await storeSnapshots(tx, snapshots, now);
  const subjects: NoticeSubject[] = [];
  for (const [i, change] of drifted.entries()) {
    const after = snapshots[i];
    if (change.drift.outcome.type === 'first' || after === undefined) continue;
    const { from } = change.drift.outcome;
    const before = (await loadSnapshots(tx, change.endpoint.organizationId, [from])).get(from);
    if (before === undefined) continue;
    const subject = await recordChange(tx, change, before, after, now);
    if (subject !== null) subjects.push(subject);
  }
  return subjects;
}

async function recordChange(
  tx: Tx,
  change: Drifted,
  before: AddressedSnapshot,
  after: AddressedSnapshot,
  now: Date,
): Promise<NoticeSubject | null> {
  const { endpoint, record } = change;
  const compared = compare(before.snapshot, after.snapshot);
  const comparison = compared.class === null ? unexplained(before.hash, after.hash) : compared;
  const policy = driftPolicyOfEndpoint(endpoint.policy);
  const data = toChangeData(before, after, comparison, summarizeChanges(comparison));
  const { drift } = endpoint.summary;
  const accepted = comparison.class === 'additive' && policy.additive === 'record' && drift?.baseline === before.hash;
  if (accepted && drift !== null) endpoint.summary = { ...endpoint.summary, drift: acceptBaseline(drift, after.hash, after.count) };
  const at = new Date(record.report.startedAt);
  const recent = await tx.toolChange.count({ where: { endpointId: endpoint.id, at: { gt: new Date(at.getTime() - HOUR_MS) } } });
  const id = newId('tc', now.getTime());
  await tx.toolChange.create({
    data: {
      id,
      organizationId: endpoint.organizationId,
      endpointId: endpoint.id,
      fromHash: before.hash,
      toHash: after.hash,
      class: data.class,
      data: JSON.parse(pgJson(data)) as Prisma.InputJsonObject,
      at,
      ...(accepted ? { acknowledgedAt: now, acknowledgedBy: BY_POLICY } : {}),
    },
  });
  if (change.maintenance || !isTold(comparison.classes, policy) || recent >= TOLD_AN_HOUR) return null;
  return toSubject(change, id, data, recent === TOLD_AN_HOUR - 1);
}

const MAX_NAMES = 50;

function toSubject({ endpoint, record }: Drifted, changeId: string, data: ChangeData, last: boolean): NoticeSubject {
  const { class: worst, classes, unversioned, total } = data;
  const summary = last ? `${data.summary}. It changes often: what follows within the hour is only recorded` : data.summary;
  return {
    endpoint,
    incidentId: null,
    planned: { type: 'tools.changed', from: endpoint.status, to: endpoint.status, at: Date.parse(record.report.startedAt) },
    key: changeId,
    details: {
      summary,
      class: worst,
      classes,
      added: data.added.slice(0, MAX_NAMES),
      removed: data.removed.slice(0, MAX_NAMES),
      changed: data.changed.slice(0, MAX_NAMES),
      total,
      unversioned,
      changeId,
    },
  };
}
