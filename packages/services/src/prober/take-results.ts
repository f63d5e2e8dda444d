import type { ProberHeartbeat, ProberResult, Refusal, TakenResults } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Prisma } from '@rollcall/db';
import { recordBatch } from '../probes/record-batch.ts';
import type { ProbeRecord } from '../probes/record-probes.ts';
import { reportReach } from '../self/prober-reach.ts';
import { finishJobs, type LeaseDeps } from './lease-jobs.ts';
import { type HeldJob, openLease } from './leases.ts';
import type { RegionActor } from './region-keys.ts';

/** A result may be this much later than its lease: the longest outage of ours that loses nothing. */
export const RESULT_KEPT_MS = 24 * 3600_000;
/** A prober's clock may be wrong by so much. */
const CLOCK_SLACK_MS = 60_000;

export interface ResultDeps extends LeaseDeps {
  readonly publicUrl: string;
}

const REASONS: Readonly<Record<Refusal, string>> = {
  not_leased: 'was not leased with this key',
  too_late: 'was leased more than a day ago',
  wrong_region: "is of another region than the key's",
  wrong_clock: 'began before it was leased, or in the future: the clock of the prober is wrong',
  unrecordable: 'cannot be stored',
};

function refusalOf(result: ProberResult, held: HeldJob | null, actor: RegionActor, now: number): Refusal | null {
  if (held === null) return 'not_leased';
  if (now - held.leasedAt > RESULT_KEPT_MS) return 'too_late';
  if (result.report.region !== actor.region) return 'wrong_region';
  const startedAt = Date.parse(result.report.startedAt);
  const plausible = startedAt >= held.leasedAt - CLOCK_SLACK_MS && startedAt <= now + CLOCK_SLACK_MS;
  return plausible ? null : 'wrong_clock';
}

/**
 * Records what a remote prober found, by the same door as a local one, once per slot however often it is sent, and ends the jobs. What
 * can never be taken is refused one by one, so that it does not hold up the rest.
 * @throws AppError unavailable: send all of it again later.
 */
export async function takeResults(deps: ResultDeps, actor: RegionActor, results: readonly ProberResult[]): Promise<TakenResults> {
  const now = deps.now();
  const refused: TakenResults['refused'] = [];
  const refuse = (n: number, code: Refusal) => refused.push({ pointer: `/results/${n}`, code, message: REASONS[code] });
  const accepted = new Map<ProbeRecord, { n: number; held: HeldJob }>();
  for (const [n, result] of results.entries()) {
    const held = openLease(deps.sealer, actor, result.lease);
    const code = refusalOf(result, held, actor, now.getTime());
    if (code !== null || held === null) refuse(n, code ?? 'not_leased');
    else accepted.set(toRecord(held, result), { n, held });
  }
  const onSplit = (_size: number, error: unknown) => deps.onFault(error, null);
  const outcome = await recordBatch(deps.db, [...accepted.keys()], { publicUrl: deps.publicUrl, now, onSplit });
  const failed = new Set(outcome.failed.map(({ record }) => record));
  // Whatever is in the books is over in the queue as well.
  await finishJobs(
    deps,
    [...accepted].flatMap(([record, { held }]) => (failed.has(record) ? [] : [held])),
  );
  const transient = outcome.failed.find((one) => one.transient);
  if (transient) throw new AppError('unavailable', 'The results cannot be stored now.', { cause: transient.error, retryAfterSeconds: 2 });
  for (const { record, error } of outcome.failed) {
    deps.onFault(error, record.endpointId);
    const entry = accepted.get(record);
    if (entry) refuse(entry.n, 'unrecordable');
  }
  return { recorded: outcome.recorded, repeated: outcome.repeated, refused };
}

function toRecord({ job }: HeldJob, { deep, report, observation, deepOnly, retryAfterMs }: ProberResult): ProbeRecord {
  return { ...job, deep, report, observation, deepOnly, retryAfterMs };
}

/** Notes how a remote prober is; whether its region is cut off counts as a local prober's word does. */
export async function hearProber(deps: Pick<LeaseDeps, 'db'>, actor: RegionActor, heard: ProberHeartbeat, now: Date): Promise<void> {
  const former = await deps.db.regionKey.findUnique({ where: { id: actor.keyId }, select: { heard: true } });
  await deps.db.regionKey.update({ where: { id: actor.keyId }, data: { heardAt: now, heard: heard as Prisma.InputJsonObject } });
  const wasOffline = (former?.heard as { offline?: unknown } | null)?.offline === true;
  if (heard.offline || wasOffline) await reportReach(deps.db, actor.region, heard.offline, now);
}
