import type { CallFacts, LegacyFacts, ListFacts, ModernFacts, Observation, ServerFacts, SseFacts } from '../observation.ts';
import { callSucceeded } from '../observe/call.ts';
import type { Facts, Wire } from './rule.ts';

export function factsOf(o: Observation): Facts {
  const working = new Set<Wire>();
  if (modernWorks(o.modern)) working.add('modern');
  if (legacyWorks(o.legacy)) working.add('legacy');
  if (sseWorks(o.sse)) working.add('sse');
  const primary = choosePrimary(o, working);
  const calls = primary === null ? [] : callsOf(o, primary);
  const noTools = primary !== null && offersNoTools(listOf(o, primary), serverOf(o, primary));
  return {
    o,
    exchange: (n) => (n === null || n === undefined ? undefined : o.exchanges.find((exchange) => exchange.n === n)),
    working,
    primary,
    first: calls[0] ?? null,
    failing: calls.find((call) => !succeeded(call, primary) && !(noTools && call.method === 'tools/list')) ?? null,
  };
}

function succeeded(call: CallFacts, wire: Wire | null): boolean {
  const notification = call.method.startsWith('notifications/');
  return callSucceeded(call, notification) && (wire !== 'sse' || notification || call.channel === 'stream');
}

/** Every JSON-RPC call of a wire, in order. */
export function callsOf(o: Observation, wire: Wire): CallFacts[] {
  switch (wire) {
    case 'modern':
      return o.modern === null ? [] : [o.modern.discover, ...(o.modern.list?.calls ?? [])];
    case 'legacy':
      return o.legacy === null ? [] : present([o.legacy.initialize, o.legacy.initialized, ...(o.legacy.list?.calls ?? [])]);
    case 'sse':
      return o.sse === null ? [] : present([o.sse.initialize, o.sse.initialized, ...(o.sse.list?.calls ?? [])]);
  }
}

export function listOf(o: Observation, wire: Wire): ListFacts | null {
  switch (wire) {
    case 'modern':
      return o.modern?.list ?? null;
    case 'legacy':
      return o.legacy?.list ?? null;
    case 'sse':
      return o.sse?.list ?? null;
  }
}

export function serverOf(o: Observation, wire: Wire): ServerFacts | null {
  switch (wire) {
    case 'modern':
      return o.modern?.server ?? null;
    case 'legacy':
      return o.legacy?.server ?? null;
    case 'sse':
      return o.sse?.server ?? null;
  }
}

function present<T>(items: readonly (T | null)[]): T[] {
  return items.filter((item): item is T => item !== null);
}

/**
 * A server that declares no tools need not know the method (2025-11-25 and 2026-07-28 server/tools, "Capabilities"): its list is empty,
 * not broken.
 */
export function offersNoTools(list: ListFacts | null, server: ServerFacts | null): boolean {
  const [call] = list?.calls ?? [];
  return call?.error?.code === -32601 && list?.calls.length === 1 && server !== null && server.capabilities['tools'] === undefined;
}

function listWorks(list: ListFacts | null, server: ServerFacts | null): boolean {
  if (offersNoTools(list, server)) return true;
  return (
    list !== null &&
    list.endedBy !== 'failed' &&
    list.endedBy !== 'deadline' &&
    !list.problems.some((p) => p.problem === 'result_not_object')
  );
}
export function modernWorks(modern: ModernFacts | null): boolean {
  return modern !== null && modern.protocolVersion !== null && listWorks(modern.list, modern.server);
}
export function legacyWorks(legacy: LegacyFacts | null): boolean {
  if (legacy === null || legacy.result === null) return false;
  return (
    legacy.result.problems.length === 0 &&
    legacy.initialized !== null &&
    callSucceeded(legacy.initialized, true) &&
    listWorks(legacy.list, legacy.server)
  );
}
export function sseWorks(sse: SseFacts | null): boolean {
  if (sse === null || sse.result === null) return false;
  return (
    sse.result.problems.length === 0 && sse.initialized !== null && callSucceeded(sse.initialized, true) && listWorks(sse.list, sse.server)
  );
}

/** The server spoke 2026-07-28, in an answer or in an error that only that revision has. */
export function speaksModern(o: Observation): boolean {
  const { modern } = o;
  if (modern === null) return false;
  if (modern.result !== null) return true;
  const { status, error } = modern.discover;
  if (status !== 400 || error === null || error.code === null) return false;
  if ([-32020, -32021, -32022].includes(error.code)) return true;
  return error.code === -32602 && /_meta|io\.modelcontextprotocol/i.test(error.message);
}

function choosePrimary(o: Observation, working: ReadonlySet<Wire>): Wire | null {
  if (working.has('legacy')) return 'legacy';
  if (working.has('modern')) return 'modern';
  if (working.has('sse')) return 'sse';
  if (o.target.transport === 'sse' && o.sse !== null) return 'sse';
  if (o.sse !== null && (o.sse.endpoint !== null || opensStream(o) || guardsStream(o))) return 'sse';
  if (o.legacy !== null && callSucceeded(o.legacy.initialize, false)) return 'legacy';
  if (speaksModern(o)) return 'modern';
  if (o.legacy !== null) return 'legacy';
  if (o.modern !== null) return 'modern';
  return o.sse === null ? null : 'sse';
}

/** HTTP+SSE behind a sign-in: no POST is known there, and the GET that opens the stream asks for credentials. */
function guardsStream({ sse, legacy }: Observation): boolean {
  return sse?.status === 401 && legacy !== null && [404, 405].includes(legacy.initialize.status ?? 0) && legacy.initialize.parse !== 'ok';
}

/** The GET of HTTP+SSE got an event stream, or nothing at all where a POST was answered: the stream is there, something holds it back. */
function opensStream(o: Observation): boolean {
  const { sse } = o;
  if (sse === null) return false;
  if (sse.status === 200 && sse.mediaType === 'text/event-stream') return true;
  return sse.status === null && o.legacy?.initialize.status !== null && /\/sse\/?$/.test(o.target.path);
}
