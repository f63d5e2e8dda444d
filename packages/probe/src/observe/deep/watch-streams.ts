import { ask } from '../ask.ts';
import { callSucceeded } from '../call.ts';
import type { Context } from '../context.ts';
import { isObject } from '../json.ts';
import { closeSession, notifyInitialized, openSession } from '../wire-legacy.ts';
import { landing } from './ask-list.ts';
import type { DeepRun } from './deep-run.ts';
import { getHeaders } from './session.ts';
import { compareStreamEncodings, openLegacyStream, openListen, watchIdle } from './streams.ts';

interface Where {
  readonly legacyUrl: URL;
  readonly modernUrl: URL;
  readonly legacyLists: boolean;
  readonly modernLists: boolean;
}

/** The one stream of the server that clients keep open longest. */
export async function watchStreams(context: Context, run: DeepRun, where: Where): Promise<void> {
  const { modern, sse } = run.wires;
  const get = run.facts.getStream;
  if (sse !== null && sse.status === 200 && sse.mediaType === 'text/event-stream') {
    await watchLegacyStream(context, run, landing(context.url, sse.redirects), sse.endpoint === null || sse.endpoint.ms > 2000);
  } else if (where.legacyLists && get?.status === 200 && get.mediaType === 'text/event-stream') {
    await watchGetStream(context, run, where.legacyUrl);
  } else if (where.modernLists && announcesChanges(modern?.server?.capabilities)) {
    await watchIdle(context, run, 'listen', openListen(context, where.modernUrl));
  }
}

async function watchLegacyStream(context: Context, run: DeepRun, url: URL, late: boolean): Promise<void> {
  const opening = openLegacyStream(context, url);
  if (late) {
    const compressed = await ask(context, {
      ...opening,
      purpose: 'deep',
      note: 'compressed',
      fresh: true,
      bodyMs: 5000,
      onEvent: () => 'enough',
    });
    await compareStreamEncodings(context, run, opening, compressed);
  }
  if (run.wires.sse?.endpoint != null && !context.signal.aborted) await watchIdle(context, run, 'sse', opening);
}

async function watchGetStream(context: Context, run: DeepRun, url: URL): Promise<void> {
  const { session, initialize } = await openSession(context, url, { deep: 'idle', fresh: true });
  try {
    if (!callSucceeded(initialize.facts, false)) return;
    await notifyInitialized(context, session, 'idle');
    if (context.signal.aborted) return;
    await watchIdle(context, run, 'get', { method: 'GET', url: session.url, headers: getHeaders(context, session), body: null });
  } finally {
    await closeSession(context, session, true);
  }
}

function announcesChanges(capabilities: unknown): boolean {
  const tools = isObject(capabilities) ? capabilities['tools'] : undefined;
  return isObject(tools) && tools['listChanged'] === true;
}
