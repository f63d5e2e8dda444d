import { USER_AGENT_URL } from '../observe/headers.ts';
import { Redactor } from '../observe/redactor.ts';
import type { ProbeDeps } from '../types.ts';
import { createGuardedFetch, type GuardedFetch, type RecordedRequest } from './guarded-fetch.ts';
import { loadSdkClient, type OpenSession, type SdkSession } from './sdk-clients.ts';
import {
  SIMULATED_CLIENTS,
  type SimulatedClientId,
  type SimulationOptions,
  type SimulationResult,
  type SimulationTarget,
} from './types.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const CLOSING_MS = 3000;
const MAX_REQUESTS = 100;
const MAX_ERROR_CHARS = 500;
const CLIENT_INFO = { name: 'Rollcall', version: '0.1.0' };

export type SimulationDeps = Pick<ProbeDeps, 'policy' | 'resolve' | 'extraCa' | 'signal' | 'clientInfo'>;

/**
 * Runs the real SDK clients against an endpoint: connect() and the tool list, over our own guarded connections, one client after another.
 * Never throws for the target's fault. Whatever happens, each client ends by our clock, its session is closed and so are its sockets.
 */
export async function simulateClients(
  target: SimulationTarget,
  deps: SimulationDeps,
  options: SimulationOptions = {},
): Promise<SimulationResult[]> {
  const results: SimulationResult[] = [];
  for (const id of options.clients ?? SIMULATED_CLIENTS) {
    if (deps.signal?.aborted === true) break;
    results.push(await new Simulation(id, target, deps, options).run());
  }
  return results;
}

class Deadline extends Error {}

class Simulation {
  #id: SimulatedClientId;
  #target: SimulationTarget;
  #deps: SimulationDeps;
  #timeoutMs: number;
  #redactor = new Redactor();
  #requests: RecordedRequest[] = [];
  #headers: Record<string, string>;
  #net: GuardedFetch;
  #sessions: SdkSession[] = [];

  constructor(id: SimulatedClientId, target: SimulationTarget, deps: SimulationDeps, options: SimulationOptions) {
    this.#id = id;
    this.#target = target;
    this.#deps = deps;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#headers = ownHeaders(target, options.accessToken);
    for (const [name, value] of Object.entries(this.#headers)) this.#redactor.addHeader(name, value);
    if (URL.canParse(target.url)) this.#redactor.addUrl(new URL(target.url));
    const { name, version } = deps.clientInfo ?? CLIENT_INFO;
    this.#net = createGuardedFetch({
      policy: deps.policy,
      resolve: deps.resolve,
      extraCa: deps.extraCa,
      userAgent: `${name}/${version} (+${USER_AGENT_URL})`,
      firstByteMs: this.#timeoutMs + CLOSING_MS,
      maxRequests: MAX_REQUESTS,
      privateHeaders: new Set(Object.keys(this.#headers)),
      onRequest: (request) => this.#requests.push(request),
      onResponse: (headers) => this.#redactor.addSessionId(headers.get('mcp-session-id') ?? ''),
    });
  }

  async run(): Promise<SimulationResult> {
    const open = await loadSdkClient(this.#id);
    const from = performance.now();
    let tools: string[] | null = null;
    let error: unknown = null;
    try {
      tools = await this.#withinDeadline(this.#connectAndList(open));
    } catch (caught) {
      error = caught ?? new Error('unknown');
    }
    const ms = Math.round(performance.now() - from);
    await this.#end();
    return {
      client: this.#id,
      outcome: error === null ? 'works' : error instanceof Deadline ? 'hangs' : 'fails',
      error: error === null ? null : this.#redactor.head(textOf(error), MAX_ERROR_CHARS),
      tools,
      ms,
      requests: this.#requests.map(({ method, url, status }) => ({ method, url: this.#redactor.url(url), status })),
    };
  }

  async #connectAndList(open: OpenSession): Promise<string[]> {
    const url = new URL(this.#target.url);
    if (this.#target.transport === 'sse') return (await this.#connected(open, url, 'sse')).toolNames();
    let session: SdkSession;
    try {
      session = await this.#connected(open, url, 'streamable-http');
    } catch (error) {
      if (!this.#maySpeakSse()) throw error;
      session = await this.#connected(open, url, 'sse').catch(() => {
        throw error;
      });
    }
    return session.toolNames();
  }

  async #connected(open: OpenSession, url: URL, transport: 'streamable-http' | 'sse'): Promise<SdkSession> {
    const session = open(url, transport, { fetch: this.#net.fetch, headers: this.#headers });
    this.#sessions.push(session);
    await session.connect();
    return session;
  }

  /** 2025-11-25 transports, "Backwards Compatibility": a client whose POST is refused with 4xx tries the transport of 2024-11-05. */
  #maySpeakSse(): boolean {
    if (this.#target.transport !== 'auto' || this.#id === 'ts-client-v2-modern') return false;
    const status = this.#requests.findLast(({ method }) => method === 'POST')?.status ?? 0;
    return status >= 400 && status < 500 && status !== 401 && status !== 403 && status !== 429;
  }

  async #withinDeadline<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#deps;
    let timer: NodeJS.Timeout | undefined;
    let onAbort = (): void => {};
    const over = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(new Deadline('cancelled'));
      timer = setTimeout(() => reject(new Deadline(`no result within ${this.#timeoutMs} ms`)), this.#timeoutMs);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      work.catch(() => {});
    }
  }

  /** Sessions are closed on the server, then here, then every socket: each within its own few seconds. */
  async #end(): Promise<void> {
    await atMost(CLOSING_MS, Promise.allSettled(this.#sessions.map((session) => session.terminate())));
    await atMost(CLOSING_MS, Promise.allSettled(this.#sessions.map((session) => session.close())));
    this.#net.close();
  }
}

function ownHeaders(target: SimulationTarget, accessToken: string | undefined): Record<string, string> {
  const headers = Object.fromEntries(Object.entries(target.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const token = accessToken ?? (target.auth.type === 'bearer' ? target.auth.token : null);
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  return headers;
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

/** The error and what caused it, whose codes are what one looks for. */
function textOf(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error && parts.length < 5; at = at.cause) {
    const text = at.message || at.name;
    if (!parts.some((part) => part.includes(text))) parts.push(text);
  }
  return parts.length > 0 ? parts.join(': ') : String(error);
}
