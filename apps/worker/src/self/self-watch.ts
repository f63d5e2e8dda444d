import { randomUUID } from 'node:crypto';
import type { Db } from '@rollcall/db';
import { guardedRequest } from '@rollcall/net';
import type { Mailer } from '@rollcall/notify';
import type { Queues } from '@rollcall/queue';
import { type SelfReport, watchSelf } from '@rollcall/services';
import type { Logger } from 'pino';
import { type Loop, startLoop } from '../loop.ts';

const EVERY_MS = 15_000;
const HEARTBEAT_EVERY_MS = 60_000;

export interface SelfWatchOptions {
  readonly db: Db;
  readonly queues: Queues;
  readonly log: Logger;
  readonly mailer: Mailer;
  readonly publicUrl: string;
  /** Whom the installation tells of its own troubles; null: the log only. */
  readonly operatorEmail: string | null;
  /** Called every minute while all is well, so that somebody else notices when we fall silent; null: nobody. */
  readonly heartbeatUrl: string | null;
  readonly now?: () => Date;
}

/** One round: look, tell the operator, beat. Answers with what was found. */
export async function watchOnce(options: SelfWatchOptions, beat: boolean): Promise<SelfReport> {
  const now = options.now ?? (() => new Date());
  const waiting = async (region: string) => (await options.queues.probe(region).depth()).waiting;
  const report = await watchSelf(options.db, waiting, now());
  for (const problem of report.tell) options.log.error({ problem: problem.code, text: problem.text }, 'self.problem');
  for (const code of report.over) options.log.info({ problem: code }, 'self.problem_over');
  await tellOperator(options, report);
  if (beat && options.heartbeatUrl !== null && report.problems.length === 0) await sendHeartbeat(options, options.heartbeatUrl);
  return report;
}

async function tellOperator(options: SelfWatchOptions, { tell, over }: SelfReport): Promise<void> {
  const { operatorEmail, mailer, publicUrl, log } = options;
  if (operatorEmail === null || tell.length + over.length === 0) return;
  const lines = [...tell.map(({ code, text }) => `${code}: ${text}`), ...over.map((code) => `${code}: over`)];
  const subject =
    tell.length > 0 ? `Rollcall needs you: ${tell.map(({ code }) => code).join(', ')}` : `Rollcall is well again: ${over.join(', ')}`;
  const date = options.now?.() ?? new Date();
  const text = `${lines.join('\n')}\n\n${publicUrl}\n`;
  const html = `<ul>${lines.map((line) => `<li>${asHtml(line)}</li>`).join('')}</ul><p>${asHtml(publicUrl)}</p>`;
  const messageId = `<self-${date.getTime()}-${randomUUID()}@rollcall>`;
  await mailer
    .send({ from: mailer.from, to: [operatorEmail], subject, text, html, messageId, date, headers: { 'Auto-Submitted': 'auto-generated' } })
    .catch((error: unknown) => log.error({ err: error }, 'self.mail_failed'));
}

const asHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The operator's own address: it may be inside. */
async function sendHeartbeat({ log }: SelfWatchOptions, url: string): Promise<void> {
  await guardedRequest({ url, method: 'GET', headers: {}, timeoutMs: 10_000, maxBytes: 4096, policy: { allowPrivate: true } }).catch(
    (error: unknown) => log.warn({ err: error }, 'self.heartbeat_failed'),
  );
}

export function startSelfWatch(options: SelfWatchOptions): Loop {
  let lastBeat = 0;
  return startLoop({ name: 'self', everyMs: EVERY_MS, log: options.log }, async () => {
    const beat = Date.now() - lastBeat >= HEARTBEAT_EVERY_MS - EVERY_MS / 2;
    if (beat) lastBeat = Date.now();
    await watchOnce(options, beat);
    return false;
  });
}
