import type { Report } from '@rollcall/contracts';
import { type HostReach, isCutOff, REACH_WINDOW_MS } from '@rollcall/core';
import { type AddressPolicy, guardedRequest } from '@rollcall/net';

/** Causes that our own broken line would have, too: no answer of any kind came back. */
const NOBODY_ANSWERED = new Set(['dns.nxdomain', 'dns.servfail', 'tcp.timeout', 'probe.timeout', 'tls.handshake_failed', 'prober.offline']);
const CANARY_TIMEOUT_MS = 3000;
const CANARY_KEPT_MS = 5000;
const MAX_HOSTS = 20_000;

export interface ReachOptions {
  /** Addresses that answer whenever our own line works; none: no failure is taken for our own. */
  readonly canaries: readonly string[];
  readonly policy: AddressPolicy;
  /** Told when it changes, and again while cut off. */
  readonly onChange: (offline: boolean) => Promise<void>;
  readonly now?: () => Date;
}

/** The prober's watch over its own way out. */
export interface Reach {
  /** The report as it may be recorded: what our own outage explains becomes `prober.offline`. */
  judge(report: Report): Promise<Report>;
}

export function createReach(options: ReachOptions): Reach {
  const now = options.now ?? (() => new Date());
  const hosts = new Map<string, HostReach>();
  let offline = false;
  let canary: { at: number; reachable: Promise<boolean> } | null = null;

  const reachable = async (): Promise<boolean | null> => {
    if (options.canaries.length === 0) return null;
    const at = now().getTime();
    if (canary === null || at - canary.at > CANARY_KEPT_MS) canary = { at, reachable: anyAnswers(options.canaries, options.policy) };
    return canary.reachable;
  };

  return {
    async judge(report) {
      const at = now().getTime();
      const host = URL.canParse(report.url) ? new URL(report.url).host : report.url;
      const lost = report.cause !== null && NOBODY_ANSWERED.has(report.cause.code);
      const former = hosts.get(host);
      hosts.delete(host);
      hosts.set(host, {
        at,
        reached: !lost,
        reachedBefore: former === undefined ? false : former.reached || (former.reachedBefore && lost),
      });
      if (hosts.size > MAX_HOSTS) for (const [name, { at: seen }] of hosts) if (at - seen > REACH_WINDOW_MS) hosts.delete(name);
      const cutOff = lost && isCutOff(hosts.values(), await reachable(), at);
      if (cutOff || (offline && !lost)) {
        offline = cutOff;
        await options.onChange(offline);
      }
      return cutOff ? asOffline(report) : report;
    },
  };
}

async function anyAnswers(urls: readonly string[], policy: AddressPolicy): Promise<boolean> {
  const ask = (url: string) =>
    guardedRequest({ url, method: 'GET', headers: {}, timeoutMs: CANARY_TIMEOUT_MS, maxBytes: 1024, policy }).then(() => true);
  return Promise.any(urls.map(ask)).catch(() => false);
}

/** The same report, saying that nothing is known of the endpoint. */
function asOffline(report: Report): Report {
  const seen = report.cause;
  return {
    ...report,
    verdict: 'unknown',
    cause: {
      code: 'prober.offline',
      layer: 'prober',
      severity: 'notice',
      confidence: 'certain',
      title: 'The prober itself is cut off',
      explanation: 'The prober cannot reach its canary, nor most of the hosts that it reached before. Nothing is known of the endpoint.',
      evidence: { seen: seen?.code ?? null },
      fixes: [],
      references: [],
      docs: '/docs/causes/prober.offline',
    },
    findings: [],
    clients: report.clients.map((client) => ({ ...client, verdict: 'unknown', because: 'prober.offline' })),
  };
}
