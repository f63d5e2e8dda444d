import { type Channel, createChannelSchema, type Notice, updateChannelSchema } from '@rollcall/contracts';
import * as fixtures from '../fixtures.ts';
import { type Answer, type Call, json, listed, notFound, parsed, problem } from './answers.ts';

const notice = (id: string, more: Partial<Notice>): Notice => ({
  id,
  channelId: 'ch_hook',
  endpointId: 'ep_billing',
  incidentId: 'inc_billing',
  type: 'endpoint.down',
  status: 'dead',
  attempts: 31,
  nextAttemptAt: null,
  heldBy: null,
  followUp: null,
  leaderId: null,
  groupSize: 1,
  lastError: `The receiver answered 503. ${fixtures.HOSTILE_NAME}`,
  createdAt: fixtures.ago(30 * 3_600_000),
  deliveredAt: null,
  ...more,
});

/** /channels, /deliveries and /notices. */
export function answerChannels() {
  const channels: Channel[] = structuredClone(fixtures.channels);
  let notices: Notice[] = [notice('msg_dead1', {}), notice('msg_dead2', { type: 'endpoint.recovered' })];
  return {
    channels(call: Call, [id, sub]: string[]): Answer {
      if (id === undefined) {
        if (call.method === 'GET') return listed(channels, call.query);
        return parsed(createChannelSchema, call.body, (body) => {
          const made = { ...structuredClone(channels[0] as Channel), ...body, id: `ch_made${channels.length}` };
          channels.push(made);
          return json({ ...made, ...(made.type === 'webhook' ? { secret: 'whsec_shown-once' } : {}) }, 201);
        });
      }
      const found = channels.find((entry) => entry.id === id);
      if (found === undefined) return notFound('channel');
      if (sub === 'test') {
        const delivered = found.type === 'email';
        return json({ delivered, delivery: { ...fixtures.deliveries[delivered ? 0 : 1], type: 'test' } });
      }
      if (call.method === 'GET') return json(found);
      if (call.method === 'DELETE') {
        channels.splice(channels.indexOf(found), 1);
        return { status: 204 };
      }
      return parsed(updateChannelSchema, call.body, (body) => {
        const own = body.escalation?.findIndex(({ channel }) => channel === found.id) ?? -1;
        if (own >= 0)
          return problem(400, 'invalid_request', 'The escalation names channels that cannot be told.', [
            { pointer: `/escalation/${own}/channel`, message: 'must be another channel' },
          ]);
        return json(Object.assign(found, body, { updatedAt: new Date().toISOString() }));
      });
    },
    deliveries(call: Call): Answer {
      const channel = call.query.get('channel');
      const status = call.query.get('status');
      const all = fixtures.deliveries.filter(
        (one) => (channel === null || one.channelId === channel) && (status === null || one.status === status),
      );
      return listed(all, call.query);
    },
    notices(call: Call, [id, sub]: string[]): Answer {
      if (sub === 'resend') {
        notices = notices.map((one) => (one.id === id ? { ...one, status: 'pending' } : one));
        return json({ id }, 202);
      }
      const channel = call.query.get('channel');
      const status = call.query.get('status');
      return listed(
        notices.filter((one) => (channel === null || one.channelId === channel) && (status === null || one.status === status)),
        call.query,
      );
    },
  };
}
