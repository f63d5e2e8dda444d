import { Connections, Cutoff, NetError, parseTargetUrl } from '@rollcall/net';
import { OBSERVATION_SCHEMA, type Observation, type TargetFacts } from '../observation.ts';
import type { ProbeDeps, ProbeTarget } from '../types.ts';
import { needsAuthChain, walkAuthChain } from './auth-chain.ts';
import { type Context, DEFAULT_DEADLINES, deadlineError } from './context.ts';
import { runDeep } from './deep/run-deep.ts';
import type { Wires } from './detect.ts';
import { dnsFacts, tlsFacts } from './dns-facts.ts';
import { fetchIssuer } from './issuer.ts';
import { runSignedIn } from './oauth.ts';
import { Recorder } from './recorder.ts';
import { Redactor, textsOf } from './redactor.ts';
import { round } from './sse-reader.ts';
import { clientSecrets } from './token-request.ts';

const CLIENT_INFO = { name: 'Rollcall', version: '0.1.0' };

type Parts = Pick<
  Observation,
  'ended' | 'urlProblem' | 'internalError' | 'dns' | 'tls' | 'modern' | 'legacy' | 'sse' | 'toolCall' | 'credential' | 'auth' | 'deep'
>;

const NOTHING: Parts = {
  ended: 'done',
  urlProblem: null,
  internalError: null,
  dns: null,
  tls: null,
  modern: null,
  legacy: null,
  sse: null,
  credential: null,
  auth: null,
  deep: null,
};

/** One probe: all I/O, facts only. Never throws for the target's fault; whatever happens, sessions and sockets are closed. */
export async function observe(target: ProbeTarget, deps: ProbeDeps): Promise<Observation> {
  const startedAt = new Date();
  const from = performance.now();
  const redactor = new Redactor();
  addTargetSecrets(redactor, target);
  const recorder = new Recorder();
  const parsed = parse(target.url);
  if (parsed.url !== null) redactor.addUrl(parsed.url);
  const finish = (parts: Parts, context: Context | null): Observation => ({
    schema: OBSERVATION_SCHEMA,
    url: redactor.url(target.url.slice(0, 2048)),
    startedAt: startedAt.toISOString(),
    durationMs: round(performance.now() - from),
    region: target.region,
    target: targetFacts(target, parsed.url, deps),
    ...redacted(parts, redactor),
    exchanges: recorder.finish(redactor),
    steps: context?.steps ?? [],
  });
  if (parsed.url === null) return finish({ ...NOTHING, ended: 'refused', urlProblem: parsed.problem }, null);
  const deadline = new Cutoff();
  const timer = setTimeout(() => deadline.abort(deadlineError()), target.timeoutMs);
  const onAbort = (): void => deadline.abort(deps.signal?.reason);
  if (deps.signal?.aborted === true) onAbort();
  deps.signal?.addEventListener('abort', onAbort);
  const deadlines = { ...DEFAULT_DEADLINES, ...deps.deadlines };
  const context: Context = {
    target,
    url: parsed.url,
    policy: deps.policy,
    deps,
    deadlines,
    connections: new Connections({
      policy: deps.policy,
      ...deadlines,
      resolve: deps.resolve,
      extraCa: deps.extraCa,
      wholeChain: target.deep,
      signal: deadline,
    }),
    recorder,
    redactor,
    signal: deadline,
    clientInfo: deps.clientInfo ?? CLIENT_INFO,
    startedAt: from,
    deadlineAt: from + target.timeoutMs,
    steps: [],
    firstDial: null,
    toolCall: null,
    bearer: target.auth.type === 'bearer' ? target.auth.token : null,
  };
  try {
    const parts = await gather(context);
    const ended = deps.signal?.aborted === true ? 'aborted' : deadline.aborted ? 'deadline' : 'done';
    return finish({ ...parts, ended }, context);
  } catch (error) {
    // Ours: the wires turn every fault of the target into facts.
    const name = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    return finish({ ...NOTHING, ended: 'internal', internalError: name.slice(0, 300), dns: dnsFacts(context.firstDial) }, context);
  } finally {
    clearTimeout(timer);
    deps.signal?.removeEventListener('abort', onAbort);
    context.connections.close();
  }
}

async function gather(context: Context): Promise<Parts> {
  const { wires, credential, chain } = await runSignedIn(context);
  const auth = chain ?? (needsAuthChain(context, wires) ? await walkAuthChain(context, wires) : null);
  const deep = context.target.deep && !context.signal.aborted ? await runDeep(context, wires) : null;
  const issuerFetch = await fetchIssuer(context);
  return {
    ...NOTHING,
    ...wiresOnly(wires),
    ...(context.toolCall === null ? {} : { toolCall: context.toolCall }),
    dns: dnsFacts(context.firstDial),
    tls: tlsFacts(context.firstDial, issuerFetch),
    credential,
    auth,
    deep,
  };
}

function wiresOnly(wires: Wires): Pick<Parts, 'modern' | 'legacy' | 'sse'> {
  return { modern: wires.modern, legacy: wires.legacy, sse: wires.sse };
}

function parse(text: string): { url: URL; problem: null } | { url: null; problem: NonNullable<Observation['urlProblem']> } {
  try {
    return { url: parseTargetUrl(text), problem: null };
  } catch (error) {
    if (/^wss?:/i.test(text)) return { url: null, problem: 'websocket' };
    const code = error instanceof NetError ? error.code : 'url_malformed';
    return { url: null, problem: code === 'url_scheme' ? 'scheme' : code === 'url_credentials' ? 'credentials' : 'malformed' };
  }
}

function addTargetSecrets(redactor: Redactor, target: ProbeTarget): void {
  for (const [name, value] of Object.entries(target.headers)) redactor.addHeader(name, value);
  if (target.auth.type === 'bearer') redactor.addSecret(target.auth.token);
  if (target.auth.type === 'oauth') for (const secret of clientSecrets(target.auth)) redactor.addSecret(secret);
}

function targetFacts(target: ProbeTarget, url: URL | null, deps: ProbeDeps): TargetFacts {
  const host = url === null ? '' : url.hostname.replace(/^\[|\]$/g, '');
  return {
    transport: target.transport,
    era: target.era,
    deep: target.deep,
    timeoutMs: target.timeoutMs,
    authType: target.auth.type,
    headerNames: Object.keys(target.headers),
    hint: target.hint,
    expect: target.expect,
    baseline: target.baseline,
    ...(target.overrides === undefined || target.overrides.length === 0 ? {} : { overrides: target.overrides }),
    scheme: url?.protocol.replace(':', '') ?? '',
    host,
    port: url === null ? 0 : url.port !== '' ? Number(url.port) : url.protocol === 'https:' ? 443 : 80,
    path: url?.pathname ?? '',
    literal: /^[\d.]+$/.test(host) || host.includes(':'),
    allowPrivate: deps.policy.allowPrivate,
  };
}

function redacted(parts: Parts, redactor: Redactor): Parts {
  const texts = textsOf(parts);
  if (!texts.own.includes('?') && !texts.own.includes('://')) return redactor.deep(parts, texts);
  // Redirect targets and metadata addresses carry query strings of their own.
  return redactor.deep(mapStrings(parts, (text) => (mayCarryQuery(text) ? redactor.url(text) : text)) as Parts);
}

function mayCarryQuery(text: string): boolean {
  return text.includes('?') || (text.includes('://') && /^[a-z][a-z0-9+.-]*:\/\//i.test(text));
}

function mapStrings(value: unknown, map: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return value.length < MAX_MAPPED_CHARS ? map(value) : value;
  if (typeof value !== 'object' || value === null || depth > 100) return value;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, SERVERS_OWN.has(key) ? item : mapStrings(item, map, depth + 1)]),
  );
}

const MAX_MAPPED_CHARS = 4096;
// Tool objects are the server's own text: only its known secrets are taken out of them.
const SERVERS_OWN = new Set(['definitions', 'names', 'target']);
