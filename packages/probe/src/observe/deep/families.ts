import { hasIpv6Route } from '@rollcall/net';
import type { FamilyLeg } from '../../observation.ts';
import { type Answer, ask } from '../ask.ts';
import { type CallResult, call, callSucceeded } from '../call.ts';
import type { Context } from '../context.ts';
import { baseHeaders } from '../headers.ts';
import { isObject } from '../json.ts';
import { round } from '../sse-reader.ts';
import { closeSession, openSession } from '../wire-legacy.ts';
import { modernHeaders, modernMeta } from '../wire-modern.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

export type Wire = 'modern' | 'legacy' | 'sse';

/** Each address family alone: Happy Eyeballs hides a dead one from every other check. Only for a name that has both. */
export async function checkFamilies(context: Context, run: DeepRun, wire: Wire): Promise<void> {
  const addresses = context.firstDial?.addresses ?? [];
  const six = addresses.find(({ family }) => family === 6);
  if (six === undefined) return;
  run.facts.ipv6Vantage = await hasIpv6Route(six.address === '::1' ? six.address : undefined);
  if (!addresses.some(({ family }) => family === 4)) return;
  run.facts.ipv4 = await leg(context, wire, 4);
  noteLimit(run, run.facts.ipv4?.status ?? null);
  if (run.limited) return;
  run.facts.ipv6 = await leg(context, wire, 6);
  noteLimit(run, run.facts.ipv6?.status ?? null);
}

/** One cheap question. `ok`: an HTTP answer came, whatever it says; what differs between the two is for the rules. */
async function leg(context: Context, wire: Wire, family: 4 | 6): Promise<FamilyLeg | null> {
  const from = performance.now();
  const { answer, serverName } = await question(context, wire, family);
  if (context.signal.aborted) return null;
  return {
    exchange: answer.n,
    ok: answer.status !== null,
    error: answer.status === null ? (answer.failure?.code ?? 'unknown') : null,
    phase: answer.status === null ? (answer.failure?.phase ?? null) : null,
    status: answer.status,
    certificateSha256: answer.dial?.tls?.leaf?.sha256 ?? null,
    serverName,
    ms: round(performance.now() - from),
  };
}

async function question(context: Context, wire: Wire, family: 4 | 6): Promise<{ answer: Answer; serverName: string | null }> {
  const note = `ipv${family}`;
  if (wire === 'legacy') {
    const { initialize, session, facts } = await openSession(context, context.url, { deep: note, fresh: true, family });
    await closeSession(context, session, true, family);
    return { answer: initialize.answer, serverName: facts.server?.name ?? null };
  }
  if (wire === 'modern') {
    const discover = await call(context, {
      purpose: 'deep',
      note,
      rpcMethod: 'server/discover',
      id: 'd1',
      params: { _meta: modernMeta(context) },
      url: context.url,
      headers: (hop) => modernHeaders(context, hop, 'server/discover'),
      fresh: true,
      family,
      silent: true,
    });
    return { answer: discover.answer, serverName: nameIn(discover) };
  }
  const answer = await ask(context, {
    purpose: 'deep',
    note,
    method: 'GET',
    url: context.url,
    headers: { accept: 'text/event-stream', ...baseHeaders(context, context.url) },
    body: null,
    fresh: true,
    family,
    headOnly: () => true,
  });
  return { answer, serverName: null };
}

function nameIn(discover: CallResult): string | null {
  if (!callSucceeded(discover.facts, false) || !isObject(discover.result)) return null;
  const meta = discover.result['_meta'];
  const info = isObject(meta) ? meta['io.modelcontextprotocol/serverInfo'] : undefined;
  return isObject(info) && typeof info['name'] === 'string' ? info['name'].slice(0, 256) : null;
}
