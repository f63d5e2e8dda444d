import type { CallFacts, LegacyFacts, ModernFacts, SseFacts } from '../observation.ts';
import { callSucceeded } from './call.ts';
import { type Context, remainingMs } from './context.ts';
import { runLegacy } from './wire-legacy.ts';
import { runModern } from './wire-modern.ts';
import { runSse } from './wire-sse.ts';

export interface Wires {
  modern: ModernFacts | null;
  legacy: LegacyFacts | null;
  sse: SseFacts | null;
}

const NO_WIRES: Wires = { modern: null, legacy: null, sse: null };
/** A server that chokes on server/discover must leave time for initialize. */
const DISCOVER_SHARE = 1 / 3;

/** Talks to the endpoint over the wires that its settings allow, in the order of the specification's backward-compatibility clauses. */
export async function runWires(context: Context): Promise<Wires> {
  const { hint, deep } = context.target;
  if (hint !== null && !deep && hintAllowed(context)) {
    const wires = await runHinted(context);
    if (!misfits(wires)) return wires;
    context.connections.forget();
  }
  return detect(context);
}

function hintAllowed(context: Context): boolean {
  const { hint, transport, era } = context.target;
  if (hint === null) return false;
  return (transport === 'auto' || transport === hint.transport) && (era === 'auto' || era === hint.era || hint.transport === 'sse');
}

async function runHinted(context: Context): Promise<Wires> {
  const { hint } = context.target;
  if (hint?.transport === 'sse') return { ...NO_WIRES, sse: await runSse(context, context.url) };
  if (hint?.era === 'modern') return { ...NO_WIRES, modern: await runModern(context, context.url) };
  return { ...NO_WIRES, legacy: (await runLegacy(context, context.url)).facts };
}

/** The server answers, but no longer in the way it did: worth asking again from the start. A dead or guarded server is not. */
function misfits(wires: Wires): boolean {
  if (wires.sse !== null) {
    const { status, endpoint } = wires.sse;
    return endpoint === null && status !== null && ![401, 403, 429].includes(status) && status < 500;
  }
  const first = wires.modern?.discover ?? wires.legacy?.initialize;
  if (first === undefined || first.status === null || callSucceeded(first, false))
    return wires.modern !== null && wires.modern.protocolVersion === null && first?.status === 200;
  return first.status < 500 && ![401, 403, 429].includes(first.status);
}

async function detect(context: Context): Promise<Wires> {
  const { transport, era } = context.target;
  const wires: Wires = { ...NO_WIRES };
  if (transport === 'sse') {
    wires.sse = await runSse(context, context.url);
    return wires;
  }
  if (era !== 'legacy') {
    wires.modern = await runModern(context, context.url, era === 'auto' ? { firstByteMs: remainingMs(context) * DISCOVER_SHARE } : {});
    if (era === 'modern' || !worthAnother(context, wires.modern.discover)) return wires;
  }
  wires.legacy = (await runLegacy(context, context.url)).facts;
  if (transport === 'auto' && mayBeSse(wires.legacy.initialize)) wires.sse = await runSse(context, context.url);
  return wires;
}

/** Whether a different question may get further: not when nobody could be reached, nor when sign-in comes first. */
function worthAnother(context: Context, discover: CallFacts): boolean {
  const phase = context.recorder.failedIn(discover.exchange);
  if (discover.status === null) return (phase === 'timeout' || phase === 'http') && context.recorder.reached(discover.exchange);
  return discover.status !== 401 && discover.status !== 429;
}

/** 2025-11-25 transports, "Backwards Compatibility": initialize refused with 400, 404 or 405 may mean the transport of 2024-11-05. */
function mayBeSse(initialize: CallFacts): boolean {
  const { status, parse, outcome } = initialize;
  if (status === null) return false;
  if ([400, 404, 405, 406, 415, 422].includes(status)) return true;
  // An event stream that answers a POST with the old greeting, or a page where the stream lives elsewhere.
  return status === 200 && parse !== 'ok' && outcome === null;
}
