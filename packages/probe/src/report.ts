import type { ClientVerdict, Report, ReportExchange } from '@rollcall/contracts';
import type { EraVerdict, Transport } from '@rollcall/core';
import { curlLine } from './curl.ts';
import type { Exchange, ListFacts, Observation, ServerFacts } from './observation.ts';
import { factsOf, listOf, speaksModern } from './rules/facts.ts';
import type { Facts } from './rules/rule.ts';
import type { Diagnosis } from './types.ts';

/** The report of the contract, from facts and what the rules made of them. */
export function toReport(observation: Observation, diagnosis: Diagnosis, clients: ClientVerdict[]): Report {
  const facts = factsOf(observation);
  const unfinished = observation.deep?.unfinished ?? [];
  return {
    schema: 'rollcall.report/1',
    url: observation.url,
    startedAt: observation.startedAt,
    durationMs: observation.durationMs,
    region: observation.region,
    verdict: diagnosis.verdict,
    transport: transportOf(facts),
    eras: { modern: modernVerdict(facts), legacy: legacyVerdict(facts) },
    protocolVersion: versionOf(facts),
    server: serverOf(facts),
    tools: toolsOf(facts),
    steps: observation.steps.map((step) => ({ ...step })),
    cause: diagnosis.cause,
    findings: diagnosis.findings,
    clients,
    exchanges: observation.exchanges.map(toReportExchange),
    ...(unfinished.length > 0 ? { unfinished: [...unfinished] } : {}),
  };
}

function transportOf({ o, working, primary }: Facts): Transport | null {
  if (working.has('legacy') || working.has('modern')) return 'streamable-http';
  if (working.has('sse')) return 'sse';
  if (primary === 'sse' && o.sse?.endpoint != null) return 'sse';
  const spoke = [o.legacy?.initialize, o.modern?.discover].some((call) => call?.outcome === 'result');
  return spoke || speaksModern(o) ? 'streamable-http' : null;
}

function modernVerdict({ o, working }: Facts): EraVerdict {
  if (working.has('modern')) return 'works';
  if (o.modern === null || !anyAnswer(o)) return 'untested';
  if (speaksModern(o)) return 'fails';
  const { status } = o.modern.discover;
  if (status === null) return 'fails';
  // Sign-in or a rate limit comes first: that says nothing about what the server speaks.
  return status === 401 || status === 403 || status === 429 ? 'untested' : 'absent';
}

function legacyVerdict({ o, working }: Facts): EraVerdict {
  if (working.has('legacy') || working.has('sse')) return 'works';
  if ((o.legacy === null && o.sse === null) || !anyAnswer(o)) return 'untested';
  const initialize = o.legacy?.initialize;
  const unknown =
    initialize != null && (initialize.error?.code === -32022 || (initialize.status === 404 && initialize.error?.code === -32601));
  return working.has('modern') && unknown ? 'absent' : 'fails';
}

function anyAnswer(o: Observation): boolean {
  return o.exchanges.some((exchange) => exchange.status !== null);
}

function versionOf({ o, working, primary }: Facts): string | null {
  if (working.has('modern')) return o.modern?.protocolVersion ?? null;
  if (primary === 'sse') return o.sse?.result?.protocolVersion ?? null;
  return o.legacy?.result?.protocolVersion ?? o.modern?.protocolVersion ?? null;
}

function serverOf({ o, primary }: Facts): Report['server'] {
  const candidates: (ServerFacts | null | undefined)[] =
    primary === 'sse'
      ? [o.sse?.server]
      : primary === 'modern'
        ? [o.modern?.server, o.legacy?.server]
        : [o.legacy?.server, o.modern?.server];
  const server = candidates.find((candidate) => candidate != null);
  return server == null ? null : { name: server.name, version: server.version, capabilities: { ...server.capabilities } };
}

function toolsOf({ o, primary }: Facts): Report['tools'] {
  const lists: (ListFacts | null | undefined)[] = [
    primary === null ? null : listOf(o, primary),
    o.modern?.list,
    o.legacy?.list,
    o.sse?.list,
  ];
  const list = lists.find((candidate) => candidate != null && candidate.endedBy !== 'failed');
  return list == null || list.hash === null ? null : { count: list.count, hash: list.hash, names: [...list.names] };
}

function toReportExchange(exchange: Exchange): ReportExchange {
  return {
    n: exchange.n,
    method: exchange.method,
    url: exchange.url,
    status: exchange.status,
    timings: { ...exchange.timings },
    requestHeaders: { ...exchange.requestHeaders },
    responseHeaders: { ...exchange.responseHeaders },
    requestBody: exchange.requestBody,
    responseBody: exchange.body,
    error: exchange.failure === null ? null : `${exchange.failure.phase}: ${exchange.failure.code}`,
    curl: curlLine(exchange),
  };
}
