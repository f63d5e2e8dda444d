import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import { factOfAudit } from '../changes/fact-of-audit.ts';
import { tellChanges } from '../changes/tell-changes.ts';
import { pgJson } from '../probes/pg-json.ts';
import type { Actor } from './actor.ts';

export interface AuditEntry {
  /** `<subject>.<past participle>`, e.g. `endpoint.created`. */
  readonly action: string;
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** It is whatever the caller sends. */
const USER_AGENT_LENGTH = 300;

function json(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(pgJson(value)) as Prisma.InputJsonValue;
}

/** Who is named in the log; without a kind it is the installation itself. */
export type AuditActor = Pick<Actor, 'organizationId' | 'label'> & Partial<Pick<Actor, 'kind' | 'id' | 'address' | 'userAgent'>>;

/** Written in the transaction of the change itself: no change without its entry, no entry without its change. */
export async function writeAudit(tx: Tx, actor: AuditActor, entry: AuditEntry, now: Date): Promise<void> {
  await writeAudits(tx, actor, [entry], now);
}

/** One statement for many entries; whoever watches the organization hears of the change (`GET /events`). */
export async function writeAudits(tx: Tx, actor: AuditActor, entries: readonly AuditEntry[], now: Date): Promise<void> {
  await tx.auditLog.createMany({
    data: entries.map((entry) => ({
      id: newId('al', now.getTime()),
      organizationId: actor.organizationId,
      at: now,
      actor: actor.label,
      actorKind: actor.kind ?? 'system',
      actorId: actor.id ?? null,
      address: actor.address ?? null,
      userAgent: actor.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
      action: entry.action,
      target: entry.target,
      ...(entry.before === undefined ? {} : { before: json(entry.before) }),
      ...(entry.after === undefined ? {} : { after: json(entry.after) }),
    })),
  });
  await tellChanges(
    tx,
    entries.flatMap((entry) => factOfAudit(actor.organizationId, entry) ?? []),
  );
}
