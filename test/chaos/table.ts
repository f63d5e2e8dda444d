import type { ChaosResult } from './chaos.ts';

const MAX_LINES = 30;

const row = (name: string, value: unknown, remark = '') =>
  `${name.padEnd(34)} ${String(value ?? '–').padStart(8)}${remark ? `   ${remark}` : ''}`;

/** What a person reads after a run: what was done, what came of it, what broke. */
export function table({ seed, toll, figures: f, broken, failedStarts, ownCores }: ChaosResult): string {
  const roles = [...new Set([...Object.keys(toll.killed), ...Object.keys(toll.added)])].sort();
  const lines = [
    '',
    ...roles.map((role) => row(`${role} killed`, toll.killed[role] ?? 0, `of which ${toll.added[role] ?? 0} had been added`)),
    row('PostgreSQL restarted', toll.postgresRestarts),
    row('Redis emptied', toll.redisEmptied),
    row('blows left out', toll.leftOut, 'processes took too long to come back'),
    row('starts that failed, tried again', failedStarts.length),
    row('cores taken by the run itself', ownCores.harness, `and ${ownCores.endpoints} by the endpoints`),
    '',
    row('faults', f.faults, `${f.faultsThatMust} so long that they must be told`),
    row('changes confirmed', f.confirmed),
    row('incidents', f.incidents),
    row('  missed', f.missed),
    row('  false', f.falseIncidents),
    row('notices', f.notices, `told in ${f.messages} messages`),
    row('  lost', f.lost),
    row('  duplicates', f.duplicates),
    row('  of silence', f.silences, `${f.falseSilences} of them too soon`),
    row('attempts recorded', f.deliveries),
    row('  messages tried again', f.retried),
    row('  came again under their id', f.repeated),
    row('first attempt, p50', f.firstAttemptMsP50, 'ms after the confirmation'),
    row('first attempt, p95', f.firstAttemptMsP95, 'ms'),
    row('slots', f.slots),
    row('  lost', f.slotsLost),
    row('  recorded twice', f.slotsDuplicated),
    row('longest time without a probe', f.longestGapSeconds, `s, ${f.longestOwnGapSeconds} s without the time in which nobody was there`),
    '',
    ...broken.slice(0, MAX_LINES).map((line) => `BROKEN  ${line}`),
    ...(broken.length > MAX_LINES ? [`BROKEN  … and ${broken.length - MAX_LINES} more`] : []),
    broken.length === 0 ? 'Every promise held.' : `${broken.length} promises broke; --seed ${seed} repeats the run.`,
    '',
  ];
  return lines.join('\n');
}
