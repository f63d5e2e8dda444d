import { randomBytes } from 'node:crypto';
import type { Variant } from '../../observation.ts';
import { type Answer, begin } from '../ask.ts';
import type { Context } from '../context.ts';
import { baseHeaders } from '../headers.ts';
import { closeSession, type LegacySession, sessionHeaders } from '../wire-legacy.ts';
import { legacyList, variant } from './ask-list.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

/** The list asked for with a session id that the server cannot know, of the form it uses. */
export async function checkUnknownSession(context: Context, run: DeepRun, session: LegacySession): Promise<void> {
  if (session.sessionId === null) return;
  const unknown = { ...session, sessionId: lookalike(session.sessionId) };
  const result = await legacyList(unknown)(context, { note: 'unknown-session' });
  run.facts.unknownSession = variant(run, context, result, null);
}

/** Another id of the same shape: a server that checks the form first must get as far as looking it up. */
export function lookalike(id: string): string {
  const hex = /^[0-9a-f-]+$/i.test(id);
  const from = Math.floor(id.length / 2);
  const random = randomBytes(id.length);
  const pick = (alphabet: string, n: number): string => alphabet[(random[n] ?? 0) % alphabet.length] ?? '0';
  const made = [...id].map((char, n) => {
    if (n < from) return char;
    if (/\d/.test(char)) return pick('0123456789', n);
    if (/[a-z]/.test(char)) return pick(hex ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz', n);
    if (/[A-Z]/.test(char)) return pick(hex ? 'ABCDEF' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', n);
    return char;
  });
  const other = made.join('');
  return other === id ? `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}` : other;
}

/** Ends the session; a server that said yes must not know it afterwards (2025-11-25 transports, "Session Management" 3 and 5). */
export async function closeAndAsk(context: Context, run: DeepRun, session: LegacySession): Promise<void> {
  const close = await closeSession(context, session, true);
  if (close?.status == null || close.status < 200 || close.status >= 300 || run.limited || context.signal.aborted) return;
  const result = await legacyList(session)(context, { note: 'deleted-session' });
  run.facts.deletedSession = variant(run, context, result, `DELETE was answered ${close.status}`);
}

/**
 * The stream for messages of the server's own: an event stream or 405 ("Listening for Messages from the Server").
 * Never without the id of a session that the server minted: some servers open a session for it that nobody closes.
 */
export async function checkGetStream(
  context: Context,
  run: DeepRun,
  session: LegacySession,
  minted: boolean,
  readMs: number,
): Promise<Answer | null> {
  if (minted && session.sessionId === null) return null;
  let timer: NodeJS.Timeout | undefined;
  const stream = begin(context, {
    purpose: 'deep',
    note: 'get-stream',
    method: 'GET',
    url: session.url,
    headers: getHeaders(context, session),
    body: null,
    fresh: true,
    headOnly: () => {
      timer = setTimeout(() => stream.stop(), readMs);
      return false;
    },
  });
  const answer = await stream.answer;
  clearTimeout(timer);
  if (context.signal.aborted && answer.status === null) return null;
  const base: Variant = {
    exchange: answer.n,
    status: answer.status,
    ok: answer.status === 405 || (answer.status === 200 && answer.mediaType === 'text/event-stream'),
    error: null,
    note: null,
  };
  noteLimit(run, answer.status);
  run.facts.getStream = { ...base, mediaType: answer.mediaType, stream: answer.stream };
  return answer;
}

export function getHeaders(context: Context, session: LegacySession): Record<string, string> {
  return { accept: 'text/event-stream', 'cache-control': 'no-cache', ...baseHeaders(context, session.url), ...sessionHeaders(session) };
}
