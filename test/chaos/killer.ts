import { assertNever } from '@rollcall/core';
import type { Installation } from './installation.ts';
import type { Place } from './place.ts';
import type { Blow } from './plan.ts';

/** What was done how often. */
export interface Toll {
  readonly killed: Record<string, number>;
  readonly added: Record<string, number>;
  postgresRestarts: number;
  redisEmptied: number;
  /** Blows for which there was no time, because processes took so long to come back. */
  leftOut: number;
}

const SLOW_START_MS = 10_000;
const MOST_AWAY = 2;

const isOfProcess = ({ what }: Blow) => what === 'kill' || what === 'add';
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** Deals the blows at their time, and answers when every process is back and every added one gone. */
export async function dealBlows(
  installation: Installation,
  blows: readonly Blow[],
  startAt: number,
  untilAt: number,
  say: (text: string) => void,
): Promise<Toll> {
  const toll: Toll = { killed: {}, added: {}, postgresRestarts: 0, redisEmptied: 0, leftOut: 0 };
  const note = (of: Record<string, number>, role: string) => {
    of[role] = (of[role] ?? 0) + 1;
  };
  const under: Promise<void>[] = [];
  let away = 0;

  async function kill(role: string, draw: number, awayMs: number): Promise<void> {
    const there = installation.places.filter((place) => place.role === role && place.running());
    const place: Place | undefined = there[Math.floor(draw * there.length)];
    if (!place || !(await place.kill())) return;
    note(toll.killed, role);
    await sleep(awayMs);
    await up(place);
  }

  /** At most so many are away or on their way at once: a machine that is slow to start them is not left without any. */
  async function turn(blow: Extract<Blow, { what: 'kill' | 'add' }>): Promise<void> {
    while (away >= MOST_AWAY) await sleep(100);
    if (Date.now() > untilAt) {
      toll.leftOut += 1;
      return;
    }
    away += 1;
    const done = () => {
      away -= 1;
    };
    under.push(
      blow.what === 'kill' ? kill(blow.role, blow.draw, blow.awayMs).finally(done) : add(blow.role, blow.draw, blow.staysMs, done),
    );
  }

  async function up(place: Place): Promise<void> {
    const since = Date.now();
    await place.up();
    const tookMs = Date.now() - since;
    if (tookMs > SLOW_START_MS) say(`${place.name} took ${(tookMs / 1000).toFixed(0)} s to start`);
  }

  async function add(role: string, draw: number, staysMs: number, arrived: () => void): Promise<void> {
    const place = await installation.add(role, draw);
    await up(place).finally(arrived);
    note(toll.added, role);
    await sleep(staysMs);
    await place.end();
    note(toll.killed, role);
  }

  async function deal(blow: Blow): Promise<void> {
    await sleep(startAt + blow.at - Date.now());
    switch (blow.what) {
      case 'kill':
      case 'add':
        return turn(blow);
      case 'postgres':
        toll.postgresRestarts += 1;
        return restart(blow.how);
      case 'redis':
        toll.redisEmptied += 1;
        say('Redis is emptied');
        return installation.emptyRedis();
      default:
        return assertNever(blow);
    }
  }

  async function restart(how: 'fast' | 'immediate'): Promise<void> {
    const since = Date.now();
    await installation.restartPostgres(how);
    say(`PostgreSQL was restarted (${how}) within ${((Date.now() - since) / 1000).toFixed(1)} s`);
  }

  /** In turn; processes have a line of their own, so that PostgreSQL and Redis do not wait for those that are slow to come back. */
  const inTurn = async (line: readonly Blow[]) => {
    for (const blow of line) await deal(blow);
  };
  await Promise.all([inTurn(blows.filter(isOfProcess)), inTurn(blows.filter((blow) => !isOfProcess(blow)))]);
  await Promise.all(under);
  return toll;
}
