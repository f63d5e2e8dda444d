import { createNoteSchema, type IncidentDetail, type Silence, silenceForSchema, updateIncidentSchema } from '@rollcall/contracts';
import { type Answer, type Call, json, listed, notFound, parsed } from './answers.ts';

const WHO = 'Maya Lind';

/** /incidents, and the silence of an endpoint. */
export function answerIncidents(incidents: IncidentDetail[]) {
  const silences = new Map<string, Silence>();
  return {
    silence(call: Call, endpoint: string): Answer {
      if (call.method === 'GET') return json(silences.get(endpoint) ?? { until: null, by: null });
      if (call.method === 'DELETE') {
        silences.delete(endpoint);
        return { status: 204 };
      }
      return parsed(silenceForSchema, call.body, ({ minutes }) => {
        const silence = { until: new Date(Date.now() + minutes * 60_000).toISOString(), by: WHO };
        silences.set(endpoint, silence);
        return json(silence);
      });
    },
    incidents(call: Call, [id, sub]: string[]): Answer {
      if (id === undefined) {
        const status = call.query.get('status');
        const endpoint = call.query.get('endpoint');
        const matches = incidents.filter(
          (entry) => (status === null || entry.status === status) && (endpoint === null || entry.endpoint.id === endpoint),
        );
        return listed(matches, call.query);
      }
      const found = incidents.find((entry) => entry.id === id);
      if (found === undefined) return notFound('incident');
      const at = new Date().toISOString();
      const tell = (type: (typeof found.timeline)[number]['type'], data = {}) =>
        void found.timeline.push({ id: `ie_${at}_${type}`, at, type, actor: WHO, data } as (typeof found.timeline)[number]);
      if (sub === 'acknowledge' && call.method === 'DELETE') {
        Object.assign(found, { acknowledgedAt: null, acknowledgedBy: null });
        tell('unacknowledged');
        return { status: 204 };
      }
      if (sub === 'acknowledge') {
        Object.assign(found, { acknowledgedAt: at, acknowledgedBy: WHO });
        tell('acknowledged');
      }
      if (sub === 'notes')
        return parsed(createNoteSchema, call.body, ({ text }) => {
          tell('note', { text });
          return json(found, 201);
        });
      if (sub === 'snooze' && call.method === 'DELETE') {
        Object.assign(found, { snoozedUntil: null });
        tell('snoozed', { until: null });
        return { status: 204 };
      }
      if (sub === 'snooze')
        return parsed(silenceForSchema, call.body, ({ minutes }) => {
          const until = new Date(Date.now() + minutes * 60_000).toISOString();
          Object.assign(found, { snoozedUntil: until });
          tell('snoozed', { until });
          return json(found);
        });
      if (call.method === 'PATCH')
        return parsed(updateIncidentSchema, call.body, ({ postmortem }) =>
          json(Object.assign(found, { postmortem: postmortem === null ? null : { text: postmortem, at, by: WHO } })),
        );
      return json(found);
    },
  };
}
