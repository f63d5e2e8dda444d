import { createMaintenanceSchema, type Maintenance, updateMaintenanceSchema } from '@rollcall/contracts';
import { ago, HOSTILE_NAME } from '../fixtures.ts';
import { type Answer, type Call, json, listed, notFound, parsed } from './answers.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const base: Maintenance = {
  id: 'mw_base',
  name: 'New disks',
  description: '',
  startsAt: ago(HOUR),
  endsAt: ago(-HOUR),
  recurrence: null,
  endpoints: ['ep_billing'],
  tags: [],
  active: false,
  next: null,
  createdAt: ago(DAY),
  updatedAt: ago(DAY),
};

/** As the API says it, for windows that happen once or go on now. */
function shown(window: Maintenance): Maintenance {
  const now = Date.now();
  const active = Date.parse(window.startsAt) <= now && now < Date.parse(window.endsAt);
  const comes = window.recurrence !== null || now < Date.parse(window.endsAt);
  return { ...window, active, next: comes ? { from: window.startsAt, to: window.endsAt } : null };
}

export function answerMaintenance(): (call: Call, rest: string[]) => Answer {
  const data: Maintenance[] = [
    { ...base, id: 'mw_now', name: 'New disks for Billing' },
    {
      ...base,
      id: 'mw_weekly',
      name: 'Patch night',
      startsAt: ago(-2 * DAY),
      endsAt: ago(-2 * DAY - 2 * HOUR),
      endpoints: [],
      tags: ['prod'],
      recurrence: { every: 'week', weekdays: [1, 4], timeZone: 'Europe/Berlin', until: null },
    },
    { ...base, id: 'mw_all', name: HOSTILE_NAME, startsAt: ago(-5 * DAY), endsAt: ago(-5 * DAY - HOUR), endpoints: [] },
    { ...base, id: 'mw_past', name: 'Move to the new rack', startsAt: ago(9 * DAY), endsAt: ago(9 * DAY - HOUR), endpoints: ['ep_docs'] },
  ];
  return (call, [id]) => {
    if (id === undefined) {
      if (call.method === 'GET') return listed(data.map(shown), call.query);
      return parsed(createMaintenanceSchema, call.body, (body) => {
        const made = { ...base, ...body, id: `mw_made${data.length}` };
        data.unshift(made);
        return json(shown(made), 201);
      });
    }
    const found = data.find((entry) => entry.id === id);
    if (found === undefined) return notFound('maintenance window');
    if (call.method === 'GET') return json(shown(found));
    if (call.method === 'DELETE') {
      data.splice(data.indexOf(found), 1);
      return { status: 204 };
    }
    return parsed(updateMaintenanceSchema, call.body, (body) => json(shown(Object.assign(found, body))));
  };
}
