import { AppError, type Plan, planOf } from '@rollcall/core';
import type { Tx } from '@rollcall/db';

/** Names of quotas, as a refusal tells them. */
type Quota = Exclude<keyof Plan, 'retentionDays'>;

/**
 * The plan of the organization. The row is locked, so that two calls at once do not both take the last place: what is
 * counted after this stays true until the end of the transaction.
 */
async function lockPlan(tx: Tx, organizationId: string): Promise<Plan> {
  const rows = await tx.$queryRaw<{ plan: string }[]>`select plan from organization where id = ${organizationId} for no key update`;
  return planOf(rows[0]?.plan ?? 'standard');
}

function refuse(quota: Quota, detail: string, pointer = ''): never {
  throw new AppError('quota_exceeded', `${detail} (quota "${quota}").`, { culprits: [{ pointer, message: `exceeds the quota ${quota}` }] });
}

/** @throws AppError quota_exceeded. */
export async function requireEndpointQuota(
  tx: Tx,
  organizationId: string,
  added: readonly { readonly intervalSeconds: number }[],
): Promise<void> {
  const plan = await lockPlan(tx, organizationId);
  const count = await tx.endpoint.count({ where: { organizationId } });
  if (count + added.length > plan.endpoints)
    refuse('endpoints', `The plan allows ${plan.endpoints} endpoints; there are ${count}, and ${added.length} more would be too many`);
  requireInterval(plan, Math.min(...added.map(({ intervalSeconds }) => intervalSeconds)));
}

/** @throws AppError quota_exceeded. */
export async function requireIntervalQuota(tx: Tx, organizationId: string, intervalSeconds: number): Promise<void> {
  const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { plan: true } });
  requireInterval(planOf(organization.plan), intervalSeconds);
}

function requireInterval(plan: Plan, intervalSeconds: number): void {
  if (intervalSeconds < plan.minIntervalSeconds)
    refuse('minIntervalSeconds', `The plan allows a probe every ${plan.minIntervalSeconds} seconds and no more often`, '/intervalSeconds');
}

/** @throws AppError quota_exceeded. */
export async function requireChannelQuota(tx: Tx, organizationId: string): Promise<void> {
  const plan = await lockPlan(tx, organizationId);
  // A subscriber of a status page has a channel of their own, which is none of the organization's.
  const count = await tx.channel.count({ where: { organizationId, statusPageId: null } });
  if (count >= plan.channels) refuse('channels', `The plan allows ${plan.channels} channels`);
}
