import { type CreateEndpoint, createEndpointSchema, type Report } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportOf } from '../../test/reports.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { rollUp } from '../rollups/roll-up.ts';
import { claimDue, LEASE_SLACK_MS, releaseClaims } from '../schedule/claim-due.ts';
import { maintainPartitions, planPartitions } from '../schedule/partitions.ts';
import { reviveLost } from '../schedule/revive-lost.ts';
import { watchSilence } from '../schedule/watch-silence.ts';
import { loadTarget, openCredentials, sealCredentials } from './load-target.ts';
import { decodeProbeId, encodeProbeId } from './probe-id.ts';
import { type ProbeRecord, recordProbes } from './record-probes.ts';

const sealer = createSealer(Buffer.alloc(32, 3).toString('base64'));
const publicUrl = 'http://localhost:3000';
const START = new Date('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);

let database: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  database = await testDatabase({ max: 10 });
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await database.db.organization.deleteMany();
  await database.db.$executeRaw`truncate probe, probe_exchange`;
  organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'Test', slug: organizationId } });
  await database.db.channel.create({ data: { id: newId('ch'), organizationId, type: 'webhook', name: 'hook', config: 'sealed' } });
});

function register(input: Partial<CreateEndpoint> = {}, now = START): Promise<string> {
  const body = createEndpointSchema.parse({ name: 'server', url: 'https://mcp.example.com/mcp', ...input });
  return database.db.$transaction((tx) => insertEndpoint(tx, { sealer, region: 'default' }, organizationId, body, { demo: false, now }));
}

function report(verdict: Report['verdict'], startedAt: Date, code = 'tcp.refused', text = 'Nothing listens on that port'): Report {
  const made = reportOf(verdict, startedAt, code, text);
  return {
    ...made,
    server: made.server === null ? null : { ...made.server, name: text },
    cause: made.cause === null ? null : { ...made.cause, evidence: { text } },
  };
}

function record(endpointId: string, slot: Date, verdict: Report['verdict'], more: Partial<ProbeRecord> = {}): ProbeRecord {
  return {
    endpointId,
    region: 'default',
    slot: slot.getTime(),
    kind: 'scheduled',
    deep: false,
    report: report(verdict, slot),
    observation: {},
    retryAfterMs: null,
    ...more,
  };
}

async function takeDown(endpointId: string): Promise<void> {
  for (const second of [0, 15, 30])
    await recordProbes(database.db, [record(endpointId, at(second), 'down')], { publicUrl, now: at(second + 1) });
}

describe('claimDue', () => {
  it('never gives one slot to two schedulers', async () => {
    for (let i = 0; i < 60; i += 1) await register({ name: `server ${i}` });
    const rounds = await Promise.all(Array.from({ length: 8 }, () => claimDue(database.db, { now: at(1), limit: 20 })));
    const slots = rounds.flat().map((claim) => `${claim.endpointId} ${claim.slot}`);
    const rest = await claimDue(database.db, { now: at(1), limit: 500 });
    slots.push(...rest.map((claim) => `${claim.endpointId} ${claim.slot}`));
    expect(slots).toHaveLength(60);
    expect(new Set(slots).size).toBe(60);
  });

  it('keeps one probe in flight, and brings a lost job back when its lease is over', async () => {
    const id = await register({ intervalSeconds: 10, timeoutMs: 5000 });
    const [first] = await claimDue(database.db, { now: at(1), limit: 10 });
    expect(first?.endpointId).toBe(id);
    expect(await claimDue(database.db, { now: at(15), limit: 10 })).toEqual([]);
    const later = new Date(at(1).getTime() + 5000 + LEASE_SLACK_MS);
    const [again] = await claimDue(database.db, { now: later, limit: 10 });
    expect(again?.endpointId).toBe(id);
    expect(again?.slot).not.toBe(first?.slot);
    // The lost job comes back late: its slot is no longer the one in flight.
    expect(
      await loadTarget(database.db, sealer, { endpointId: id, region: 'default', slot: first?.slot ?? 0, kind: 'scheduled' }, later),
    ).toBeNull();
    expect(
      await loadTarget(database.db, sealer, { endpointId: id, region: 'default', slot: again?.slot ?? 0, kind: 'scheduled' }, later),
    ).not.toBeNull();
  });

  it('gives back what could not be enqueued', async () => {
    await register();
    const claims = await claimDue(database.db, { now: at(1), limit: 10 });
    await releaseClaims(database.db, claims);
    const again = await claimDue(database.db, { now: at(1), limit: 10 });
    expect(again.map(({ slot, kind }) => ({ slot, kind }))).toEqual(claims.map(({ slot, kind }) => ({ slot, kind })));
  });

  it('shows a gap as a gap: after an hour of silence one slot comes due, not sixty', async () => {
    await register({ intervalSeconds: 60 });
    const claims = await claimDue(database.db, { now: at(3600), limit: 100 });
    expect(claims).toHaveLength(1);
    expect(at(3600).getTime() - (claims[0]?.slot ?? 0)).toBeLessThanOrEqual(60_000);
  });
});

describe('reviveLost', () => {
  const HOURLY = { intervalSeconds: 3600, timeoutMs: 5000 };
  const claimAt = async (now: Date) => (await claimDue(database.db, { now, limit: 10 })).map(({ slot, kind }) => ({ slot, kind }));
  const leaseEnd = (now: Date) => new Date(now.getTime() + 5000 + LEASE_SLACK_MS);

  it('brings a lost slot back when its lease is over, as the same job, and not before', async () => {
    await register(HOURLY);
    const lost = await claimAt(at(3600));
    expect(lost).toMatchObject([{ kind: 'scheduled' }]);
    expect(await reviveLost(database.db, new Date(leaseEnd(at(3600)).getTime() - 1))).toBe(0);
    expect(await reviveLost(database.db, leaseEnd(at(3600)))).toBe(1);
    expect(await claimAt(leaseEnd(at(3600)))).toEqual(lost);
    expect(await claimAt(leaseEnd(at(3600)))).toEqual([]);
  });

  it('brings a lost confirmation back, so that the alert does not wait for the next interval', async () => {
    const id = await register(HOURLY);
    const [first] = await claimAt(at(3600));
    const slot = first?.slot ?? 0;
    await recordProbes(database.db, [record(id, new Date(slot), 'down')], { publicUrl, now: at(3600) });
    const lost = await claimAt(new Date(slot + 61_000));
    expect(lost).toEqual([{ slot: slot + 60_000, kind: 'recheck' }]);
    const later = leaseEnd(new Date(slot + 61_000));
    expect(await reviveLost(database.db, later)).toBe(1);
    expect(await claimAt(later)).toEqual(lost);
  });

  it('moves on when the slot is recorded after all, before or after it was claimed again', async () => {
    for (const claimedAgain of [false, true]) {
      const id = await register(HOURLY);
      const [claim] = await claimAt(at(3600));
      const slot = claim?.slot ?? 0;
      await reviveLost(database.db, leaseEnd(at(3600)));
      if (claimedAgain) await claimAt(leaseEnd(at(3600)));
      await recordProbes(database.db, [record(id, new Date(slot), 'up')], { publicUrl, now: leaseEnd(at(3600)) });
      const row = await database.db.endpointSchedule.findFirstOrThrow({ where: { endpointId: id } });
      expect(row).toMatchObject({ nextDueAt: new Date(slot + 3_600_000), nextKind: 'scheduled', leaseUntil: null, leaseSlot: null });
    }
  });

  it('leaves alone what is in flight and what is paused', async () => {
    const id = await register(HOURLY);
    await claimAt(at(3600));
    await database.db.endpointSchedule.updateMany({ where: { endpointId: id }, data: { active: false } });
    expect(await reviveLost(database.db, leaseEnd(at(3600)))).toBe(0);
  });
});

describe('recordProbes', () => {
  it('opens one incident dated to the first failing probe, with one notice a channel', async () => {
    const id = await register();
    await takeDown(id);
    const incidents = await database.db.incident.findMany({ where: { endpointId: id } });
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({
      openedAt: at(0),
      causeCode: 'tcp.refused',
      resolvedAt: null,
      affectedClients: [{ id: 'claude-code', name: 'Claude Code' }],
    });
    const notices = await database.db.notice.findMany();
    expect(notices.map(({ type }) => type)).toEqual(['endpoint.down']);
  });

  it('changes nothing when a job is run again, alone or within one batch', async () => {
    const id = await register();
    const once = record(id, at(0), 'down');
    expect(await recordProbes(database.db, [once, once], { publicUrl, now: at(1) })).toMatchObject({ recorded: 1 });
    const memory = (await database.db.endpointState.findUniqueOrThrow({ where: { endpointId: id } })).memory;
    expect(await recordProbes(database.db, [once], { publicUrl, now: at(2) })).toMatchObject({ recorded: 0, repeated: 1 });
    expect((await database.db.endpointState.findUniqueOrThrow({ where: { endpointId: id } })).memory).toEqual(memory);
    expect(await database.db.$queryRaw`select count(*)::int as n from probe`).toEqual([{ n: 1 }]);
  });

  it('notes a result that comes after its hour for the rollups, and no other', async () => {
    const id = await register();
    await recordProbes(database.db, [record(id, at(0), 'up')], { publicUrl, now: at(60) });
    expect(await database.db.$queryRaw`select 1 from rollup_due`).toEqual([]);
    await recordProbes(database.db, [record(id, at(600), 'up'), record(id, at(4200), 'up')], { publicUrl, now: at(3800) });
    expect(await database.db.$queryRaw`select day::text, hours from rollup_due`).toEqual([{ day: '2026-11-20', hours: 1 << 12 }]);
  });

  it('is whole or nothing: a fault in the middle leaves neither probe nor incident', async () => {
    const id = await register();
    for (const second of [0, 15]) await recordProbes(database.db, [record(id, at(second), 'down')], { publicUrl, now: at(second) });
    const broken = { ...record(id, at(30), 'down'), report: { ...report('down', at(30)), durationMs: Number.NaN } };
    await expect(recordProbes(database.db, [broken], { publicUrl, now: at(31) })).rejects.toThrow();
    expect(await database.db.incident.count()).toBe(0);
    expect(await database.db.$queryRaw`select count(*)::int as n from probe`).toEqual([{ n: 2 }]);
  });

  it('asks the schedule for the confirmation and releases the lease', async () => {
    const id = await register();
    const [claim] = await claimDue(database.db, { now: at(0), limit: 1 });
    await recordProbes(database.db, [record(id, new Date(claim?.slot ?? 0), 'down')], { publicUrl, now: at(0) });
    const row = await database.db.endpointSchedule.findFirstOrThrow({ where: { endpointId: id } });
    expect(row).toMatchObject({ leaseUntil: null, leaseSlot: null });
    const recheckAt = new Date((claim?.slot ?? 0) + 15_000);
    expect(row.nextDueAt.getTime()).toBeLessThanOrEqual(recheckAt.getTime());
  });

  it('honours Retry-After: nothing comes due before', async () => {
    const id = await register({ intervalSeconds: 10 });
    await recordProbes(database.db, [record(id, at(0), 'unknown', { retryAfterMs: 120_000 })], { publicUrl, now: at(1) });
    const row = await database.db.endpointSchedule.findFirstOrThrow({ where: { endpointId: id } });
    expect(row.nextDueAt).toEqual(at(121));
  });

  it('leaves out what was deleted in the meantime', async () => {
    const id = await register();
    await database.db.endpoint.delete({ where: { id } });
    expect(await recordProbes(database.db, [record(id, at(0), 'up')], { publicUrl, now: at(1) })).toMatchObject({ recorded: 0 });
  });

  it('takes any text a server can send: NUL, half surrogates, markup', async () => {
    const id = await register();
    const hostile = 'a\u0000b\ud800c<script>\u202e';
    await recordProbes(database.db, [record(id, at(0), 'up', { report: report('up', at(0), 'x', hostile) })], { publicUrl, now: at(1) });
    const other = await register({ name: 'other' });
    for (const second of [0, 15, 30]) {
      await recordProbes(database.db, [record(other, at(second), 'down', { report: report('down', at(second), 'tcp.refused', hostile) })], {
        publicUrl,
        now: at(second),
      });
    }
    expect(await database.db.incident.count()).toBe(1);
  });

  it('two batches that share endpoints do not deadlock', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => register({ name: `s${i}` })));
    const batch = (second: number, order: readonly string[]) => order.map((id) => record(id, at(second), 'up'));
    const all = Array.from({ length: 10 }, (_, i) =>
      recordProbes(database.db, batch(i, i % 2 ? ids : [...ids].reverse()), { publicUrl, now: at(i) }),
    );
    const outcomes = await Promise.all(all);
    expect(outcomes.reduce((sum, outcome) => sum + outcome.recorded, 0)).toBe(120);
  });
});

describe('silence', () => {
  it('is told once, is never green, and is not held against endpoints while the installation was off', async () => {
    const id = await register({ intervalSeconds: 60, timeoutMs: 1000 });
    await recordProbes(database.db, [record(id, at(0), 'up')], { publicUrl, now: at(1) });
    expect(await watchSilence(database.db, { now: at(300), watchingSince: at(290), publicUrl })).toBe(0);
    expect(await watchSilence(database.db, { now: at(300), watchingSince: at(0), publicUrl })).toBe(1);
    expect(await watchSilence(database.db, { now: at(400), watchingSince: at(0), publicUrl })).toBe(0);
    expect(await database.db.endpointState.findUnique({ where: { endpointId: id } })).toMatchObject({ status: 'no_data' });
    expect((await database.db.notice.findMany()).map(({ type }) => type)).toEqual(['endpoint.no_data']);
  });
});

describe('partitions', () => {
  it('are made a week ahead and dropped beyond retention, whatever janitor comes first', async () => {
    const now = new Date();
    const plans = await Promise.all([maintainPartitions(database.db, now), maintainPartitions(database.db, now)]);
    expect(plans.map(({ create }) => create.length).sort((a, b) => a - b)).toEqual([0, 18]);
    const later = new Date(now.getTime() + 40 * 86_400_000);
    const early = await maintainPartitions(database.db, later);
    // Nothing goes that is not rolled up.
    const today = `probe_${now.toISOString().slice(0, 10).replaceAll('-', '')}`;
    expect(early.drop.filter((name) => /^probe_\d/.test(name) && name >= today)).toEqual([]);
    while (await rollUp(database.db, later));
    const { drop } = await maintainPartitions(database.db, later);
    expect([...early.drop, ...drop].length).toBeGreaterThanOrEqual(18);
  });

  it('are planned without a gap', () => {
    const { create } = planPartitions([], { probe: 14 }, START);
    for (let i = 1; i < create.length; i += 1) expect(create[i]?.from).toBe(create[i - 1]?.to);
    expect(create[0]?.name).toBe('probe_20261119');
  });
});

describe('what is stored', () => {
  it('a probe id is its key and nothing else', () => {
    const key = { endpointSeq: 12_345, slot: START, regionId: 7 };
    expect(decodeProbeId(encodeProbeId(key))).toEqual(key);
    for (const bad of ['pr_', 'pr_zzzz', 'ep_1', encodeProbeId(key).slice(0, -1), `${encodeProbeId(key)}A`])
      expect(decodeProbeId(bad)).toBeNull();
  });

  it('credentials are sealed for their endpoint and for no other', () => {
    const sealed = sealCredentials(sealer, 'ep_1', { headers: { 'x-key': 'hunter2' }, auth: { type: 'bearer', token: 'secret' } });
    expect(sealed).not.toMatch(/hunter2|secret/);
    expect(openCredentials(sealer, 'ep_1', sealed).headers).toEqual({ 'x-key': 'hunter2' });
    expect(() => openCredentials(sealer, 'ep_2', sealed)).toThrow();
  });
});
