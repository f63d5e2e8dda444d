import { Cutoff } from '@rollcall/net';
import type { LegacyFacts, ListFacts, SessionFacts } from '../observation.ts';
import { ask } from './ask.ts';
import { type CallResult, call, callSucceeded } from './call.ts';
import { callTool, TOOL_CALL_ID } from './call-tool.ts';
import { addStep, type Context } from './context.ts';
import { postHeaders, sendableHeader } from './headers.ts';
import { collectTools } from './list.ts';
import { readInitialize } from './server-facts.ts';
import { LATEST_LEGACY_VERSION } from './versions.ts';

const CLOSE_MS = 3000;

export interface LegacySession {
  readonly url: URL;
  readonly sessionId: string | null;
  readonly protocolVersion: string | null;
}

export interface LegacyRun {
  readonly facts: LegacyFacts;
  readonly initialize: CallResult;
  readonly session: LegacySession;
}

/** Streamable HTTP of 2025-03-26 … 2025-11-25: initialize, initialized, tools/list, DELETE. The session is closed whatever happens. */
export async function runLegacy(context: Context, url: URL, options: { firstByteMs?: number } = {}): Promise<LegacyRun> {
  const opened = await openSession(context, url, options);
  const { initialize, session } = opened;
  let facts: LegacyFacts = { ...opened.facts };
  try {
    if (callSucceeded(initialize.facts, false)) {
      const initialized = await notifyInitialized(context, session);
      facts = { ...facts, initialized: initialized.facts };
      const list = await listTools(context, session);
      facts = { ...facts, list };
      await callLegacyTool(context, session, list);
    }
  } finally {
    facts = { ...facts, close: await closeSession(context, session) };
  }
  return { facts, initialize, session };
}

export async function openSession(
  context: Context,
  url: URL,
  options: { firstByteMs?: number; version?: string; deep?: string; fresh?: boolean; family?: 4 | 6 | undefined } = {},
): Promise<LegacyRun> {
  const requestedVersion = options.version ?? LATEST_LEGACY_VERSION;
  const initialize = await call(context, {
    purpose: options.deep === undefined ? 'initialize' : 'deep',
    note: options.deep,
    rpcMethod: 'initialize',
    id: 1,
    params: { protocolVersion: requestedVersion, capabilities: {}, clientInfo: { ...context.clientInfo } },
    url,
    headers: (hop) => postHeaders(context, hop),
    firstByteMs: options.firstByteMs,
    fresh: options.fresh,
    family: options.family,
    silent: options.deep !== undefined,
  });
  const raw = initialize.answer.headers['mcp-session-id'];
  if (raw !== undefined) context.redactor.addSessionId(raw);
  const succeeded = callSucceeded(initialize.facts, false);
  const read = succeeded ? readInitialize(initialize.result, requestedVersion) : null;
  return {
    initialize,
    session: {
      url: initialize.url,
      sessionId: raw !== undefined && sendableHeader(raw) ? raw : null,
      protocolVersion: read?.facts.protocolVersion ?? null,
    },
    facts: {
      initialize: initialize.facts,
      result: read?.facts ?? null,
      server: read?.server ?? null,
      session: initialize.facts.status === null ? null : sessionFacts(raw),
      initialized: null,
      list: null,
      close: null,
    },
  };
}

function sessionFacts(raw: string | undefined): SessionFacts {
  return { present: raw !== undefined, length: raw?.length ?? 0, valid: raw === undefined || /^[\x21-\x7e]+$/.test(raw) };
}

export function sessionHeaders(session: LegacySession): Record<string, string> {
  return {
    ...(session.protocolVersion !== null && sendableHeader(session.protocolVersion)
      ? { 'mcp-protocol-version': session.protocolVersion }
      : {}),
    ...(session.sessionId === null ? {} : { 'mcp-session-id': session.sessionId }),
  };
}

export function notifyInitialized(context: Context, session: LegacySession, deep?: string): Promise<CallResult> {
  return call(context, {
    purpose: deep === undefined ? 'initialized' : 'deep',
    note: deep,
    fresh: deep !== undefined,
    silent: deep !== undefined,
    rpcMethod: 'notifications/initialized',
    id: null,
    params: undefined,
    url: session.url,
    headers: (hop) => postHeaders(context, hop, sessionHeaders(session)),
  });
}

function callLegacyTool(context: Context, session: LegacySession, list: ListFacts): Promise<void> {
  return callTool(
    context,
    'legacy',
    list,
    ({ params, firstByteMs }) =>
      call(context, {
        purpose: 'tools/call',
        rpcMethod: 'tools/call',
        id: TOOL_CALL_ID,
        params,
        url: session.url,
        headers: (hop) => postHeaders(context, hop, sessionHeaders(session)),
        firstByteMs,
      }),
    ({ facts }) => callSucceeded(facts, false),
  );
}

function listTools(context: Context, session: LegacySession) {
  return collectTools(
    'legacy',
    (cursor, page) =>
      call(context, {
        purpose: 'tools/list',
        rpcMethod: 'tools/list',
        id: page + 1,
        params: cursor === null ? {} : { cursor },
        url: session.url,
        headers: (hop) => postHeaders(context, hop, sessionHeaders(session)),
      }),
    () => context.signal.aborted,
  );
}

/** DELETE also after the deadline: a probe must not leave sessions behind. Its own timer is short. */
export async function closeSession(
  context: Context,
  session: LegacySession,
  silent = false,
  family?: 4 | 6,
): Promise<LegacyFacts['close']> {
  if (session.sessionId === null) return null;
  const from = performance.now();
  const deadline = new Cutoff();
  const timer = setTimeout(() => deadline.abort(), CLOSE_MS);
  const answer = await ask(context, {
    purpose: 'close',
    method: 'DELETE',
    url: session.url,
    headers: { ...postHeaders(context, session.url, sessionHeaders(session)) },
    body: null,
    ...(family === undefined ? {} : { fresh: true, family }),
    signal: deadline,
    firstByteMs: 0,
    bodyMs: 2000,
  });
  clearTimeout(timer);
  const ok = answer.status !== null && ((answer.status >= 200 && answer.status < 300) || answer.status === 405 || answer.status === 404);
  if (!silent) addStep(context, 'close', performance.now() - from, ok);
  return { exchange: answer.n, status: answer.status };
}
