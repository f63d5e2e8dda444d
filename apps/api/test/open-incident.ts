import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';

/** An endpoint that is down, as the recorder leaves it. Answers with the incident's id. */
export async function openIncident(db: Db, endpointId: string, organizationId: string): Promise<string> {
  const id = newId('inc');
  const at = new Date();
  const cause = {
    code: 'tcp.refused',
    layer: 'tcp',
    severity: 'down',
    confidence: 'certain',
    title: 'Nothing listens there',
    explanation: 'The host refused the connection.',
    evidence: {},
    fixes: [],
    references: [],
    docs: '/docs/causes/tcp.refused',
  };
  const opened = { id: newId('ie'), at, type: 'opened' };
  await db.incident.create({
    data: {
      id,
      organizationId,
      endpointId,
      severity: 'down',
      openedAt: at,
      confirmedAt: at,
      causeCode: cause.code,
      cause,
      events: { create: opened },
    },
  });
  await db.endpointState.update({ where: { endpointId }, data: { status: 'down', cause: cause.code, summary: { openIncidentId: id } } });
  return id;
}
