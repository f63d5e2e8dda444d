import { callsOf } from './facts.ts';
import type { Facts, Hit, Rule } from './rule.ts';

/** The shortest list timeout reported of a shipping client; the hard line of others is 30 s and 60 s. */
const SLOW_MS = 10_000;
const COLD_START_MS = 3000;

/** Handshake and list of the primary wire, as a client waits for them. */
export function handshakeMs({ o, primary }: Facts): number | null {
  if (primary === null) return null;
  const calls = callsOf(o, primary).filter((call) => !call.method.startsWith('notifications/'));
  if (calls.length === 0) return null;
  return calls.reduce((sum, call) => sum + call.ms, 0) + (primary === 'sse' ? (o.sse?.endpoint?.ms ?? 0) : 0);
}

const slow: Rule = (facts) => {
  if (facts.working.size === 0) return null;
  const ms = handshakeMs(facts);
  if (ms === null) return null;
  const hits: Hit[] = [];
  const budget = facts.o.target.expect.latencyMs;
  if (budget !== undefined && ms > budget) hits.push({ code: 'expect.latency', evidence: { expectedMs: budget, ms: Math.round(ms) } });
  if (ms > SLOW_MS) hits.push({ code: 'latency.slow', evidence: { ms: Math.round(ms), limitMs: SLOW_MS } });
  const calls = facts.primary === null ? [] : callsOf(facts.o, facts.primary);
  const [first, ...rest] = calls;
  // Which request woke the server: the very first of the probe, whatever it asked. One that was never answered woke nobody.
  const { discover } = facts.o.modern ?? {};
  const opening = Math.max(first?.ms ?? 0, discover == null || discover.status === null ? 0 : discover.ms);
  const later = rest.length === 0 ? null : Math.max(...rest.map((call) => call.ms));
  if (ms <= SLOW_MS && opening > COLD_START_MS && later !== null && later < opening / 5) {
    hits.push({ code: 'latency.cold_start', evidence: { firstMs: Math.round(opening), laterMs: Math.round(later) } });
  }
  return hits;
};

const expectations: Rule = ({ o, primary }) => {
  const { expect } = o.target;
  const hits: Hit[] = [];
  const version =
    primary === 'modern'
      ? o.modern?.protocolVersion
      : primary === 'sse'
        ? o.sse?.result?.protocolVersion
        : o.legacy?.result?.protocolVersion;
  if (expect.protocolVersions !== undefined && version != null && !expect.protocolVersions.includes(version)) {
    hits.push({ code: 'expect.protocol_version', evidence: { expected: [...expect.protocolVersions], negotiated: version } });
  }
  const server = primary === 'modern' ? o.modern?.server : primary === 'sse' ? o.sse?.server : o.legacy?.server;
  if (server == null) return hits;
  if (expect.serverVersion !== undefined && expect.serverVersion !== server.version)
    hits.push({ code: 'expect.server_version', evidence: { expected: expect.serverVersion, version: server.version } });
  if (expect.serverName !== undefined && expect.serverName !== server.name)
    hits.push({ code: 'expect.server_version', evidence: { expectedName: expect.serverName, name: server.name } });
  return hits;
};

export const latencyRules: readonly Rule[] = [slow, expectations];
