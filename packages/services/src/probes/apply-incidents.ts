import type { Cause, Report } from '@rollcall/contracts';
import { assertNever, type StateEvent } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Prisma, Tx } from '@rollcall/db';
import { pgJson } from './pg-json.ts';
import type { Change } from './record-probes.ts';

/** The clients that cannot work, as the incident names them. */
export function affectedClients(report: Report): { id: string; name: string }[] {
  return report.clients.filter((client) => client.verdict === 'fails').map(({ id, name }) => ({ id, name }));
}

function json(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(pgJson(value)) as Prisma.InputJsonValue;
}

/** The whole cause of the report, when it is the one that was settled; else what is known of it. */
function causeOf(change: Change, code: string | null): Cause {
  const reported = change.record.report.cause;
  if (reported && (code === null || reported.code === code)) return reported;
  const { deepFault } = change.endpoint.summary;
  if (deepFault !== null && deepFault.cause.code === code) return deepFault.cause;
  const finding = change.record.report.findings.find((candidate) => candidate.code === code);
  if (finding) return finding;
  const known = code ?? 'prober.internal';
  return {
    code: known,
    layer: 'prober',
    severity: 'down',
    confidence: 'certain',
    title: known,
    explanation: 'Seen by the probes that confirmed this incident.',
    evidence: {},
    fixes: [],
    references: [],
    docs: `/docs/causes/${known}`,
  };
}

/** Whom the settled cause hits: of a fault that only deep checks see, as the last of them judged. */
function hitClients({ endpoint, record }: Change): { id: string; name: string }[] {
  const { deepFault } = endpoint.summary;
  return record.report.cause === null && deepFault !== null ? deepFault.affectedClients : affectedClients(record.report);
}

async function addEvent(tx: Tx, incidentId: string, at: number, type: string, data: unknown, now: Date): Promise<void> {
  await tx.incidentEvent.create({ data: { id: newId('ie', now.getTime()), incidentId, at: new Date(at), type, data: json(data) } });
}

async function apply(tx: Tx, change: Change, event: StateEvent, now: Date): Promise<void> {
  const { endpoint } = change;
  const open = () => endpoint.summary.openIncidentId;
  switch (event.type) {
    case 'status.changed':
      return;
    case 'incident.opened': {
      const cause = causeOf(change, event.cause);
      const id = newId('inc', now.getTime());
      const clients = hitClients(change);
      await tx.incident.create({
        data: {
          id,
          organizationId: endpoint.organizationId,
          endpointId: endpoint.id,
          severity: event.severity,
          openedAt: new Date(event.at),
          confirmedAt: now,
          causeCode: cause.code,
          cause: json(cause),
          affectedClients: json(clients),
        },
      });
      await addEvent(tx, id, event.at, 'opened', { cause: cause.code, title: cause.title, severity: event.severity }, now);
      endpoint.summary = { ...endpoint.summary, openIncidentId: id };
      return;
    }
    case 'incident.severity_changed': {
      const id = open();
      if (id === null) return;
      const cause = causeOf(change, event.cause);
      await tx.incident.update({
        where: { id },
        data: {
          severity: event.severity,
          causeCode: cause.code,
          cause: json(cause),
          affectedClients: json(hitClients(change)),
        },
      });
      return addEvent(tx, id, event.at, 'severity_changed', { severity: event.severity, cause: cause.code, title: cause.title }, now);
    }
    case 'incident.cause_changed': {
      const id = open();
      if (id === null) return;
      const cause = causeOf(change, event.to);
      await tx.incident.update({
        where: { id },
        data: { causeCode: cause.code, cause: json(cause), affectedClients: json(hitClients(change)) },
      });
      return addEvent(tx, id, event.at, 'cause_changed', { from: event.from, to: event.to, title: cause.title }, now);
    }
    case 'incident.resolved': {
      const id = open();
      if (id === null) return;
      await tx.incident.update({ where: { id }, data: { resolvedAt: new Date(event.at) } });
      await addEvent(tx, id, event.at, 'resolved', { reason: event.reason }, now);
      change.resolvedIncidentId = id;
      endpoint.summary = { ...endpoint.summary, openIncidentId: null };
      return;
    }
    case 'flapping.started':
    case 'flapping.ended': {
      const id = open() ?? change.resolvedIncidentId;
      if (id === null) return;
      return addEvent(
        tx,
        id,
        event.at,
        'flapping',
        { phase: event.type === 'flapping.started' ? 'started' : 'ended', changes: event.changes },
        now,
      );
    }
    case 'flapping.held':
      return;
    default:
      return assertNever(event);
  }
}

/** Opens, changes and resolves incidents as the state machine says. Rare beside probes, so one statement each is fine. */
export async function applyIncidents(tx: Tx, changes: readonly Change[], now: Date): Promise<void> {
  for (const change of changes) for (const event of change.events) await apply(tx, change, event, now);
}
