import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';
import { table } from './table.ts';

const USAGE = `usage: npm run chaos -- [options]
  --seconds N      how long processes are killed (120)
  --endpoints N    how many endpoints are probed; a tenth of them and two whole hosts fail (200)
  --interval N     seconds between two probes of an endpoint (10)
  --schedulers N, --probers N, --alerters N, --janitors N, --apis N   processes of each role (1, 2, 1, 1, 1)
  --regions N      regions the probers are dealt out to (1)
  --every N        seconds between two kills, on average (3)
  --calm           kills nothing: measures how soon is told what goes down
  --queue redis|postgresql   where the queue lives (redis)
  --seed N         repeats a run
  --json
`;
const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({
  options: {
    seconds: number('120'),
    endpoints: number('200'),
    interval: number('10'),
    timeout: number('5'),
    schedulers: number('1'),
    probers: number('2'),
    alerters: number('1'),
    janitors: number('1'),
    apis: number('1'),
    regions: number('1'),
    every: number('3'),
    queue: number('redis'),
    seed: number(''),
    calm: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const count = (
  name:
    | 'seconds'
    | 'endpoints'
    | 'interval'
    | 'timeout'
    | 'schedulers'
    | 'probers'
    | 'alerters'
    | 'janitors'
    | 'apis'
    | 'regions'
    | 'every',
): number => {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value > 0) return value;
  process.stderr.write(`--${name} must be a number above 0\n${USAGE}`);
  process.exit(2);
};
if (values.queue !== 'redis' && values.queue !== 'postgresql') {
  process.stderr.write(`--queue must be redis or postgresql\n${USAGE}`);
  process.exit(2);
}
const seed = values.seed === '' ? randomInt(1, 1_000_000) : Number(values.seed);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
const began = Date.now();
const say = (text: string) => {
  if (!values.json) process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
};
say(`seed ${seed}`);
const result = await runChaos({
  seed,
  seconds: count('seconds'),
  endpoints: count('endpoints'),
  intervalMs: count('interval') * 1000,
  timeoutMs: count('timeout') * 1000,
  schedulers: count('schedulers'),
  probers: count('probers'),
  alerters: count('alerters'),
  janitors: count('janitors'),
  apis: count('apis'),
  regions: Array.from({ length: count('regions') }, (_, n) => `region-${n + 1}`),
  killEveryMs: values.calm ? null : count('every') * 1000,
  failuresAMessage: 2,
  postgresRestarts: 2,
  redisEmpties: values.queue === 'redis' ? 2 : 0,
  queue: values.queue,
  say,
});
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : table(result));
process.exit(result.broken.length === 0 ? 0 : 1);
