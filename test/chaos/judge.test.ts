import { describe, expect, it } from 'vitest';
import { judge, type Received, type Seen, type Truth } from './judge.ts';

const T = 1_800_000_000_000;
const truth: Truth = {
  faults: [
    { endpoint: 'ep_a', from: T, to: T + 60_000, absentMs: 0 },
    { endpoint: 'ep_b', from: T, to: T + 1000, absentMs: 0 },
  ],
  mustMs: 30_000,
  neverMs: 5000,
  slackMs: 2000,
  silenceMs: 25_000,
  alone: new Set(['ep_a', 'ep_b']),
  calm: true,
};
const request = (id: string, type: string): Received => ({
  channel: 'hook',
  id,
  at: T,
  type,
  endpoints: ['ep_a'],
  body: `body of ${id}`,
  signed: true,
  answered: 204,
});
const notice = (id: string, type: string) => ({
  id,
  channel: 'hook',
  endpoint: 'ep_a',
  incident: 'inc_1',
  type,
  status: 'delivered',
  leader: null as string | null,
  silentForMs: 1000,
});
const incident = { id: 'inc_1', endpoint: 'ep_a', openedAt: T + 3000, confirmedAt: T + 8000, resolvedAt: (T + 61_000) as number | null };
const whole: Seen = {
  incidents: [incident],
  notices: [notice('msg_1', 'endpoint.down'), notice('msg_2', 'endpoint.recovered')],
  deliveries: [
    { notice: 'msg_1', attempt: 1, ok: true, startedAt: T + 11_000 },
    { notice: 'msg_2', attempt: 1, ok: true, startedAt: T + 70_000 },
  ],
  received: [request('msg_1', 'endpoint.down'), request('msg_2', 'endpoint.recovered')],
  webhooks: new Set(['hook']),
  channels: ['hook'],
  slots: {
    expected: 10,
    missed: 0,
    duplicated: 0,
    longestGapMs: 40_000,
    longestOwnGapMs: 10_000,
    allowedGapMs: 12_000,
    tooLong: 0,
    worst: null,
  },
};
const of = (change: Partial<Seen>, more: Partial<Truth> = {}) => judge({ ...truth, ...more }, { ...whole, ...change });

describe('the judge of a chaos run', () => {
  it('finds nothing broken where all was told once, and counts it', () => {
    expect(judge(truth, whole)).toMatchObject({
      broken: [],
      figures: { faults: 2, faultsThatMust: 1, confirmed: 2, incidents: 1, lost: 0, duplicates: 0, missed: 0, firstAttemptMsP95: 3000 },
    });
  });

  const cases: [string, Partial<Seen>, Partial<Record<'lost' | 'duplicates' | 'missed' | 'falseIncidents' | 'falseSilences', number>>][] = [
    ['a fault without an incident', { incidents: [], notices: [], received: [] }, { missed: 1 }],
    ['an incident without a fault', { incidents: [incident, { ...incident, id: 'inc_2', endpoint: 'ep_c' }] }, { falseIncidents: 1 }],
    [
      'an incident of a fault that was too short',
      { incidents: [incident, { ...incident, id: 'inc_2', endpoint: 'ep_b' }] },
      { falseIncidents: 1 },
    ],
    ['two incidents of one fault', { incidents: [incident, { ...incident, id: 'inc_2' }] }, { duplicates: 1 }],
    ['an incident that stays open', { incidents: [{ ...incident, resolvedAt: null }] }, {}],
    ['an incident that was resolved during its fault', { incidents: [{ ...incident, resolvedAt: T + 30_000 }] }, {}],
    ['a notice that was never written', { notices: whole.notices.slice(0, 1), received: whole.received.slice(0, 1) }, { lost: 1 }],
    ['a channel that nobody wrote to', { channels: ['hook', 'mail'] }, { lost: 2 }],
    [
      'two notices of one beginning',
      { notices: [...whole.notices, notice('msg_3', 'endpoint.down')], received: [...whole.received, request('msg_3', 'endpoint.down')] },
      { duplicates: 1 },
    ],
    [
      'a notice that is still pending',
      { notices: [notice('msg_1', 'endpoint.down'), { ...notice('msg_2', 'endpoint.recovered'), status: 'pending' }] },
      { lost: 1 },
    ],
    ['a notice noted as delivered that did not arrive', { received: whole.received.slice(1) }, { lost: 1 }],
    [
      'a notice whose every attempt was refused',
      { received: [{ ...request('msg_1', 'endpoint.down'), answered: 500 }, ...whole.received.slice(1)] },
      { lost: 1 },
    ],
    [
      'a message that does not name the endpoint',
      { received: [{ ...request('msg_1', 'endpoint.down'), endpoints: ['ep_z'] }, ...whole.received.slice(1)] },
      { lost: 1 },
    ],
    [
      'one id with two bodies',
      { received: [...whole.received, { ...request('msg_1', 'endpoint.down'), body: 'another', answered: 500 }] },
      { duplicates: 1 },
    ],
    ['an id that is no notice', { received: [...whole.received, request('msg_9', 'endpoint.down')] }, { duplicates: 1 }],
    [
      'a message without a valid signature',
      { received: [{ ...request('msg_1', 'endpoint.down'), signed: false }, ...whole.received.slice(1)] },
      {},
    ],
    [
      'a page of silence',
      {
        notices: [...whole.notices, { ...notice('msg_3', 'endpoint.no_data'), incident: null as unknown as string }],
        received: [...whole.received, request('msg_3', 'endpoint.no_data')],
      },
      { falseSilences: 1 },
    ],
    ['a slot that was recorded twice', { slots: { ...whole.slots, duplicated: 1 } }, {}],
    ['an endpoint that nobody probed for too long', { slots: { ...whole.slots, longestOwnGapMs: 12_001, tooLong: 1 } }, {}],
    [
      'a first attempt after more than five seconds',
      { deliveries: [{ notice: 'msg_1', attempt: 1, ok: true, startedAt: T + 13_001 }] },
      {},
    ],
    ['a message that came again in quiet times', { received: [...whole.received, request('msg_1', 'endpoint.down')] }, {}],
  ];
  it.each(cases)('is not content with %s', (_what, change, figures) => {
    const verdict = of(change);
    expect(verdict.broken).not.toEqual([]);
    expect(verdict.figures).toMatchObject(figures);
  });

  it('takes what was told with others for told, when the leader names it', () => {
    const grouped = { ...notice('msg_1', 'endpoint.down'), status: 'grouped', leader: 'msg_7' };
    const leader = { ...notice('msg_7', 'endpoint.down'), endpoint: 'ep_c', incident: null as unknown as string };
    const message = { ...request('msg_7', 'endpoint.down'), endpoints: ['ep_c', 'ep_a'] };
    const rest = {
      notices: [grouped, leader, ...whole.notices.slice(1)],
      deliveries: [{ notice: 'msg_7', attempt: 1, ok: true, startedAt: T + 9000 }],
    };
    expect(of({ ...rest, received: [message, ...whole.received.slice(1)] }).broken).toEqual([]);
    expect(of({ ...rest, received: [{ ...message, endpoints: ['ep_c'] }, ...whole.received.slice(1)] }).figures.lost).toBe(1);
  });

  it('forgives a message that comes again under its id, and a late first attempt, when senders are killed', () => {
    const again = [...whole.received, request('msg_1', 'endpoint.down')];
    const late = [{ notice: 'msg_1', attempt: 1, ok: true, startedAt: T + 70_000 }];
    const verdict = of({ received: again, deliveries: late }, { calm: false });
    expect(verdict).toMatchObject({ broken: [], figures: { repeated: 1, duplicates: 0 } });
  });

  it('forgives what could not be seen because nobody was there, and a silence that was one', () => {
    const absent = { faults: truth.faults.map((fault) => ({ ...fault, absentMs: 30_001 })) };
    expect(of({ incidents: [], notices: [], received: [], deliveries: [] }, absent)).toMatchObject({
      broken: [],
      figures: { missed: 0, faultsThatMust: 0 },
    });
    const silence = { ...notice('msg_3', 'endpoint.no_data'), incident: null as unknown as string, silentForMs: 25_001 };
    const told = of({ notices: [...whole.notices, silence], received: [...whole.received, request('msg_3', 'endpoint.no_data')] });
    expect(told).toMatchObject({ broken: [], figures: { silences: 1, falseSilences: 0 } });
  });
});
