import type { IncidentDetail } from '@rollcall/contracts';
import type { Answer, Call } from './answers.ts';
import { answerChannels } from './channels.ts';
import { answerIncidents } from './incidents.ts';
import { answerMaintenance } from './maintenance.ts';
import { answerStatusPages } from './status-pages.ts';

/** The operations side of the API: incidents, channels and what they send, maintenance, status pages. Null: somebody else's resource. */
export function createOperations(data: { incidents: IncidentDetail[] }): (call: Call) => Answer | null {
  const { incidents, silence } = answerIncidents(data.incidents);
  const resources: Record<string, (call: Call, rest: string[]) => Answer> = {
    ...answerChannels(),
    incidents,
    'maintenance-windows': answerMaintenance(),
    'status-pages': answerStatusPages(),
  };
  return (call) => {
    const [resource = '', ...rest] = call.path.split('/').filter(Boolean);
    if (resource === 'endpoints' && rest[1] === 'silence') return silence(call, rest[0] ?? '');
    return resources[resource]?.(call, rest) ?? null;
  };
}
