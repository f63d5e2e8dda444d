import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventType } from '../terms.ts';
import {
  GROUP_HOLD_MS,
  GROUP_STORM,
  GROUP_WINDOW_MS,
  type Groupable,
  type GroupFacts,
  groupKeysOf,
  planGroups,
  RECOVERY_WINDOW_MS,
  sharedKeyOf,
  type ToldGroup,
} from './group.ts';

const facts: GroupFacts = { type: 'endpoint.down', cause: 'tcp.refused', url: 'https://Mcp.Example.com:8443/a', address: null };
const shares = (a: Partial<GroupFacts>, b: Partial<GroupFacts>) => {
  const theirs = groupKeysOf({ ...facts, ...b });
  return groupKeysOf({ ...facts, ...a }).some((key) => theirs.includes(key));
};

describe('groupKeysOf', () => {
  it('links the same cause on one host, whatever the port, the path and the case', () => {
    expect(shares({}, { url: 'https://mcp.example.com/b' })).toBe(true);
    expect(shares({}, { url: 'https://other.example.com/a' })).toBe(false);
    expect(shares({}, { cause: 'tls.expired' })).toBe(false);
    expect(shares({}, { type: 'endpoint.degraded' })).toBe(false);
  });

  it('links the same cause on one address and on one platform', () => {
    expect(shares({ url: 'https://a.example/', address: '192.0.2.1' }, { url: 'https://b.example/', address: '192.0.2.1' })).toBe(true);
    expect(shares({ url: 'https://a.vercel.app/' }, { url: 'https://b.vercel.app/' })).toBe(true);
    expect(
      shares({ url: 'https://a.execute-api.eu-west-1.amazonaws.com/' }, { url: 'https://b.execute-api.us-east-1.amazonaws.com/' }),
    ).toBe(true);
    expect(shares({ url: 'https://a.example.com/' }, { url: 'https://b.example.com/' })).toBe(false);
    expect(shares({ url: 'https://vercel.app/' }, { url: 'https://b.vercel.app/' })).toBe(false);
  });

  it('takes all silence as one matter, and leaves alone what differs from endpoint to endpoint', () => {
    expect(shares({ type: 'endpoint.no_data', url: 'https://a.example/' }, { type: 'endpoint.no_data', url: 'https://b.example/' })).toBe(
      true,
    );
    for (const type of ['tools.changed', 'test', 'incident.acknowledged', 'endpoint.recovered'] as const)
      expect(groupKeysOf({ ...facts, type })).toEqual([]);
    expect(groupKeysOf({ ...facts, url: 'no url' })).toEqual([]);
  });

  it('names what a group has in common', () => {
    const members = ['192.0.2.1', '192.0.2.1'].map((address, n) => ({
      keys: groupKeysOf({ ...facts, url: `https://${n}.example/`, address }),
    }));
    expect(sharedKeyOf(members)).toBe('address 192.0.2.1');
    expect(sharedKeyOf([{ keys: ['a@host:x'] }, { keys: ['a@host:y'] }])).toBeNull();
  });
});

const notice = (id: string, createdAt: number, keys: string[] = ['k'], more: Partial<Groupable> = {}): Groupable => ({
  id,
  type: 'endpoint.down',
  createdAt,
  keys,
  ...more,
});

describe('planGroups', () => {
  it('lets the first wait a moment for the others and then sends them together', () => {
    const waiting = [notice('a', 0), notice('b', 2000), notice('c', 2500, ['other'])];
    expect(planGroups(waiting, [], GROUP_HOLD_MS - 1)).toEqual([]);
    expect(planGroups(waiting, [], GROUP_HOLD_MS)).toEqual([['a', 'b']]);
  });

  it('links over shared keys: a with b by host, b with c by address', () => {
    const waiting = [notice('a', 0, ['h']), notice('b', 1, ['h', 'ip']), notice('c', 2, ['ip']), notice('d', 3, ['x'])];
    expect(planGroups(waiting, [], 10_000)).toEqual([['a', 'b', 'c'], ['d']]);
    const apart = [notice('a', 0), notice('b', 1, ['k'], { type: 'endpoint.degraded' })];
    expect(planGroups(apart, [], 10_000)).toHaveLength(2);
  });

  it('keeps what follows a storm until the group closes, and no longer', () => {
    const told: ToldGroup[] = [{ type: 'endpoint.down', createdAt: 0, keys: ['k'], size: GROUP_STORM }];
    const late = [notice('x', 5000), notice('y', 50_000)];
    expect(planGroups(late, told, GROUP_WINDOW_MS - 1)).toEqual([]);
    expect(planGroups(late, told, GROUP_WINDOW_MS)).toEqual([['x', 'y']]);
    // Another matter is not held up by it.
    expect(planGroups([notice('z', 5000, ['other'])], told, 5000 + GROUP_HOLD_MS)).toEqual([['z']]);
  });

  it('does not make one endpoint wait because one other failed half a minute ago', () => {
    const told: ToldGroup[] = [{ type: 'endpoint.down', createdAt: 0, keys: ['k'], size: 1 }];
    expect(planGroups([notice('x', 20_000)], told, 20_000 + GROUP_HOLD_MS)).toEqual([['x']]);
  });

  it('tells of recovery when all of the group are back, or what is back after a while', () => {
    const back = (missing: number) => [notice('a', 0, ['g'], { missing }), notice('b', 10_000, ['g'], { missing })];
    expect(planGroups(back(1), [], RECOVERY_WINDOW_MS - 1)).toEqual([]);
    expect(planGroups(back(1), [], RECOVERY_WINDOW_MS)).toEqual([['a', 'b']]);
    expect(planGroups(back(0), [], 10_000)).toEqual([['a', 'b']]);
  });

  const arrivals = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 300_000 }),
      keys: fc.subarray(['h1', 'h2', 'ip1', 'p1']),
      type: fc.constantFrom<EventType>('endpoint.down', 'endpoint.degraded'),
    }),
    { maxLength: 60 },
  );

  /** The alerter's polling, in virtual time. */
  function run(all: readonly Groupable[]) {
    const told: (ToldGroup & { at: number; ids: string[] })[] = [];
    let waiting: Groupable[] = [];
    const queue = [...all].sort((a, b) => a.createdAt - b.createdAt);
    for (let now = 0; now <= 500_000; now += 500) {
      while (queue[0] && queue[0].createdAt <= now) waiting.push(queue.shift() as Groupable);
      for (const ids of planGroups(waiting, told, now)) {
        const members = ids.map((id) => waiting.find((n) => n.id === id) as Groupable);
        const [first] = members as [Groupable];
        told.push({
          type: first.type,
          createdAt: first.createdAt,
          keys: members.flatMap((m) => [...m.keys]),
          size: ids.length,
          at: now,
          ids,
        });
        waiting = waiting.filter(({ id }) => !ids.includes(id));
      }
    }
    return { told, left: waiting };
  }

  it('names every endpoint exactly once, keeps types apart, and never waits longer than hold and window', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const all = list.map(({ at, keys, type }, n) => notice(`n${n}`, at, keys, { type }));
        const { told, left } = run(all);
        expect(left).toEqual([]);
        expect(told.flatMap(({ ids }) => ids).sort()).toEqual(all.map(({ id }) => id).sort());
        for (const { ids, at } of told) {
          const members = ids.map((id) => all.find((n) => n.id === id) as Groupable);
          expect(new Set(members.map(({ type }) => type)).size).toBe(1);
          for (const { createdAt } of members) expect(at - createdAt).toBeLessThanOrEqual(GROUP_WINDOW_MS + GROUP_HOLD_MS + 500);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('makes few notices of many endpoints on one host, however they are spread over a minute', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: GROUP_WINDOW_MS }), { minLength: 1, maxLength: 300 }), (times) => {
        const { told } = run(times.map((at, n) => notice(`n${n}`, at)));
        expect(told.length).toBeLessThanOrEqual(GROUP_STORM + 2);
      }),
      { numRuns: 100 },
    );
  });

  it('sends a lone one after the hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (at) => {
        const alone = [notice('a', at)];
        expect(planGroups(alone, [], at + GROUP_HOLD_MS)).toEqual([['a']]);
        expect(planGroups(alone, [], at + GROUP_HOLD_MS - 1)).toEqual([]);
      }),
    );
  });
});
