import { Agent, get } from 'node:http';

export interface LoadResult {
  readonly statusRps: number;
  readonly statusErrors: number;
  readonly statusMsP50: number;
  readonly statusMsP99: number;
}

/** More in flight than this is a server that does not keep up; what would have been sent then counts as an error. */
const MAX_IN_FLIGHT = 2000;

/**
 * Asks for the page at a steady rate whether or not the answers keep up (an open loop: a slow server is not spared), as
 * browsers do, compressed. Latency counts from when a request was due, so that waiting in our own queue is in it.
 */
export async function loadPage(url: string, rps: number, until: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 128, scheduling: 'fifo' });
  const times: number[] = [];
  let [due, inFlight, errors, sent] = [Date.now(), 0, 0, 0];
  const began = due;
  const ask = (at: number) =>
    new Promise<void>((resolve) => {
      const done = (failed: boolean) => {
        inFlight -= 1;
        if (failed) errors += 1;
        else times.push(Date.now() - at);
        resolve();
      };
      inFlight += 1;
      sent += 1;
      get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (answer) => {
        answer.resume();
        answer.once('end', () => done(answer.statusCode !== 200));
        answer.once('error', () => done(true));
      }).once('error', () => done(true));
    });
  const running: Promise<void>[] = [];
  while (due < until) {
    const now = Date.now();
    for (; due <= now && due < until; due += 1000 / rps) {
      if (inFlight < MAX_IN_FLIGHT) running.push(ask(due));
      else errors += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(running);
  agent.destroy();
  times.sort((a, b) => a - b);
  const percentile = (p: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? Number.NaN);
  return {
    statusRps: Math.round(((sent - errors) * 1000) / (Date.now() - began)),
    statusErrors: errors,
    statusMsP50: percentile(0.5),
    statusMsP99: percentile(0.99),
  };
}
